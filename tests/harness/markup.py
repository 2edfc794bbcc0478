"""Reads an HTML answer strictly: what a browser would silently mend is a fault here."""

import re
from collections import Counter
from functools import cache, lru_cache
from html.parser import HTMLParser
from urllib.parse import urlsplit

from lxml import etree
from lxml import html as lxml_html

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
RAW = frozenset({"script", "style", "textarea", "title"})
"""What stands in them is text."""
# Elements of SVG close themselves; the parser reports them apart.
INLINE = frozenset({"a", "abbr", "b", "bdi", "code", "em", "i", "kbd", "mark", "q", "s", "small", "span", "strong"})
LABELLED = "//input[not(@type='hidden') and not(@type='submit') and not(@type='button')] | //select | //textarea"
# The subset of htmx that this portal uses (design: ux §3.1).
ALLOWED_HX = frozenset(
    {"get", "post", "target", "swap", "trigger", "push-url"}
    | {"select", "include", "sync", "indicator", "disable", "swap-oob"}
)


class Balance(HTMLParser):
    """Collects tags that are not closed, closed twice or closed in the wrong order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, int]] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember an opened element and complain about an attribute given twice."""
        names = [name for name, _ in attrs]
        twice = {name for name in names if names.count(name) > 1} if len(set(names)) < len(names) else ()
        self.faults += [f"line {self.getpos()[0]}: <{tag}> has {name} twice" for name in twice]
        if tag not in VOID:
            self.open.append((tag, self.getpos()[0]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A self-closing element opens nothing."""

    def handle_endtag(self, tag: str) -> None:
        """Close the innermost element, which must be of this name."""
        if tag in VOID:
            self.faults.append(f"line {self.getpos()[0]}: </{tag}> closes an element that has no end")
        elif not self.open or self.open[-1][0] != tag:
            inner = f"<{self.open[-1][0]}> of line {self.open[-1][1]}" if self.open else "nothing"
            self.faults.append(f"line {self.getpos()[0]}: </{tag}> while {inner} is open")
        else:
            self.open.pop()

    def close(self) -> None:
        """Complain about what is still open at the end."""
        super().close()
        self.faults += [f"line {line}: <{tag}> is never closed" for tag, line in self.open]


DOCTYPE = re.compile(r"\A\s*<!doctype html>", re.IGNORECASE)
TAG = re.compile(r'<(/?)([a-z][a-zA-Z0-9-]*)((?:\s+[^\s"\'<>/=]+(?:="[^"<>]*")?)*)\s*(/?)>')
ATTRIBUTE = re.compile(r'\s+([^\s"\'<>/=]+)(?:="[^"<>]*")?')


@lru_cache(maxsize=8192)
def plain_tag(tag: str) -> tuple[str, str] | None:
    """Return `<`, `/` or nothing for a tag that opens, closes or does neither, and its name; None if it is unusual."""
    found = TAG.fullmatch(tag)
    if found is None:
        return None
    ends, name, attributes, closed = found.groups()
    names = [each.lower() for each in ATTRIBUTE.findall(attributes)]
    if len(set(names)) < len(names) or (ends and (names or closed or name in VOID)):
        return None
    return ("/" if ends else "" if closed or name in VOID else "<"), name.lower()


def is_plainly_balanced(markup: str) -> bool:
    """Whether a page is made of usual tags only, each closed in its turn; False also where only `Balance` can tell.

    Most of the time of reading a page went to a parser that could find a fault at any place and has none to tell.
    """
    open_: list[str] = []
    for piece in DOCTYPE.sub("", markup, count=1).split("<")[1:]:
        tag = plain_tag(f"<{piece[: piece.find('>') + 1]}")
        if tag is None or (open_ and open_[-1] in RAW and tag != ("/", open_[-1])):
            return False
        kind, name = tag
        if kind == "<":
            open_.append(name)
        elif kind and (not open_ or open_.pop() != name):
            return False
    return not open_


def balance_of(markup: str) -> list[str]:
    """Every tag that is not closed, closed twice or in the wrong order, and every attribute that is given twice."""
    if is_plainly_balanced(markup):
        return []
    balance = Balance()
    balance.feed(markup)
    balance.close()
    return balance.faults


def words(element: etree._Element) -> str:
    """The visible words inside an element, white space folded; blocks stand apart, inline elements do not."""
    copy = lxml_html.fromstring(lxml_html.tostring(element))
    for hidden in copy.xpath("//script | //style | //template"):
        hidden.drop_tree()
    for part in copy.iter():
        if part.tag not in INLINE:
            part.text = f" {part.text or ''}" if isinstance(part.tag, str) else part.text
            part.tail = f" {part.tail or ''}"
    return " ".join(copy.text_content().split())


def plain(element: etree._Element) -> str:
    """The words inside an element as they follow each other: quick, and enough for the name of a control."""
    return " ".join(str(element.xpath("string()")).split())


def name_of(element: etree._Element, tree: etree._Element) -> str:
    """The accessible name, near enough: aria-label, labels, own words, alternative text, title."""
    if element.get("aria-label", "").strip():
        return str(element.get("aria-label"))
    for key in (element.get("aria-labelledby") or "").split():
        named = " ".join(plain(found) for found in tree.xpath("//*[@id=$key]", key=key))
        if named:
            return named
    field = element.tag in {"input", "select", "textarea"}
    labels = tree.xpath("//label[@for=$key]", key=element.get("id")) if field and element.get("id") else []
    if field:
        labels += element.xpath("ancestor::label")
    own = " ".join(plain(label) for label in labels) if field else plain(element)
    alternatives = "" if own else " ".join(element.xpath(".//@alt")).strip()
    return own or alternatives or element.get("title", "")


def faults_of_document(tree: etree._Element) -> list[str]:
    """What every whole page must have: language, title, exactly one main heading, one main part."""
    found = []
    if tree.get("lang") not in {"id", "en"}:
        found.append("<html> has no lang of id or en")
    if not "".join(tree.xpath("/html/head/title/text()")).strip():
        found.append("the page has no title")
    headings = tree.xpath("//h1")
    if len(headings) != 1 or not words(headings[0]):
        found.append(f"the page has {len(headings)} h1 instead of one with words")
    if len(tree.xpath("//main")) != 1:
        found.append("the page has not exactly one <main>")
    return found


def faults_of_names(tree: etree._Element) -> list[str]:
    """Controls, links and buttons without a name; ids given twice; references to ids that do not exist."""
    found = [
        f"no accessible name: {lxml_html.tostring(element)[:120]!r}"
        for element in tree.xpath(f"{LABELLED} | //a[@href] | //button | //summary")
        if not name_of(element, tree).strip()
    ]
    ids = Counter(tree.xpath("//@id"))
    found += [f"id {key!r} is used {count} times" for key, count in ids.items() if count > 1]
    for attribute in ("for", "aria-describedby", "aria-labelledby", "aria-controls"):
        for value in tree.xpath(f"//@{attribute}"):
            found += [f"{attribute}={key!r} points nowhere" for key in value.split() if key not in ids]
    found += ["an image has no alt" for _ in tree.xpath("//img[not(@alt)]")]
    return found


@cache
def forbidden(attribute: str) -> str | None:
    """Why no element may carry an attribute; None when it may."""
    if attribute == "style" or re.fullmatch(r"on[a-z]+", attribute) or attribute.startswith("hx-on"):
        return " at all"
    if attribute.startswith("hx-") and attribute[3:] not in ALLOWED_HX:
        return ", which is not among ours"
    return None


def faults_of_policy(tree: etree._Element) -> list[str]:
    """What the strict content policy forbids, and addresses outside this site that a page would load."""
    found = []
    for element in tree.xpath("//*"):
        if not isinstance(element.tag, str):
            continue
        # lxml gives the names by this only.
        found += [f"<{element.tag}> carries {name}={why}" for name in element.keys() if (why := forbidden(name))]  # noqa: SIM118
    found += ["a <style> element" for _ in tree.xpath("//style")]
    found += ["an inline script" for _ in tree.xpath("//script[not(@src)]")]
    for address in tree.xpath("//script/@src | //link/@href | //img/@src | //iframe/@src"):
        if urlsplit(address).netloc:
            found.append(f"loads {address} from outside")
    return found


def faults_of_text(markup: str, tree: etree._Element) -> list[str]:
    """Left-overs of the template language and of Python in the words of a page."""
    # Tags of Word templates may stand where people write them or where they are quoted as such.
    quoted = "<(textarea|code|template)\\b.*?</\\1>|<input\\b[^>]*>|“[^”<]*”"
    seen = re.sub(quoted, "", markup, flags=re.DOTALL)
    found = [f"left-over {mark!r}" for mark in ("{{", "}}", "{%", "%}") if mark in seen]
    # Most pages hold none of these letters anywhere, and folding all words takes long.
    text = words(tree) if any(mark in markup for mark in ("None", "Undefined", "object at")) else ""
    found += [f"the word {word!r}" for word in re.findall(r"\b(?:None|Undefined)\b|<[a-z_.]+ object at", text)]
    return found


def parsed(markup: str) -> etree._Element:
    """The tree of a page, or of a part of one when it has no <html>."""
    return lxml_html.document_fromstring(markup) if is_whole(markup) else lxml_html.fragment_fromstring(markup, "div")


def is_whole(markup: str) -> bool:
    """Whether it is a page and not a part of one."""
    return re.search(r"<html[\s>]", markup) is not None


def faults(markup: str, tree: etree._Element | None = None) -> list[str]:
    """Everything wrong with a page, or with a part of one when it has no <html>; `tree` if it was parsed already."""
    if not markup.strip():
        return ["the answer is empty"]
    tree = parsed(markup) if tree is None else tree
    found = [*balance_of(markup), *faults_of_names(tree), *faults_of_policy(tree), *faults_of_text(markup, tree)]
    return [*found, *faults_of_document(tree)] if is_whole(markup) else found
