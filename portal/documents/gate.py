"""The gate for Word files from outside: nothing is parsed, kept or shown that did not pass here.

Rules and figures: design documents §8.1 and the settled list, 21. What passes is returned as parts; whoever goes on
works with these, never with the file again.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from typing import Final

from lxml import etree

from portal.documents import package
from portal.documents.refusal import FileRefused
from portal.documents.wordxml import Element, parse, w
from portal.domain.marking import N_

MOST_BYTES: Final = 20 * 2**20
MOST_MEMBERS: Final = 600
MOST_UNPACKED: Final = 60 * 2**20
MOST_OF_A_PART: Final = 20 * 2**20
MOST_TAGS: Final = 400_000
"""Tags in one part, counted before parsing: a small file can hold millions of paragraphs."""

_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP: Final = b"PK\x03\x04"
_OTHER_ENDINGS: Final = {
    "doc": N_("Berkas .doc lama atau berkata sandi. Simpan ulang sebagai .docx tanpa kata sandi."),
    "docm": N_("Berkas .docm dapat memuat makro. Simpan ulang sebagai .docx."),
    "dotm": N_("Berkas .dotm dapat memuat makro. Simpan ulang sebagai .docx."),
    "dotx": N_("Berkas .dotx adalah templat Word. Simpan ulang sebagai .docx."),
}
_ENCRYPTED: Final = 0x1
_CHUNK: Final = 2**16
_MAIN_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES: Final = "[Content_Types].xml"

_ACTIVE_PART: Final = re.compile(
    r"vbaproject|vbadata|activex|/embeddings/|oleobject|customui|attachedtoolbars|afchunk"
    r"|\.(bin|exe|dll|js|vbs|mht|html?)$",
    re.IGNORECASE,
)
_ACTIVE_RELATION: Final = frozenset(
    {"aFChunk", "oleObject", "package", "subDocument", "frame", "control", "vbaProject", "attachedTemplate"}
)
_ACTIVE_ELEMENTS: Final = tuple(w(name) for name in ("altChunk", "subDoc", "object", "mailMerge", "control"))
_ACTIVE_FIELD: Final = re.compile(
    r"\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DATABASE|MACROBUTTON|AUTOTEXT|RD|EMBED)\b",
    re.IGNORECASE,
)
_HARMLESS_LINK: Final = re.compile(r"(https?|mailto):", re.IGNORECASE)


def check(content: bytes, name: str = "") -> Mapping[str, bytes]:
    """Give the parts of a Word file from outside; raises FileRefused with the reason.

    `name` is the file's name where it is known: what its ending says is refused before anything is read.
    """
    _check_name(name)
    parts = _unpacked(_archive(content))
    _check_types(parts)
    for part_name, part in parts.items():
        if part_name.endswith((".xml", ".rels")):
            root = _parsed(part_name, part)
            if part_name.endswith(".rels"):
                _check_relations(root)
            elif part_name.startswith("word/"):
                _check_active(root)
    return parts


def cleaned(content: bytes) -> bytes:
    """Check a Word file from outside and write it anew, parts only; raises FileRefused."""
    return package.pack(check(content))


def _check_name(name: str) -> None:
    ending = name.rpartition(".")[2].casefold()
    if name and ending in _OTHER_ENDINGS:
        raise FileRefused(_OTHER_ENDINGS[ending])
    if name and ending != "docx":
        raise FileRefused(N_("Berkas ini bukan berkas Word (.docx)."))


def _archive(content: bytes) -> zipfile.ZipFile:
    if content.startswith(_OLD_OFFICE):
        raise FileRefused(N_("Berkas .doc lama atau berkata sandi. Simpan ulang sebagai .docx tanpa kata sandi."))
    if len(content) > MOST_BYTES:
        raise FileRefused(N_("Berkas lebih besar dari %(most)s MB."), most=MOST_BYTES // 2**20)
    if not content.startswith(_ZIP):
        raise FileRefused(N_("Berkas ini bukan berkas Word (.docx)."))
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except zipfile.BadZipFile as fault:
        raise FileRefused(N_("Berkas Word ini rusak dan tidak dapat dibuka.")) from fault


def _unpacked(archive: zipfile.ZipFile) -> dict[str, bytes]:
    members = [member for member in archive.infolist() if not member.is_dir()]
    _check_members(members)
    parts: dict[str, bytes] = {}
    total = 0
    for member in members:
        part = _read(archive, member)
        total += len(part)
        if total > MOST_UNPACKED:
            raise FileRefused(N_("Isi berkas terlalu besar setelah dibuka."))
        parts[member.filename] = part
    return parts


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS:
        raise FileRefused(N_("Berkas berisi lebih dari %(most)s bagian."), most=MOST_MEMBERS)
    names = [member.filename for member in members]
    if len({name.casefold() for name in names}) != len(names):
        raise FileRefused(N_("Berkas memuat nama bagian yang sama dua kali."))
    for member in members:
        name = member.filename
        if name.startswith("/") or ".." in name.split("/") or "\\" in name or ":" in name:
            raise FileRefused(N_("Berkas memuat nama bagian yang berbahaya."))
        if member.flag_bits & _ENCRYPTED:
            raise FileRefused(N_("Berkas berkata sandi. Simpan ulang tanpa kata sandi."))
        if member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise FileRefused(N_("Berkas dipadatkan dengan cara yang tidak didukung."))
        if _ACTIVE_PART.search(f"/{name}"):
            raise FileRefused(N_("Berkas memuat makro atau objek tertanam. Hapus, lalu simpan ulang."))


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Read one part, counting while it is unpacked: sizes in the directory may lie."""
    kept = bytearray()
    try:
        with archive.open(member) as stream:
            while chunk := stream.read(_CHUNK):
                kept += chunk
                if len(kept) > MOST_OF_A_PART:
                    raise FileRefused(N_("Satu bagian berkas terlalu besar setelah dibuka."))
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError) as fault:
        raise FileRefused(N_("Berkas Word ini rusak dan tidak dapat dibuka.")) from fault
    return bytes(kept)


