"""What the file of a template carries that no draft may: remarks and names of whoever made it, orders to Word.

A draft goes to the other party, and opens without a question (design: documents §3.2).
"""

import re
from collections.abc import Mapping
from typing import Final

from portal.documents.wordxml import VAL, Element, parse, serialise, w

SETTINGS: Final = "word/settings.xml"
_TYPES: Final = "[Content_Types].xml"
_CORE: Final = "docProps/core.xml"
_REMARK: Final = re.compile(r"word/(comments\w*|people)\.xml")
_ORDER: Final = w("updateFields")
_OFF: Final = frozenset({"0", "false", "off"})
_CORE_SPACE: Final = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_WHO_AND_WHEN: Final = (
    "{http://purl.org/dc/elements/1.1/}creator",
    "{http://purl.org/dc/terms/}created",
    "{http://purl.org/dc/terms/}modified",
    *(f"{_CORE_SPACE}{name}" for name in ("lastModifiedBy", "lastPrinted", "revision")),
)


def cleared(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts without remarks, without the order to update fields, without who made the file and when."""
    kept = without_order(_without_remarks(parts))
    if _CORE in kept:
        kept[_CORE] = _without(kept[_CORE], *_WHO_AND_WHEN)
    return kept


def orders_update(parts: Mapping[str, bytes]) -> bool:
    """Return whether Word would ask at every opening to update all fields, a question that frightens."""
    found = list(parse(parts[SETTINGS]).iter(_ORDER)) if SETTINGS in parts else []
    return any(one.get(VAL, "1") not in _OFF for one in found)


def without_order(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the parts without the order to update fields: the references in the file are right already."""
    if SETTINGS not in parts:
        return dict(parts)
    return {**parts, SETTINGS: _without(parts[SETTINGS], _ORDER)}


def _without(part: bytes, *names: str) -> bytes:
    """Take elements out of a part; a part without them stays byte for byte."""
    root = parse(part)
    found = list(root.iter(*names))
    for one in found:
        _remove(one)
    return serialise(root) if found else part


def _remove(one: Element) -> None:
    holder = one.getparent()
    if holder is not None:
        holder.remove(one)


def _without_remarks(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    remarks = {name for name in parts if _REMARK.fullmatch(name)}
    kept = {name: content for name, content in parts.items() if name not in remarks}
    lists = [(_TYPES, "PartName", "/"), ("word/_rels/document.xml.rels", "Target", "word/")]
    for name, attribute, before in (one for one in lists if remarks and one[0] in kept):
        root = parse(kept[name])
        for row in list(root):
            target = row.get(attribute, "")
            full = target.removeprefix("/") if target.startswith("/") else before.removeprefix("/") + target
            if full in remarks:
                root.remove(row)
        kept[name] = serialise(root)
    return kept
