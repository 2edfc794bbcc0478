"""Which files from outside are taken: name and content must agree, sizes are counted, archives are looked through.

Nothing is unpacked to disk and nothing is parsed here; who may upload and where files are kept is decided elsewhere.
Design: platform B4, README of the design, Settled 21.
"""

import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from portal.domain.errors import RuleBroken

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED = 60 * 1024 * 1024
MAX_PART = 20 * 1024 * 1024
MAX_MEMBERS = {"docx": 600, "xlsx": 2000, "pptx": 2000}
MAX_NAME = 120
ACCEPT = ".pdf,.docx,.xlsx,.png,.jpg,.jpeg"
"""What a file field offers to choose from; the check does not rely on it."""

MEDIA_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
}

_MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
_ZIP_START = b"PK\x03\x04"
_OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PNG_START = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
_PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"
_CHUNK = 64 * 1024
_ENCRYPTED = 0x1
_PLAIN_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_PICTURES = ("png", "jpg", "jpeg", "gif", "bmp", "emf", "wmf", "tif", "tiff", "svg", "bin", "odttf", "ttf")
_MACRO_PART = re.compile(r"(^|/)(vbaproject|macrosheets/)")
_ACTIVE_PART = re.compile(r"(^|/)(activex/|oleobject|embeddings/[^/]*\.bin$)")
_ENCODINGS = frozenset({b"utf-8", b"utf-16", b"us-ascii"})
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def check(name: str, content: bytes) -> str:
    """Return the media type of a file that may be kept; raise RuleBroken (field `files`) with what to do instead."""
    shown, extension = safe_name(name), kind_of(name, content)
    _CHECKS[extension](shown, content)
    return MEDIA_TYPES[extension]


def kind_of(name: str, content: bytes) -> str:
    """Return the ending of a file whose name and size may be kept; raise RuleBroken. Nothing is read of it yet."""
    shown = safe_name(name)
    extension = shown.rpartition(".")[2]
    if extension not in MEDIA_TYPES:
        raise RuleBroken(
            "Berkas %(name)s tidak dapat dilampirkan. Pilih PDF, Word, Excel, PNG, atau JPG.", field="files", name=shown
        )
    if not content:
        raise RuleBroken("Berkas %(name)s kosong. Pilih berkas yang berisi.", field="files", name=shown)
    if len(content) > MAX_BYTES:
        raise RuleBroken("Berkas %(name)s lebih dari 20 MB. Kecilkan atau bagi berkas itu.", field="files", name=shown)
    return extension


