"""Pictures of a template whose alternative text is `{{ gambar.qr }}`: a draft swaps the bytes and nothing else.

Size and place stay the designer's; headers and footers work too (design: documents §10). A place that a draft has no
picture for keeps that of the template and is listed as missing.
"""

import posixpath
import re
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from portal.documents.findings import nearest
from portal.documents.location import Located
from portal.documents.referring import Missing
from portal.documents.refusal import PictureRefused
from portal.documents.schema import Shape
from portal.documents.wordxml import DRAWING, Element, parse, serialise
from portal.domain.marking import N_

MOST_BYTES: Final = 2 * 2**20
MOST_PIXELS: Final = 6_000
"""Pixels of a side of a picture; a page printed finely has fewer."""

KNOWN: Final[Mapping[str, Shape]] = {"qr": Shape(path="gambar.qr", label=N_("kode QR naskah"))}
"""The pictures that a draft can bring, for templates whose schema names none of their own."""

_TAG: Final = re.compile(r"\s*\{\{[\s\u00a0]*gambar\.(?P<name>[a-z][a-z0-9_]*)[\s\u00a0]*\}\}\s*")
_MAIN: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
_EMBED: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"
_IMAGE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_PICTURE: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_BEGINNINGS: Final[Mapping[str, bytes]] = {".png": _PNG, ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}


@dataclass(frozen=True, kw_only=True, slots=True)
class _Use:
    """A picture in a part: where its bytes are, and the name it is asked for by, "" for one that stays."""

    located: Located
    blip: Element
    target: str
    shape: Shape | None

    @property
    def name(self) -> str:
        return "" if self.shape is None else self.shape.path.rpartition(".")[2]


@dataclass(kw_only=True, slots=True)
class Pictures:
    """The places for pictures of one template: for every name the parts that take its bytes, and the first place."""

    parts: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, Missing] = field(default_factory=dict)

    def missing(self, given: Mapping[str, bytes]) -> tuple[Missing, ...]:
        """Return the places that have no bytes."""
        return tuple(place for name, place in self.places.items() if name not in given)

    def chosen(self, given: Mapping[str, bytes]) -> dict[str, bytes]:
        """Give the parts to replace; raises PictureRefused for a wrong type or a picture that is too large."""
        return {part: _checked(part, content) for name, content in given.items() for part in self.parts.get(name, ())}


def read(parts: dict[str, bytes], located: Iterable[Located], names: Mapping[str, Shape]) -> Pictures:
    """Find the places for pictures; bytes that another picture uses too get a part of their own in `parts`."""
    known = names["gambar"].fields if "gambar" in names else KNOWN
    uses = [use for one in located for use in _uses(one, parts, known)]
    pictures = Pictures()
    for use in (one for one in uses if one.name):
        others = {other.name for other in uses if other.target == use.target}
        target = use.target if len(others) == 1 else _own_part(use, parts)
        if target not in pictures.parts.setdefault(use.name, []):
            pictures.parts[use.name].append(target)
        if use.shape is not None:
            missing = Missing(name=use.shape.path, label=_said(use.shape), place=use.located.named(use.blip))
            pictures.places.setdefault(use.name, missing)
    return pictures


def _uses(located: Located, parts: Mapping[str, bytes], known: Mapping[str, Shape]) -> list[_Use]:
    targets = _targets(located.part, parts)
    found: list[_Use] = []
    for about in located.root.iter(f"{{{DRAWING}}}docPr"):
        shape = _asked(located, about, known)
        holder = about.getparent()
        found += [
            _Use(located=located, blip=blip, target=target, shape=shape)
            for blip in (holder.iter(f"{{{_MAIN}}}blip") if holder is not None else ())
            if (target := targets.get(blip.get(_EMBED, ""))) is not None
        ]
    for one in found:
        if one.shape is not None and posixpath.splitext(one.target)[1].lower() != ".png":
            message = N_("Tempat “%(label)s” harus berupa gambar PNG; ganti gambarnya di Word.")
            located.add(one.blip, "T161", message, label=_said(one.shape))
    return found


def _said(shape: Shape) -> str:
    return shape.label or shape.path.rpartition(".")[2]


def _asked(located: Located, about: Element, known: Mapping[str, Shape]) -> Shape | None:
    """Read the name in the alternative text and leave words for people in its place."""
    text = about.get("descr", "")
    if "{{" not in text and "{%" not in text:
        return None
    found = _TAG.fullmatch(text)
    shape = None if found is None else known.get(found["name"])
    if shape is None:
        message = N_("Teks alternatif gambar “%(text)s” bukan nama gambar yang dikenal.")
        meant = "" if found is None else nearest(found["name"], known)
        located.add(about, "T160", message, tag=text, suggestion=meant, text=text)
        return None
    about.set("descr", _said(shape))
    holder = about.getparent()
    for inner in holder.iter(f"{{{_PICTURE}}}cNvPr") if holder is not None else ():
        if "{{" in inner.get("descr", ""):
            inner.set("descr", _said(shape))
    return shape


def _relations(part: str) -> str:
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


def _targets(part: str, parts: Mapping[str, bytes]) -> dict[str, str]:
    """Give the parts that the relations of a part lead to."""
    if _relations(part) not in parts:
        return {}
    folder = posixpath.dirname(part)
    return {
        relation.get("Id", ""): posixpath.normpath(posixpath.join(f"/{folder}", relation.get("Target", ""))).lstrip("/")
        for relation in parse(parts[_relations(part)])
        if relation.get("TargetMode") != "External"
    }


def _own_part(use: _Use, parts: dict[str, bytes]) -> str:
    """Copy the bytes for one place, so that a swap changes no other picture."""
    stem, kind = posixpath.splitext(use.target)
    target = f"{stem}-{use.name}{kind}"
    parts.setdefault(target, parts[use.target])
    relations = parse(parts[_relations(use.located.part)])
    taken = {relation.get("Id", "") for relation in relations}
    key = next(f"rIdGambar{at}" for at in range(1, len(taken) + 2) if f"rIdGambar{at}" not in taken)
    folder = posixpath.dirname(use.located.part)
    about = {"Id": key, "Type": _IMAGE, "Target": posixpath.relpath(target, folder)}
    etree.SubElement(relations, relations[0].tag, about)
    parts[_relations(use.located.part)] = serialise(relations)
    use.blip.set(_EMBED, key)
    return target


def _checked(part: str, content: bytes) -> bytes:
    kind = posixpath.splitext(part)[1].lower()
    if not content.startswith(_BEGINNINGS.get(kind, b"\0")):
        raise PictureRefused(
            N_("Gambar harus berjenis %(kind)s, sama dengan gambar di templat."), kind=kind.lstrip(".")
        )
    if len(content) > MOST_BYTES or max(_sides(content)) > MOST_PIXELS:
        raise PictureRefused(N_("Gambar terlalu besar: paling besar %(most)s MB."), most=MOST_BYTES // 2**20)
    return content


def _sides(content: bytes) -> tuple[int, int]:
    """Read width and height of a PNG; a JPEG is held to its bytes alone."""
    if not content.startswith(_PNG):
        return 0, 0
    try:
        width, height = struct.unpack(">II", content[16:24])
    except struct.error as fault:
        raise PictureRefused(N_("Gambar ini rusak.")) from fault
    return width, height
