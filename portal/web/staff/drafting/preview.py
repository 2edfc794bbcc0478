"""The preview beside the form: the words that the Word file would have, of the articles that a section touches."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from flask import current_app
from flask_babel import gettext as _

from portal.documents import preview as reading
from portal.documents import render
from portal.documents.preview import Block as Piece
from portal.documents.refusal import TemplateRefused
from portal.domain.clause import Block, ClauseTree
from portal.domain.drafting import Section
from portal.extensions import session
from portal.services import drafting
from portal.web.languages import sentence

if TYPE_CHECKING:
    from portal.models import Draft

Item = dict[str, Any]

TOUCHED: Final[Mapping[Section, frozenset[str]]] = {
    Section.OBLIGATIONS: frozenset({Block.RIGHTS_OBLIGATIONS, Block.REPORTING, Block.MONEV}),
    Section.TERM: frozenset({Block.TERM, Block.TERMINATION}),
    Section.FUNDING: frozenset({Block.FUNDING, Block.AID}),
    Section.OPTIONS: frozenset({Block.DATA_PROTECTION, Block.LANGUAGE, Block.CLOSING}),
}
"""The blocks of articles that a section changes. Sections 1 to 3 change what stands before the first Pasal."""

OPENING: Final = frozenset({Section.TEMPLATE, Section.PARTIES, Section.RECITALS})


def of(draft: "Draft", section: Section, *, whole: bool = False) -> Item:
    """Return the blocks that a section touches, or all of them; a template that fails says why instead."""
    try:
        ready = drafting.assemble(session(), draft, storage=current_app.extensions["storage"])
        made = render.render(ready.template, ready.snapshot)
        blocks = reading.blocks(made.content)
    except TemplateRefused as refused:
        return {"blocks": [], "problem": sentence(refused), "missing": 0, "whole": whole}
    shown = blocks if whole else _touched(blocks, ready.articles, section)
    return {"blocks": [_shown(one) for one in shown], "problem": "", "missing": len(made.missing), "whole": whole}


def _touched(blocks: Sequence[Piece], articles: ClauseTree, section: Section) -> Sequence[Piece]:
    starts = [place for place, one in enumerate(blocks) if one.kind == "article"]
    if section in OPENING or not starts:
        return blocks[: starts[0]] if starts else blocks
    ends = [*starts[1:], _end(blocks, starts[-1])]
    if section not in TOUCHED:
        return blocks[starts[0] : ends[-1]]
    found: list[Piece] = []
    for article, first, after in zip(articles, starts, ends, strict=False):
        if article.block in TOUCHED[section]:
            found += blocks[first:after]
    return found or blocks[starts[0] : ends[-1]]


def _end(blocks: Sequence[Piece], start: int) -> int:
    """Return where the last article ends: at the table of signatures."""
    return next((place for place in range(start, len(blocks)) if blocks[place].kind == "table"), len(blocks))


def _shown(block: Piece) -> Item:
    return {
        "kind": block.kind,
        "level": min(block.level, 4),
        "label": block.label,
        "pieces": [{"text": piece.text, "mark": piece.mark} for piece in block.pieces],
        "rows": [[[_shown(inner) for inner in cell] for cell in row] for row in block.rows],
        "alt": _("Gambar") if block.kind == "picture" else "",
    }
