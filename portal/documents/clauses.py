"""Puts the articles of a draft into the slot of a template; the result is a template like any other.

The slot is a paragraph that holds only `{% pasal %}`, or a row of a two-column table that holds only
`{% pasal dua bahasa %}`. The markup of the articles is `clause_markup`'s, printing it `render`'s.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from lxml import etree

from portal.documents import package
from portal.documents.clause_markup import Column, article, article_rows
from portal.documents.refusal import TemplateRefused
from portal.documents.templates import Template
from portal.documents.wordxml import TR, Element, P, W, parse, serialise, text_of, w
from portal.domain import clause
from portal.domain.clause import Article
from portal.domain.marking import N_

_MAIN: Final = "word/document.xml"
_SLOT: Final = re.compile(r"\{%[\s\u00a0]*pasal(?P<both>[\s\u00a0]+dua[\s\u00a0]+bahasa)?[\s\u00a0]*%\}")
_KEPT: Final = 64
_A4: Final = ("11906", "1701", "1134")
"""Width of the paper and the margins beside the text, in twips, where a template says nothing."""


def has_slot(template: Template) -> bool:
    """Tell whether a template has a place for the articles of a draft."""
    main = package.unpack(template.content).get(_MAIN)
    return main is not None and _slot(parse(main)) is not None


def splice(template: Template, articles: Sequence[Article]) -> Template:
    """Put the articles that are to be printed, in their order, in the place of the slot.

    The result has its own digest. Raises TemplateRefused when there is no slot.
    """
    return _spliced(template, tuple(articles))


@lru_cache(maxsize=_KEPT)
def _spliced(template: Template, articles: tuple[Article, ...]) -> Template:
    parts = package.unpack(template.content)
    root = parse(parts[_MAIN])
    slot = _slot(root)
    if slot is None:
        raise TemplateRefused(
            N_("Templat ini tidak mempunyai tempat untuk Pasal, yaitu paragraf yang hanya berisi tag “pasal”.")
        )
    for made in etree.fromstring(f'<w:body xmlns:w="{W}">{_markup(articles, slot, root)}</w:body>'):
        slot.addprevious(made)
    parent = slot.getparent()
    if parent is not None:
        parent.remove(slot)
    parts[_MAIN] = serialise(root)
    content = package.pack(parts, deflate=False)
    return replace(template, content=content, digest=_digest(template, articles), has_articles=True)


def text_width(root: Element) -> int:
    """Return the width between the margins of the last section, in twips."""
    size, margins = root.find(f".//{w('pgSz')}"), root.find(f".//{w('pgMar')}")
    whole = _A4[0] if size is None else size.get(w("w"), _A4[0])
    sides = _A4[1:] if margins is None else (margins.get(w("left"), _A4[1]), margins.get(w("right"), _A4[2]))
    return int(float(whole)) - sum(int(float(side)) for side in sides)


def _slot(root: Element) -> Element | None:
    for paragraph in root.iter(P):
        if found := _SLOT.fullmatch(text_of(paragraph).strip()):
            return next(paragraph.iterancestors(TR), None) if found["both"] else paragraph
    return None


def _markup(articles: Sequence[Article], slot: Element, root: Element) -> str:
    width = text_width(root)
    if slot.tag != TR:
        return "".join(article(one, Column(language="id", width=width)) for one in articles)
    table = slot.getparent()
    grid = table.findall(f"{w('tblGrid')}/{w('gridCol')}") if table is not None else []
    halves = [int(float(column.get(w("w"), "0"))) or width // 2 for column in grid] or [width // 2]
    left, right = Column(language="id", width=halves[0]), Column(language="en", width=halves[-1])
    return "".join(article_rows(one, left, right) for one in articles)


def _digest(template: Template, articles: Sequence[Article]) -> str:
    plain = json.dumps(clause.to_plain(tuple(articles)), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(f"{template.digest}\n{plain}".encode()).hexdigest()
