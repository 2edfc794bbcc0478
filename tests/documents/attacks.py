"""Word files that somebody built to do harm, each with a piece of the reason it must be refused with."""

import io
import struct
import zipfile

from portal.documents import gate
from portal.documents.starters import layout
from tests.documents import builders

W = layout.W_NS
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
EXTERNAL = 'TargetMode="External"'
OTHER_ENDING = '<Default Extension="dat" ContentType="application/xml"/>'
FILE_ENTITY = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
ENTITY = '<!DOCTYPE a [<!ENTITY b "x">]>'
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"
PNG = layout.frame_picture(4)


def document(inside, head="", names=W):
    return {"word/document.xml": f"{head}<w:document {names}><w:body>{inside}</w:body></w:document>".encode()}


def relation(kind, target, mode="", part="document.xml"):
    row = f'<Relationship Id="rId9" Type="{OFFICE}/{kind}" Target="{target}" {mode}/>'
    return {f"word/_rels/{part}.rels": f'<Relationships xmlns="{PACKAGE}">{row}</Relationships>'.encode()}


def field(*pieces, text="instrText"):
    """A field whose instruction is torn into these pieces, a run for each."""
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    said = "".join(f"<w:r><w:{text}>{piece}</w:{text}></w:r>" for piece in pieces)
    return f"<w:p>{begin}{said}{end}</w:p>"


def inside_out():
    """A field whose first word is what another field says: { { QUOTE 68 68 69 } c:/cmd }."""
    begin, end = field().removeprefix("<w:p>").removesuffix("</w:p>").split("</w:r>", 1)
    return f"<w:p>{begin}</w:r>{field('QUOTE 68 68 69').removeprefix('<w:p>').removesuffix('</w:p>')}{end}</w:p>"


def types(kind, part="/word/document.xml", more=""):
    made = f'<Types xmlns="x"><Override PartName="{part}" ContentType="{kind}"/>{more}</Types>'
    return {"[Content_Types].xml": made.encode()}


def twice(name, part=b"<a/>"):
    """A file that holds a part two times under one name."""
    kept = io.BytesIO(builders.docx())
    with zipfile.ZipFile(kept, "a") as archive:
        archive.writestr(zipfile.ZipInfo(name.upper()), part)
    return kept.getvalue()


def nameless():
    """A part whose name begins with a sign that ends it."""
    kept = io.BytesIO(builders.docx())
    with zipfile.ZipFile(kept, "a") as archive:
        entry = zipfile.ZipInfo("a")
        entry.filename = "\0a.xml"
        archive.writestr(entry, b"<a/>")
    return kept.getvalue()


def encrypted():
    """A file whose directory says that a part needs a password."""
    content = bytearray(builders.docx())
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1
    return bytes(content)