def _parsed(name: str, part: bytes) -> Element:
    if part.count(b"<") > MOST_TAGS:
        raise FileRefused(N_("Naskah dalam berkas ini terlalu panjang."))
    if part.startswith((b"\xff\xfe", b"\xfe\xff", b"\0")):
        raise FileRefused(N_("Berkas memakai penyandian yang tidak didukung."))
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise FileRefused(N_("Berkas memuat definisi dokumen (DTD), yang tidak diperbolehkan."))
    try:
        root = parse(part)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise FileRefused(N_("Bagian %(part)s dalam berkas ini rusak."), part=name) from fault
    if root.getroottree().docinfo.doctype:  # type: ignore[attr-defined]  # the stubs lack it
        raise FileRefused(N_("Berkas memuat definisi dokumen (DTD), yang tidak diperbolehkan."))
    return root


def _check_types(parts: Mapping[str, bytes]) -> None:
    if _TYPES not in parts:
        raise FileRefused(N_("Berkas ini bukan berkas Word (.docx)."))
    kinds = [entry.get("ContentType", "") for entry in _parsed(_TYPES, parts[_TYPES])]
    if any("macroEnabled" in kind for kind in kinds):
        raise FileRefused(N_("Berkas memuat makro atau objek tertanam. Hapus, lalu simpan ulang."))
    if kinds.count(_MAIN_TYPE) != 1:
        raise FileRefused(N_("Berkas ini bukan berkas Word (.docx)."))


def _check_relations(root: Element) -> None:
    for relation in root:
        kind = relation.get("Type", "").rsplit("/", 1)[-1]
        if kind in _ACTIVE_RELATION:
            raise FileRefused(N_("Berkas menyertakan dokumen, templat, atau objek lain."))
        if relation.get("TargetMode") == "External":
            if kind != "hyperlink":
                raise FileRefused(N_("Berkas mengambil isi dari luar (gambar atau dokumen tertaut)."))
            if not _HARMLESS_LINK.match(relation.get("Target", "")):
                raise FileRefused(N_("Berkas memuat tautan yang bukan alamat web atau surel."))


def _check_active(root: Element) -> None:
    if next(root.iter(*_ACTIVE_ELEMENTS), None) is not None:
        raise FileRefused(N_("Berkas menyertakan dokumen, templat, atau objek lain."))
    if any(_ACTIVE_FIELD.match(instruction) for instruction in _instructions(root)):
        raise FileRefused(N_("Berkas memuat bidang yang mengambil atau menjalankan sesuatu dari luar."))


def _instructions(root: Element) -> Iterable[str]:
    """Collect the instructions of all fields, joined where Word or an attacker split them over runs."""
    open_fields: list[str] = []
    for node in root.iter(w("fldSimple"), w("instrText"), w("fldChar")):
        if node.tag == w("fldSimple"):
            yield node.get(w("instr"), "")
        elif node.tag == w("instrText"):
            if open_fields:
                open_fields[-1] += node.text or ""
            else:
                yield node.text or ""
        elif node.get(w("fldCharType")) == "begin":
            open_fields.append("")
        elif open_fields:
            yield open_fields[-1]
            if node.get(w("fldCharType")) == "end":
                open_fields.pop()
    yield from open_fields
