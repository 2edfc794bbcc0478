"""Writes elements of a template as markup: one set of names for the whole part, nothing that Word adds for itself."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Final

from lxml import etree

from portal.documents.steps import Look
from portal.documents.wordxml import NOISE, RPR, VAL, XML_SPACE, Element, T, W, w

HEAD: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TEXT_OPEN: Final = '<w:t xml:space="preserve">'
TEXT_CLOSE: Final = "</w:t>"

_XML: Final = "http://www.w3.org/XML/1998/namespace"
_COMPATIBLE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DROPPED: Final = frozenset(
    {
        *NOISE,
        w("commentRangeStart"),
        w("commentRangeEnd"),
        w("commentReference"),
        w("annotationRef"),
        f"{_COMPATIBLE}Fallback",
    }
)
"""Marks of a proofing pass or a comment, and the copies of shapes for very old programs."""

_OWN_NUMBERS: Final = ("rsid", "paraId", "textId")
_AFTER_HIGHLIGHT: Final = frozenset(
    map(w, ("u", "effect", "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout"))
)
_LANG: Final = w("lang")
_KEEPS_SPACE: Final = frozenset({T, w("instrText"), w("delText")})


class Markup:
    """The names of one part, and how its elements are written with them."""

    def __init__(self, root: Element, language: str = "") -> None:
        """Gather every namespace of the part, so that all are declared once, at its root.

        `language` is the one that all text of the file has where nothing else is said, "" when styles differ.
        """
        self._language = language
        self._prefixes: dict[str, str] = {W: "w", _XML: "xml"}
        self._names: dict[str, str] = {}
        self._looks: dict[str, Look] = {}
        self._aliases: dict[str, str] = {}
        for prefix, space in sorted((root.nsmap or {}).items(), key=lambda pair: pair[0] or ""):
            if space == W and prefix not in {"w", None}:
                self._aliases[prefix] = space
            self._add(prefix, space)
        for element in root.iter():
            if isinstance(element.tag, str) and self._space(element.tag) not in self._prefixes:
                for prefix, space in element.nsmap.items():
                    self._add(prefix, space)

    def opening(self, element: Element, *, declare: bool = False) -> str:
        """Write the start tag of an element, with the namespaces for the root of the part."""
        spaces = ""
        if declare:
            known = {**{prefix: space for space, prefix in self._prefixes.items()}, **self._aliases}
            spaces = "".join(f' xmlns:{prefix}="{quoted(space)}"' for prefix, space in known.items() if prefix != "xml")
        return f"<{self.name(element.tag)}{spaces}{self.attributes(element)}>"

    def closing(self, element: Element) -> str:
        """Write the end tag of an element."""
        return f"</{self.name(element.tag)}>"

    def attributes(self, element: Element, *, without: str = "") -> str:
        """Write the attributes of an element, each with a space before it."""
        return "".join(
            f' {self.name(str(name))}="{quoted(str(value))}"'
            for name, value in element.attrib.items()
            if name != without and not _is_own_number(str(name))
        )

    def whole(self, element: Element) -> str:
        """Write an element with everything in it."""
        if not isinstance(element.tag, str) or element.tag in _DROPPED:
            return ""
        name = self.name(element.tag)
        inside = self.inside(element)
        return (
            f"<{name}{self.attributes(element)}>{inside}</{name}>" if inside else f"<{name}{self.attributes(element)}/>"
        )

    def inside(self, element: Element) -> str:
        """Write what is in an element; the spaces between elements are nobody's text."""
        pieces = [escaped_constant(element.text)] if element.text and _is_text(element, element.text) else []
        for child in element:
            pieces.append(self.whole(child))
            if child.tail and child.tail.strip():
                pieces.append(escaped_constant(child.tail))
        return "".join(pieces)

    def name(self, tag: str) -> str:
        """Write the name of an element or attribute."""
        known = self._names.get(tag)
        if known is None:
            if tag.startswith("{"):
                space, _, local = tag[1:].partition("}")
                if space not in self._prefixes:
                    self._add(None, space)
                known = f"{self._prefixes[space]}:{local}"
            else:
                known = tag
            self._names[tag] = known
        return known

    def look(self, run: Element) -> Look:
        """Give the look of a run, the same object for the same look."""
        properties = run.find(RPR)
        if properties is not None and self._language:
            for node in properties.findall(_LANG):
                if node.attrib.items() == [(VAL, self._language)]:
                    properties.remove(node)
        plain = "" if properties is None or not len(properties) else self.whole(properties)
        if plain not in self._looks:
            self._looks[plain] = Look(plain=plain, marked=self.whole(_on_yellow(properties)))
        return self._looks[plain]

    def _add(self, prefix: str | None, space: str) -> None:
        if space in self._prefixes:
            return
        taken = {*self._prefixes.values(), *self._aliases}
        name = (
            prefix
            if prefix and prefix not in taken
            else next(f"n{at}" for at in range(1, 999) if f"n{at}" not in taken)
        )
        self._prefixes[space] = name

    def _space(self, tag: str) -> str:
        return tag[1:].partition("}")[0] if tag.startswith("{") else _XML


def is_dropped(element: Element) -> bool:
    """Tell whether an element is left out of every draft."""
    return not isinstance(element.tag, str) or element.tag in _DROPPED


def escaped_constant(text: str) -> str:
    """Write text between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str) -> str:
    """Write the value of an attribute."""
    made = escaped_constant(text).replace('"', "&quot;")
    return made.replace("\n", "&#10;").replace("\t", "&#9;").replace("\r", "&#13;")


def field(look: str, instruction: str, result: str) -> str:
    """Write a field, each of its five parts in a run of its own: LibreOffice miscounts otherwise."""
    parts: Mapping[str, str] = {
        "begin": '<w:fldChar w:fldCharType="begin"/>',
        "instruction": f'<w:instrText xml:space="preserve">{escaped_constant(instruction)}</w:instrText>',
        "separate": '<w:fldChar w:fldCharType="separate"/>',
        "result": f"{TEXT_OPEN}{escaped_constant(result)}{TEXT_CLOSE}",
        "end": '<w:fldChar w:fldCharType="end"/>',
    }
    return "".join(f"<w:r>{look}{part}</w:r>" for part in parts.values())


def _is_text(element: Element, text: str) -> bool:
    return bool(text.strip()) or element.tag in _KEEPS_SPACE or element.get(XML_SPACE) == "preserve"


def _is_own_number(name: str) -> bool:
    """Tell whether an attribute is one that Word numbers its editing sessions with."""
    return name.startswith("{") and name.rpartition("}")[2].startswith(_OWN_NUMBERS)


def _on_yellow(properties: Element | None) -> Element:
    made = etree.Element(RPR) if properties is None else deepcopy(properties)
    for old in made.findall(w("highlight")):
        made.remove(old)
    highlight = etree.Element(w("highlight"), {VAL: "yellow"})
    later = next((node for node in made if node.tag in _AFTER_HIGHLIGHT), None)
    if later is None:
        made.append(highlight)
    else:
        later.addprevious(highlight)
    return made