def lying():
    """The directory says 10 bytes; what counts is what comes out."""
    content = bytearray(builders.zipped({"[Content_Types].xml": b"<a/>" * 1000}))
    place = content.rindex(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<I", 10)
    return bytes(content)


def torn():
    """A stream that ends in rubbish instead of packed text."""
    content = bytearray(builders.zipped({"[Content_Types].xml": b"<a b='c'/>" * 1000}))
    content[60:75] = b"\xff" * 15
    return bytes(content)


def huge_png():
    return PNG[:16] + struct.pack(">II", 60_000, 60_000) + PNG[24:]


def utf7():
    return b'<?xml version="1.0" encoding="UTF-7"?><a>+ADw-b/+AD4-</a>'


def svg(inside):
    return builders.docx({"word/media/a.svg": f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode()})


BAD = {
    "old office file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, ".doc lama"),
    "no zip": (b"%PDF-1.7", "bukan berkas Word"),
    "empty": (b"", "bukan berkas Word"),
    "cut off": (builders.docx()[:200], "rusak"),
    "torn stream": (torn(), "rusak"),
    "size that lies": (lying(), "rusak"),
    "no types": (builders.docx(without=("[Content_Types].xml",)), "bukan berkas Word"),
    "a workbook": (builders.docx(types("application/vnd.ms-excel")), "bukan berkas Word"),
    "main part elsewhere": (builders.docx(types(MAIN_TYPE, "/evil/document.xml")), "bukan berkas Word"),
    "strict format": (builders.docx(document("<w:altChunk/>", names=STRICT)), "Strict"),
    "docm": (builders.docx(types(MACRO_TYPE)), "memuat makro"),
    "vba": (builders.docx({"word/vbaProject.bin": b"x"}), "memuat makro"),
    "vba relation": (builders.docx(relation("vbaProject", "v.dat")), "memuat makro"),
    "ole": (builders.docx({"word/embeddings/a.xlsx": b"x"}), "objek tertanam"),
    "ole element": (builders.docx(document("<w:p><w:r><w:object/></w:r></w:p>")), "objek tertanam"),
    "ActiveX": (builders.docx({"word/activeX/activeX1.xml": b"<a/>"}), "ActiveX"),
    "menu": (builders.docx({"customUI/customUI.xml": b"<a/>"}), "menu Word"),
    "program": (builders.docx({"word/media/setup.exe": b"MZ"}), "program"),
    "html chunk": (builders.docx({"word/chunk.html": b"x"}), "halaman web"),
    "parent folder": (builders.docx({"../x.xml": b"<a/>"}), "berbahaya"),
    "absolute name": (builders.docx({"/etc/passwd": b"x"}), "berbahaya"),
    "drive name": (builders.docx({"c:x.xml": b"<a/>"}), "berbahaya"),
    "no name": (nameless(), "berbahaya"),
    "names by case": (builders.docx({"WORD/document.xml": b"<a/>"}), "dua kali"),
    "same name twice": (twice("docProps/core.xml"), "dua kali"),
    "password": (encrypted(), "berkata sandi"),
    "bzip": (builders.zipped({"a.xml": b"<a/>"}, zipfile.ZIP_BZIP2), "dipadatkan"),
    "dtd": (builders.docx(document("", ENTITY)), "DTD"),
    "external entity": (builders.docx(document("&b;", FILE_ENTITY)), "DTD"),
    "dtd in utf-16": (builders.docx({"word/x.xml": (ENTITY + "<a/>").encode("utf-16")}), "penyandian"),
    "hidden in utf-7": (builders.docx({"word/x.xml": utf7()}), "penyandian"),
    "dtd in another ending": (
        builders.docx({**types(MAIN_TYPE, more=OTHER_ENDING), "x.dat": (ENTITY + "<a/>").encode()}),
        "DTD",
    ),
    "broken xml": (builders.docx({"word/x.xml": b"<a>"}), "word/x.xml"),
    "deep xml": (builders.docx({"word/x.xml": b"<a>" * 999 + b"</a>" * 999}), "word/x.xml"),
    "remote template": (
        builders.docx(relation("attachedTemplate", "https://x.example/a.dotm", EXTERNAL)),
        "templat di tempat lain",
    ),
    "remote picture": (builders.docx(relation("image", "https://x.example/a.png", EXTERNAL)), "dari luar"),
    "remote picture unsaid": (builders.docx(relation("image", "file:///c:/a.png")), "dari luar"),
    "file link": (builders.docx(relation("hyperlink", "file:///c:/x", EXTERNAL)), "file:///c:/x"),
    "script link": (builders.docx(relation("hyperlink", "javascript:alert(1)", EXTERNAL)), "javascript:alert(1)"),
    "share link": (builders.docx(relation("hyperlink", "\\\\host\\share", EXTERNAL)), "bukan alamat web"),
    "link in a footer": (builders.docx(relation("hyperlink", "ftp://x.example", EXTERNAL, "footer1.xml")), "ftp:"),
    "link as a field": (builders.docx(document(field(' HYPERLINK "file:', '///c:/x" '))), "file:///c:/x"),
    "altChunk": (builders.docx(document("<w:altChunk/>")), "altChunk"),
    "altChunk relation": (builders.docx(relation("aFChunk", "a.txt")), "altChunk"),
    "subdocument": (builders.docx(document("<w:subDoc/>")), "subdokumen"),
    "mail merge": (
        builders.docx({"word/settings.xml": f"<w:settings {W}><w:mailMerge/></w:settings>".encode()}),
        "surat massal",
    ),
    "DDE": (builders.docx(document(field("DDE c:\\cmd"))), "bidang DDE"),
    "DDEAUTO over runs": (builders.docx(document(field(" DDE", "AUTO c:\\cmd"))), "bidang DDEAUTO"),
    "letters over runs": (builders.docx(document(field(*" DDEAUTO c:\\cmd"))), "bidang DDEAUTO"),
    "deleted field": (builders.docx(document(field("DDE x", text="delInstrText"))), "bidang DDE"),
    "field in field": (builders.docx(document(field("IF ", "x") + field("INCLUDETEXT a"))), "bidang INCLUDETEXT"),
    "name made of a field": (builders.docx(document(inside_out())), "namanya disusun"),
    "DDE behind many spaces": (builders.docx(document(field(" " * 9999, "DDE c:\\cmd"))), "bidang DDE"),
    "simple field": (
        builders.docx(document('<w:p><w:fldSimple w:instr="INCLUDEPICTURE a"/></w:p>')),
        "bidang INCLUDEPICTURE",
    ),
    "field in a header": (
        builders.docx({"word/header9.xml": f"<w:hdr {W}>{field('LINK a')}</w:hdr>".encode()}),
        "bidang LINK",
    ),
    "huge picture": (builders.docx({"word/media/a.png": huge_png()}), "Kecilkan gambarnya"),
    "no picture": (builders.docx({"word/media/a.png": b"MZ not a picture"}), "bukan gambar"),
    "film": (builders.docx({"word/media/a.mp4": b"x"}), "media yang bukan gambar"),
    "script in a drawing": (svg("<script>x</script>"), "SVG"),
    "drawing from outside": (svg('<image href="https://x.example/a.png"/>'), "dari luar"),
}


def bomb():
    """98 KB that unpack to 8 million paragraphs (48 MB)."""
    return builders.docx(document("<w:p/>" * 8_000_000))


def paragraphs():
    """Fewer paragraphs, so that the part itself is not too large."""
    return builders.docx(document("<w:p/>" * 3_000_000))


def zeros():
    return builders.docx({"word/media/a.png": PNG + bytes(gate.MOST_OF_A_PART)})


def many_zeros():
    part = PNG + bytes(gate.MOST_OF_A_PART - 999)
    return builders.docx({f"word/media/{n}.png": part for n in range(4)})


def many_members():
    return builders.docx({f"word/x{n}.txt": b"" for n in range(gate.MOST_MEMBERS)})


def above_the_limit():
    return b"PK\x03\x04" + bytes(gate.MOST_BYTES)


def instructions():
    """An instruction in thirty thousand pieces, and a bad one behind it."""
    return builders.docx(document(f"<w:p>{field(*'x' * 30_000)[5:-6]}{field('DDE')[5:]}"))


LARGE = {
    "instruction in many pieces": (instructions, "bidang DDE"),
    "bomb": (bomb, "Satu bagian"),
    "3 million paragraphs": (paragraphs, "terlalu panjang"),
    "part of zeros": (zeros, "Satu bagian"),
    "many parts of zeros": (many_zeros, "Isi berkas terlalu besar"),
    "many members": (many_members, "600"),
    "above the limit": (above_the_limit, "20 MB"),
}
