"""What the parts of a Word file from outside may hold: no macros, no foreign objects, nothing fetched from outside.

The gate unpacks and calls this; nobody else needs to (design: documents §8.1).
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from lxml import etree

from portal.documents import media
from portal.documents.refusal import FileRefused
from portal.documents.wordxml import Element, parse, w
from portal.domain.marking import N_

MOST_TAGS: Final = 400_000
"""Tags in one part, counted before parsing: a small file can hold millions of paragraphs."""

_TYPES: Final = "[Content_Types].xml"
_MAIN: Final = "word/document.xml"
_MAIN_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

_MACRO: Final = N_("Berkas memuat makro. Simpan ulang sebagai .docx tanpa makro.")
_ACTIVE_NAMES: Final = (
    (re.compile(r"vbaproject|vbadata|attachedtoolbars|\.(js|vbs|bas)$", re.IGNORECASE), _MACRO),
    (
        re.compile(r"activex", re.IGNORECASE),
        N_("Berkas memuat kontrol ActiveX. Hapus kontrol itu, lalu simpan ulang."),
    ),
    (re.compile(r"customui", re.IGNORECASE), N_("Berkas mengubah menu Word. Hapus perubahan itu, lalu simpan ulang.")),
    (
        re.compile(r"/embeddings/|oleobject", re.IGNORECASE),
        N_("Berkas memuat objek tertanam, misalnya lembar Excel. Tempel sebagai gambar atau tabel."),
    ),
    (
        re.compile(r"afchunk|\.(mht|mhtml|html?)$", re.IGNORECASE),
        N_("Berkas menyertakan halaman web. Salin teksnya ke dalam naskah."),
    ),
    (
        re.compile(r"\.(bin|exe|dll|com|scr|cmd|bat|ps1|jar)$", re.IGNORECASE),
        N_("Berkas memuat program atau data biner. Hapus, lalu simpan ulang."),
    ),
)
_ACTIVE_RELATIONS: Final = {
    "aFChunk": N_("Berkas menyertakan dokumen lain (altChunk). Salin isinya ke dalam naskah."),
    "subDocument": N_("Berkas menyertakan dokumen lain (subdokumen). Salin isinya ke dalam naskah."),
    "attachedTemplate": N_("Berkas bergantung pada templat di tempat lain. Lepaskan templat itu, lalu simpan ulang."),
    "frame": N_("Berkas memuat bingkai web. Hapus, lalu simpan ulang."),
    "oleObject": N_("Berkas memuat objek tertanam, misalnya lembar Excel. Tempel sebagai gambar atau tabel."),
    "package": N_("Berkas memuat objek tertanam, misalnya lembar Excel. Tempel sebagai gambar atau tabel."),
    "control": N_("Berkas memuat kontrol ActiveX. Hapus kontrol itu, lalu simpan ulang."),
    "vbaProject": _MACRO,
}
_ACTIVE_ELEMENTS: Final = {
    w("altChunk"): _ACTIVE_RELATIONS["aFChunk"],
    w("subDoc"): _ACTIVE_RELATIONS["subDocument"],
    w("object"): _ACTIVE_RELATIONS["oleObject"],
    w("control"): _ACTIVE_RELATIONS["control"],
    w("mailMerge"): N_("Berkas terhubung ke sumber data surat massal. Putuskan sambungan itu, lalu simpan ulang."),
}
_ACTIVE_FIELD: Final = re.compile(
    r"[\s\"]*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DATABASE|MACROBUTTON|AUTOTEXT|RD|EMBED)\b",
    re.IGNORECASE,
)
_LINK_FIELD: Final = re.compile(r"\s*HYPERLINK\s+(?!\\)\"?\s*(?P<target>[^\s\"]+)", re.IGNORECASE)
_HARMLESS_LINK: Final = re.compile(r"(https?|mailto):", re.IGNORECASE)
_SCHEME: Final = re.compile(r"\s*([a-z][a-z0-9+.-]*:|//|\\\\)", re.IGNORECASE)
_ENCODING: Final = re.compile(rb"\s*<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)")
_ENCODINGS: Final = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})
_ACTIVE_DRAWING: Final = frozenset({"script", "foreignobject", "handler", "iframe"})
_MARKUP: Final = (".xml", ".rels", ".svg")
_SHOWN: Final = 60
_LONGEST_INSTRUCTION: Final = 500


def check_name(name: str) -> None:
    """Refuse a part by its name, before it is unpacked; raises FileRefused."""
    for pattern, reason in _ACTIVE_NAMES:
        if pattern.search(f"/{name}"):
            raise FileRefused(reason)


def check(parts: Mapping[str, bytes]) -> None:
    """Refuse parts that do or fetch something, or that nobody can read; raises FileRefused."""
    markup = _markup_names(parts)
    for name, part in parts.items():
        if name not in markup and name.casefold() not in markup:
            media.check(name, part)
            continue
        root = _parsed(name, part)
        if name.endswith(".rels"):
            _check_relations(root)
        elif name.endswith(".svg"):
            _check_drawing(root)
        else:
            _check_active(root)
        if name == _MAIN and root.tag != w("document"):
            raise FileRefused(N_("Berkas memakai format Word yang lain (Strict). Simpan ulang sebagai .docx biasa."))


def _markup_names(parts: Mapping[str, bytes]) -> set[str]:
    """Find the parts that a reader would parse, by their ending or by what the file itself says they are."""
    if _TYPES not in parts:
        raise FileRefused(N_("Berkas ini bukan berkas Word (.docx)."))
    entries = list(_parsed(_TYPES, parts[_TYPES]))
    kinds = [entry.get("ContentType", "") for entry in entries]
    if any("macroenabled" in kind.casefold() or "vbaproject" in kind.casefold() for kind in kinds):
        raise FileRefused(_MACRO)
    mains = [entry.get("PartName") for entry in entries if entry.get("ContentType") == _MAIN_TYPE]
    if mains != [f"/{_MAIN}"] or _MAIN not in parts:
        raise FileRefused(N_("Berkas ini bukan berkas Word (.docx)."))
    said = [entry for entry in entries if entry.get("ContentType", "").casefold().endswith(("xml", "xml-package"))]
    endings = tuple(f".{ending.casefold()}" for entry in said if (ending := entry.get("Extension")))
    named = {(entry.get("PartName") or "").removeprefix("/").casefold() for entry in said}
    ours = {name for name in parts if name.casefold().endswith((*endings, *_MARKUP))}
    return ours | {name for name in parts if name.casefold() in named}


def _parsed(name: str, part: bytes) -> Element:
    if part.count(b"<") > MOST_TAGS:
        raise FileRefused(N_("Naskah dalam berkas ini terlalu panjang."))
    plain = part.removeprefix(b"\xef\xbb\xbf")
    declared = _ENCODING.match(plain)
    if (
        not plain.lstrip().startswith(b"<")
        or b"\0" in plain[:8]
        or (declared and declared[1].lower() not in _ENCODINGS)
    ):
        raise FileRefused(N_("Bagian %(part)s memakai penyandian yang tidak didukung."), part=name)
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise FileRefused(N_("Berkas memuat definisi dokumen (DTD), yang tidak diperbolehkan."))
    try:
        return parse(part)
    except (etree.XMLSyntaxError, ValueError) as fault:
        raise FileRefused(N_("Bagian %(part)s dalam berkas ini rusak."), part=name) from fault


def _check_relations(root: Element) -> None:
    for relation in root:
        kind, target = relation.get("Type", "").rsplit("/", 1)[-1], relation.get("Target", "")
        if kind in _ACTIVE_RELATIONS:
            raise FileRefused(_ACTIVE_RELATIONS[kind])
        is_outside = relation.get("TargetMode") == "External"
        if is_outside and kind == "hyperlink":
            _check_link(target)
        elif is_outside or _SCHEME.match(target):
            raise FileRefused(N_("Berkas mengambil isi dari luar (gambar atau dokumen tertaut). Sisipkan isinya."))


def _check_link(target: str) -> None:
    if not _HARMLESS_LINK.match(target):
        shown = target if len(target) <= _SHOWN else f"{target[:_SHOWN]}…"
        raise FileRefused(N_("Berkas memuat tautan yang bukan alamat web atau surel: %(target)s"), target=shown)


def _check_drawing(root: Element) -> None:
    """Refuse an SVG that runs or fetches something."""
    for node in root.iter(etree.Element):
        if etree.QName(node).localname.casefold() in _ACTIVE_DRAWING:
            raise FileRefused(N_("Berkas memuat gambar SVG yang menjalankan sesuatu. Ganti dengan gambar PNG."))
        links = [text for name, text in node.attrib.items() if etree.QName(name).localname == "href"]
        if any(_SCHEME.match(str(link)) and not str(link).startswith("data:image/") for link in links):
            raise FileRefused(N_("Berkas mengambil isi dari luar (gambar atau dokumen tertaut). Sisipkan isinya."))


def _check_active(root: Element) -> None:
    found = next(root.iter(*_ACTIVE_ELEMENTS), None)
    if found is not None:
        raise FileRefused(_ACTIVE_ELEMENTS[str(found.tag)])
    for instruction in _instructions(root):
        if active := _ACTIVE_FIELD.match(instruction):
            raise FileRefused(
                N_("Berkas memuat bidang %(code)s, yang mengambil atau menjalankan sesuatu dari luar."),
                code=active[1].upper(),
            )
        if link := _LINK_FIELD.match(instruction):
            _check_link(link["target"])


def _instructions(root: Element) -> Iterable[str]:
    """Collect the instructions of all fields, joined where Word or an attacker split them over runs.

    Raises FileRefused for a field that begins with another one: its name would be made up where nobody can read it.
    """
    texts = (w("instrText"), w("delInstrText"))
    open_fields: list[_Instruction] = []
    for node in root.iter(w("fldSimple"), *texts, w("fldChar")):
        if node.tag == w("fldSimple"):
            yield node.get(w("instr"), "")
        elif node.tag in texts:
            if open_fields:
                open_fields[-1].add(node.text or "")
            else:
                yield node.text or ""
        else:
            yield from _followed(node.get(w("fldCharType")), open_fields)
    yield from (field.text for field in open_fields)


def _followed(mark: str | None, open_fields: "list[_Instruction]") -> Iterable[str]:
    """Open or close a field at its mark; give the instruction that is complete there."""
    if mark == "begin":
        if open_fields and not open_fields[-1].text and not open_fields[-1].is_told:
            raise FileRefused(N_("Berkas memuat bidang yang namanya disusun oleh bidang lain. Hapus bidang itu."))
        open_fields.append(_Instruction())
    elif open_fields:
        yield open_fields[-1].told()
        if mark == "end":
            open_fields.pop()


class _Instruction:
    """The beginning of what a field is told to do; spaces and quotes in front do not count."""

    def __init__(self) -> None:
        self.text = ""
        self.is_told = False

    def add(self, more: str) -> None:
        if len(self.text) < _LONGEST_INSTRUCTION:
            self.text = f"{self.text}{more[: _LONGEST_INSTRUCTION * 2]}".lstrip(' \t\r\n"')

    def told(self) -> str:
        self.is_told = True
        return self.text
