"""What people do to a made draft in Word, done to its XML: a Pasal put in, a target deleted, words typed or tracked."""

import re
from collections.abc import Callable
from html import escape

from portal.documents import package
from portal.documents.starters import blocks
from portal.documents.wordxml import Element, P, parse, serialise, style_of, w
from tests.documents import attacks

MAIN = "word/document.xml"


def edited(content: bytes, change: Callable[[Element], None], **parts: bytes) -> bytes:
    """The file after a change to the tree of its text, with other parts put in."""
    kept = package.unpack(content)
    root = parse(kept[MAIN])
    change(root)
    kept[MAIN] = serialise(root)
    return package.pack({**kept, **{name.replace("__", "/") + ".xml": part for name, part in parts.items()}})


def paragraph(markup: str) -> Element:
    """A paragraph of Word's from its markup."""
    return parse(markup.replace("<w:p>", f"<w:p {attacks.W}>", 1).encode())


def articles(root: Element) -> list[Element]:
    """The paragraphs that begin a Pasal."""
    return [one for one in root.iter(P) if style_of(one) == "Pasal"]


def insert_article(root: Element) -> None:
    """Put a Pasal of one sentence before the second one."""
    second = articles(root)[1]
    for markup in (blocks.pasal("PASAL BARU"), blocks.isi("Kalimat yang disisipkan di Word.")):
        second.addprevious(paragraph(markup))


def type_sentence(words: str) -> Callable[[Element], None]:
    """Put a sentence typed by hand behind the heading of the first Pasal."""

    def change(root: Element) -> None:
        articles(root)[0].addnext(paragraph(blocks.isi(words)))

    return change


def delete_target(root: Element) -> None:
    """Delete the paragraph that the first reference points to."""
    said = "".join(node.text or "" for node in root.iter(w("instrText")))
    name = re.search(r"REF (\S+)", said)[1]
    mark = next(one for one in root.iter(w("bookmarkStart")) if one.get(w("name")) == name)
    target = next(mark.iterancestors(P))
    target.getparent().remove(target)


def track(author: str) -> Callable[[Element], None]:
    """Insert a word and delete another under track changes."""

    def change(root: Element) -> None:
        stamp = f'w:author="{escape(author)}" w:date="2026-11-20T09:00:00Z"'
        inserted = f'<w:ins w:id="901" {stamp}>{blocks.run("kata baru")}</w:ins>'
        deleted = f'<w:del w:id="902" {stamp}><w:r><w:delText>kata lama</w:delText></w:r></w:del>'
        articles(root)[0].addnext(paragraph(f"<w:p>{inserted}{deleted}</w:p>"))

    return change


def comments(*authors: str) -> bytes:
    """The part of comments, one by each author."""
    said = "".join(
        f'<w:comment w:id="{n}" w:author="{name}"><w:p>{blocks.run("Mohon dicek")}</w:p></w:comment>'
        for n, name in enumerate(authors)
    )
    return f"<w:comments {attacks.W}>{said}</w:comments>".encode()
