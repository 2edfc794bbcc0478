"""What Word calls "unreadable content", looked for in a file; an empty list is a sound file."""

import posixpath
import re
from collections import Counter

from portal.documents import package, stretches
from portal.documents.wordxml import DRAWING, TC, P, parse, w

OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATED = frozenset(f"{OFFICE}{name}" for name in ("id", "embed", "link", "pict"))
REMAINS = re.compile("\\{\\{|\\}\\}|\\{%|%\\}|\\{#|[\ue000-\uf8ff]")
TYPES = "[Content_Types].xml"
CONTENT_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


def faults(content: bytes, *, has_tags: bool = False) -> list[str]:
    """Everything that is wrong in a file; `has_tags` for a template, or a draft of values that look like tags."""
    parts = package.unpack(content)
    roots = {name: parse(part) for name, part in parts.items() if name.endswith((".xml", ".rels"))}
    found = _types(parts, roots) + _relations(parts, roots)
    for name, root in roots.items():
        found += [f"{name}: {fault}" for fault in _ids(root) + _cells(root) + _fields(root) + _asked(name, root, roots)]
        found += [] if has_tags else [f"{name}: {left} is left" for left in _remains(root)]
    return found + _references(roots) + _comments(roots) + _styles(roots) + _settings(roots)


def _types(parts, roots):
    defaults = {entry.get("Extension") for entry in roots[TYPES].iterchildren(f"{CONTENT_TYPES}Default")}
    named = [entry.get("PartName") for entry in roots[TYPES].iterchildren(f"{CONTENT_TYPES}Override")]
    untyped = [n for n in parts if f"/{n}" not in named and n.rpartition(".")[2] not in defaults and n != TYPES]
    absent = [name for name in named if name.removeprefix("/") not in parts]
    double = [name for name, times in Counter(named).items() if times > 1]
    return [f"content type: {name}" for name in untyped + absent + double]


def _relations(parts, roots):
    found = []
    for name, root in roots.items():
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        ids = Counter(relation.get("Id") for relation in root)
        found += [f"{name}: {key} twice" for key, times in ids.items() if times > 1]
        for relation in root:
            target = relation.get("Target")
            whole = posixpath.normpath(posixpath.join(f"/{folder}", target)).lstrip("/")
            if relation.get("TargetMode") != "External" and whole not in parts:
                found.append(f"{name}: {target} absent")
    return found


def _ids(root):
    kinds = {
        "bookmark": [node.get(w("id")) for node in root.iter(w("bookmarkStart"))],
        "bookmark name": [node.get(w("name")) for node in root.iter(w("bookmarkStart"))],
        "drawing": [node.get("id") for node in root.iter(f"{{{DRAWING}}}docPr")],
        "comment": [node.get(w("id")) for node in root.iter(w("comment"))],
    }
    return [f"{kind} {key} twice" for kind, ids in kinds.items() for key, times in Counter(ids).items() if times > 1]


def _cells(root):
    return ["cell without a last paragraph" for cell in root.iter(TC) if len(cell) == 0 or cell[-1].tag != P]


def _fields(root):
    depth = 0
    for node in root.iter(w("fldChar")):
        depth += {"begin": 1, "end": -1}.get(node.get(w("fldCharType")), 0)
        if depth < 0:
            return ["field ends before it begins"]
    return ["field never ends"] if depth else []


def _asked(name, root, roots):
    """Relations that a part asks for and its list does not have."""
    folder, stem = posixpath.split(name)
    known = {one.get("Id") for one in roots.get(f"{folder}/_rels/{stem}.rels", ())}
    asked = {value for node in root.iter() for key, value in node.attrib.items() if key in RELATED}
    return [f"relation {key} absent" for key in sorted(asked - known)]


def _remains(root):
    """Tags and signs of no language that a draft must not show, in text or in the words about a picture."""
    said = [*root.itertext(), *(value for node in root.iter() for value in node.attrib.values())]
    return sorted({found for text in said for found in REMAINS.findall(text)})


def _references(roots):
    known = {node.get(w("name")) for root in roots.values() for node in root.iter(w("bookmarkStart"))}
    asked = {
        told.split()[1]
        for root in roots.values()
        for paragraph in root.iter(P)
        for piece in stretches.pieces(paragraph)
        if (told := piece.instruction).split()[:1] == ["REF"]
    }
    return [f"bookmark {name} absent" for name in sorted(asked - known)]


def _comments(roots):
    said = {node.get(w("id")) for root in roots.values() for node in root.iter(w("comment"))}
    found = []
    for mark in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        ids = [node.get(w("id")) for node in roots["word/document.xml"].iter(w(mark))]
        if sorted(ids) != sorted(said):
            found.append(f"{mark}: {ids} for comments {said}")
    return found


def _styles(roots):
    known = {style.get(w("styleId")) for style in roots["word/styles.xml"].iter(w("style"))}
    used = {
        node.get(w("val"))
        for name, root in roots.items()
        if name != "word/styles.xml"
        for node in root.iter(w("pStyle"), w("rStyle"))
    }
    return [f"style {name} absent" for name in sorted(used - known)]


def _settings(roots):
    settings = roots.get("word/settings.xml")
    return [] if settings is None or settings.find(w("updateFields")) is None else ["updateFields is set"]