def safe_name(name: str) -> str:
    """Return the name under which a file is kept: no path, no control or direction marks, at most 120 characters."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(c for c in last if unicodedata.category(c)[0] != "C")
    plain = " ".join(re.sub(r'[<>:"|?*;]', " ", plain).split()).rstrip(". ")
    stem, dot, extension = plain.rpartition(".")
    if not dot:
        return plain[:MAX_NAME] or "berkas"
    extension = extension.lower()[:10]
    return f"{stem.strip(' .')[: MAX_NAME - len(extension) - 1] or 'berkas'}.{extension}"


def _damaged(name: str) -> RuleBroken:
    return RuleBroken(
        "Isi berkas %(name)s tidak sesuai dengan jenisnya atau rusak. Simpan ulang lalu unggah lagi.",
        field="files",
        name=name,
    )


def _check_single(name: str, content: bytes, *, sound: bool) -> None:
    """Refuse what is not of its kind, or is an archive at the same time."""
    if not sound or zipfile.is_zipfile(io.BytesIO(content)):
        raise _damaged(name)


def _check_pdf(name: str, content: bytes) -> None:
    _check_single(name, content, sound=content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:])


def _check_png(name: str, content: bytes) -> None:
    _check_single(name, content, sound=content.startswith(_PNG_START) and content.endswith(_PNG_END))


def _check_jpeg(name: str, content: bytes) -> None:
    _check_single(name, content, sound=content.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in content)


def _check_office(name: str, content: bytes) -> None:
    if content.startswith(_OLE_START):
        raise RuleBroken(
            "Berkas %(name)s terkunci atau berformat lama. Simpan tanpa kata sandi sebagai .docx atau .xlsx.",
            field="files",
            name=name,
        )
    if not content.startswith(_ZIP_START):
        raise _damaged(name)
    _Archive(name=name, budget=_Budget()).check(content, name.rpartition(".")[2], depth=0)


_CHECKS: Mapping[str, Callable[[str, bytes], None]] = {
    "pdf": _check_pdf,
    "png": _check_png,
    "jpg": _check_jpeg,
    "jpeg": _check_jpeg,
    "docx": _check_office,
    "xlsx": _check_office,
}


@dataclass(slots=True)
class _Budget:
    """How many bytes were unpacked so far; sizes written in an archive can lie, so they are counted."""

    spent: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class _Archive:
    """Looks through one office file without writing anything."""

    name: str
    budget: _Budget

    def check(self, content: bytes, kind: str, *, depth: int) -> None:
        """Raise RuleBroken for an archive that is broken, too large, nested, or carries macros or a DTD."""
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                members = archive.infolist()
                self._check_list(members, kind, tail=content[-22:])
                for member in members:
                    self._check_member(archive, member, depth=depth)
        except _BROKEN as error:
            raise _damaged(self.name) from error

    def _check_list(self, members: list[zipfile.ZipInfo], kind: str, *, tail: bytes) -> None:
        names = [m.orig_filename for m in members]
        if len(members) > MAX_MEMBERS[kind] or sum(m.file_size for m in members) > MAX_UNPACKED:
            raise self._too_large()
        lowered = {n.lower() for n in names}
        whole = len(lowered) == len(names) and _MAIN_PART[kind] in names and "[Content_Types].xml" in names
        starts_at_once = min(m.header_offset for m in members) == 0
        if not whole or not starts_at_once or not tail.startswith(b"PK\x05\x06"):
            raise _damaged(self.name)
        if any(n.startswith("/") or "\\" in n or ":" in n or "\0" in n or ".." in n.split("/") for n in names):
            raise _damaged(self.name)
        if any(_MACRO_PART.search(n) for n in lowered):
            raise self._macros()
        if any(_ACTIVE_PART.search(n) for n in lowered):
            raise self._active()

    def _check_member(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo, *, depth: int) -> None:
        if member.flag_bits & _ENCRYPTED or member.compress_type not in _PLAIN_METHODS:
            raise _damaged(self.name)
        if member.file_size > MAX_PART:
            raise self._too_large()
        part = self._unpack(archive, member)
        extension = member.filename.rpartition(".")[2].lower()
        if part.startswith(_ZIP_START):
            if depth or extension not in MAX_MEMBERS or "/embeddings/" not in member.filename:
                raise RuleBroken(
                    "Berkas %(name)s memuat arsip di dalamnya. Unggah isinya sebagai berkas terpisah.",
                    field="files",
                    name=self.name,
                )
            self.check(part, extension, depth=depth + 1)
        elif extension not in _PICTURES:
            self._check_markup(part, is_types=member.filename == "[Content_Types].xml")
            if b"ddeLink" in part and "/externallinks/" in member.filename.lower():
                raise self._active()

    def _unpack(self, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
        pieces: list[bytes] = []
        size = 0
        with archive.open(member) as part:
            while piece := part.read(_CHUNK):
                size += len(piece)
                self.budget.spent += len(piece)
                if size > MAX_PART or self.budget.spent > MAX_UNPACKED:
                    raise self._too_large()
                pieces.append(piece)
        return b"".join(pieces)

    def _check_markup(self, part: bytes, *, is_types: bool) -> None:
        """Refuse a DTD in any encoding that a parser would read, and the content types of macros."""
        plain = part.replace(b"\0", b"") if b"\0" in part else part
        if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
            raise _damaged(self.name)
        declared = re.match(rb"[^<]{0,4}<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)", plain)
        if declared and declared[1].lower() not in _ENCODINGS:
            raise _damaged(self.name)
        if is_types and (b"macroenabled" in plain.lower() or b"vbaproject" in plain.lower()):
            raise self._macros()

    def _active(self) -> RuleBroken:
        return RuleBroken(
            "Berkas %(name)s memuat objek tertanam. Hapus objek itu, lalu simpan ulang.", field="files", name=self.name
        )

    def _too_large(self) -> RuleBroken:
        return RuleBroken(
            "Isi berkas %(name)s terlalu besar bila dibuka. Kecilkan gambar di dalamnya.", field="files", name=self.name
        )

    def _macros(self) -> RuleBroken:
        return RuleBroken(
            "Berkas %(name)s memuat makro. Simpan sebagai .docx atau .xlsx tanpa makro.", field="files", name=self.name
        )
