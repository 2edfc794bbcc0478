"""Files that nobody may leave at the portal: each with the name it comes under and a piece of the sentence it gets."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image

from tests.documents import builders
from tests.harness import files

MEGABYTE = 2**20
TYPES = b'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="urn:t"/>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)
OTHER_KIND = "Pilih PDF, Word, Excel, PNG, atau JPG"
NOT_OF_ITS_KIND = "tidak sesuai dengan jenisnya atau rusak"
TORN_PICTURE = "rusak atau terpotong"
TOO_LARGE_OPENED = "terlalu besar bila dibuka"
MANY_PIXELS = "paling banyak 50 juta titik"
SCRIPT, STARTS, INSIDE, FORM = "memuat skrip", "menjalankan program", "memuat berkas lain", "memuat formulir"
MACRO, LOCKED = "memuat makro", "terkunci"


@dataclass(frozen=True)
class Bad:
    """One bad file: its name, how it is made, and words of its sentence."""

    name: str
    make: Callable[[], bytes]
    words: str


def office(parts: dict[str, bytes] | None = None, *, main: str = "word/document.xml", types: bytes = TYPES) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"[Content_Types].xml": types, main: b"<w/>", **(parts or {})}.items():
            archive.writestr(name, content)
    return target.getvalue()


def sheet(parts: dict[str, bytes] | None = None, **rest: bytes) -> bytes:
    return office(parts, main="xl/workbook.xml", **rest)


def jpeg(width: int = 64, height: int = 48) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (width, height), (23, 100, 58)).save(target, "JPEG")
    return target.getvalue()


def huge_png() -> bytes:
    """A few bytes that say they are 50,000 by 50,000 dots."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 999)) + chunk(b"IEND", b"")
    )


def huge_jpeg() -> bytes:
    small = jpeg()
    place = small.index(b"\xff\xc0")
    return small[: place + 5] + struct.pack(">HH", 50_000, 50_000) + small[place + 9 :]


def pdf(*bodies: bytes, head: bytes = b"<< /Type /Catalog >>") -> bytes:
    """A PDF whose catalogue is `head`, with more objects."""
    objects = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, body) for number, body in enumerate((head, *bodies), 1))
    return b"%PDF-1.7\n" + objects + b"trailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n"


def packed(inside: bytes, *, filters: bytes = b"/FlateDecode", written: Callable[[bytes], bytes] = bytes) -> bytes:
    """An object stream that hides another object; `written` is what was done to it after packing."""
    data = written(zlib.compress(b"9 0 " + inside))
    head = b"<< /Type /ObjStm /N 1 /First 4 /Filter %s /Length %d >>" % (filters, len(data))
    return head + b"\nstream\n" + data + b"\nendstream"


def in_hex(data: bytes) -> bytes:
    return data.hex().encode() + b">"


def locked(data: bytes) -> bytes:
    """Bytes as a password leaves them: nobody can unpack them."""
    return bytes(byte ^ 0x5A for byte in data)


def lying() -> bytes:
    """A Word file whose directory says that a part of 21 MB has a thousand bytes."""
    content = office({"word/p.xml": bytes(21 * MEGABYTE)})
    return content.replace((21 * MEGABYTE).to_bytes(4, "little"), (1000).to_bytes(4, "little"))


def splintered() -> bytes:
    """Nothing but beginnings of streams: whoever looks back from each of them never comes to an end."""
    return b"%PDF-1.7\n" + b"stream\n" * (15 * MEGABYTE // 7) + b"\n%%EOF\n"


def flood() -> bytes:
    """Many object streams that unpack to far more than they are."""
    return pdf(*(packed(bytes(15 * MEGABYTE)) for _ in range(5)))


SCRIPTED = b"<< /S /JavaScript /JS (app.alert(1)) >>"
BAD = {
    "empty": Bad("laporan.pdf", lambda: b"", "kosong"),
    "truncated pdf": Bad("laporan.pdf", lambda: files.pdf()[:-30], NOT_OF_ITS_KIND),
    "truncated jpg": Bad("foto.jpg", lambda: jpeg(640, 480)[:-900], NOT_OF_ITS_KIND),
    "jpg without its picture": Bad("foto.jpg", lambda: b"\xff\xd8\xff\xe0" + bytes(40) + b"\xff\xd9", TORN_PICTURE),
    "truncated png": Bad("foto.png", lambda: files.png()[:-8], NOT_OF_ITS_KIND),
    "png without its middle": Bad("foto.png", lambda: files.png()[:33] + files.png()[-12:], TORN_PICTURE),
    "truncated docx": Bad("laporan.docx", lambda: builders.docx()[:-200], NOT_OF_ITS_KIND),
    "truncated xlsx": Bad("daftar.xlsx", lambda: sheet()[:-40], NOT_OF_ITS_KIND),
    "program as pdf": Bad("laporan.pdf", lambda: b"MZ\x90\0" + bytes(200), NOT_OF_ITS_KIND),
    "html as pdf": Bad("laporan.pdf", lambda: b"<html><script>alert(1)</script></html>%%EOF", NOT_OF_ITS_KIND),
    "pdf as picture": Bad("foto.jpg", files.pdf, NOT_OF_ITS_KIND),
    "sheet as word": Bad("laporan.docx", sheet, NOT_OF_ITS_KIND),
    "svg": Bad("gambar.svg", lambda: b"<svg onload='alert(1)'/>", OTHER_KIND),
    "program behind two endings": Bad("laporan.pdf.exe", files.pdf, OTHER_KIND),
    "plain bomb": Bad(
        "laporan.docx", lambda: office({f"word/p{n}.xml": bytes(10 * MEGABYTE) for n in range(20)}), TOO_LARGE_OPENED
    ),
    "nested bomb": Bad("daftar.xlsx", lambda: sheet({"xl/a.zip": office({"p.xml": bytes(MEGABYTE)})}), "memuat arsip"),
    "lying sizes": Bad("laporan.docx", lying, NOT_OF_ITS_KIND),
    "many members": Bad(
        "laporan.docx", lambda: office({f"word/p{n}.xml": b"<a/>" for n in range(700)}), TOO_LARGE_OPENED
    ),
    "parts that climb": Bad("laporan.docx", lambda: office({"../../lain.xml": b"<a/>"}), NOT_OF_ITS_KIND),
    "word macro": Bad("laporan.docx", lambda: office({"word/vbaProject.bin": b"x"}), MACRO),
    "excel macro": Bad(
        "daftar.xlsx", lambda: sheet(types=b'<Types><O ContentType="x.sheet.macroEnabled.main+xml"/></Types>'), MACRO
    ),
    "old excel macro": Bad("daftar.xlsx", lambda: sheet({"xl/macrosheets/sheet1.xml": b"<a/>"}), MACRO),
    "object in a sheet": Bad("daftar.xlsx", lambda: sheet({"xl/embeddings/oleObject1.bin": OLE}), "objek tertanam"),
    "remote command in a sheet": Bad(
        "daftar.xlsx",
        lambda: sheet(
            {"xl/externalLinks/externalLink1.xml": b'<externalLink><ddeLink ddeService="cmd"/></externalLink>'}
        ),
        "objek tertanam",
    ),
    "entities in a sheet": Bad(
        "daftar.xlsx",
        lambda: sheet({"xl/s.xml": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'}),
        NOT_OF_ITS_KIND,
    ),
    "locked docx": Bad("laporan.docx", lambda: OLE, LOCKED),
    "pdf with script": Bad("laporan.pdf", lambda: pdf(SCRIPTED, head=b"<< /OpenAction 2 0 R >>"), SCRIPT),
    "pdf with a disguised script": Bad("laporan.pdf", lambda: pdf(b"<< /S /J#61vaScript /J#53 (a) >>"), SCRIPT),
    "pdf with a packed script": Bad("laporan.pdf", lambda: pdf(packed(SCRIPTED)), SCRIPT),
    "pdf with a script packed unusually": Bad(
        "laporan.pdf",
        lambda: pdf(packed(SCRIPTED, filters=b"[/ASCIIHexDecode /FlateDecode]", written=in_hex)),
        "tidak dapat kami periksa",
    ),
    "locked pdf with packed objects": Bad(
        "laporan.pdf", lambda: pdf(packed(b"<< >>", written=locked), head=b"<< /Encrypt 9 0 R >>"), LOCKED
    ),
    "pdf that starts a program": Bad("laporan.pdf", lambda: pdf(b"<< /S /Launch /F (cmd.exe) >>"), STARTS),
    "pdf with a file inside": Bad(
        "laporan.pdf", lambda: pdf(b"<< /Type /EmbeddedFile >>\nstream\nMZ\nendstream"), INSIDE
    ),
    "pdf form that runs": Bad("laporan.pdf", lambda: pdf(b"<< /AcroForm << /XFA 3 0 R >> >>"), FORM),
    "pdf that floods": Bad("laporan.pdf", flood, "terlalu besar bila dibuka"),
    "pdf of nothing but beginnings": Bad("laporan.pdf", splintered, "terlalu besar bila dibuka"),
    "png of 50,000 by 50,000": Bad("foto.png", huge_png, MANY_PIXELS),
    "jpg of 50,000 by 50,000": Bad("foto.jpg", huge_jpeg, MANY_PIXELS),
    "pdf and archive at once": Bad("laporan.pdf", lambda: files.pdf() + office() + b"%%EOF", NOT_OF_ITS_KIND),
    "archive behind a picture": Bad("foto.jpg", lambda: jpeg() + office(), NOT_OF_ITS_KIND),
    "word file behind a pdf": Bad("laporan.docx", lambda: b"PK\x03\x04" + files.pdf() + office(), NOT_OF_ITS_KIND),
    "21 MB": Bad("besar.pdf", lambda: files.pdf() + bytes(21 * MEGABYTE), "lebih dari 20 MB"),
}
"""More than the thirty that the portal promises to refuse, each by what is wrong with it."""
