"""The preview beside the form: the words that the Word file would have, of the articles that a section touches."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from flask import current_app, request
from flask_babel import gettext as _

from portal.documents import preview as reading
from portal.documents import render
from portal.documents.preview import Block as Part
from portal.documents.preview import Piece
from portal.documents.refusal import TemplateRefused
from portal.documents.tracing import Source
from portal.domain.clause import Block, ClauseTree
from portal.domain.drafting import Section
from portal.extensions import session
from portal.services import drafting
from portal.web.languages import sentence
from portal.web.staff.drafting import marks
from portal.web.staff.drafting.pages import address

if TYPE_CHECKING:
    from portal.models import Draft

Item = dict[str, Any]
Way = Callable[[Piece], str]

LABEL_OF_MISSING: Final = "[belum diketahui: "
"""How the Word file begins the mark of what is missing; the preview shows the label alone."""

ABSENT: Final = Source(name="rujuk")
"""What a mark without a source misses: the article that a reference leads to."""

TOUCHED: Final[Mapping[Section, frozenset[str]]] = {
    Section.OBLIGATIONS: frozenset({Block.RIGHTS_OBLIGATIONS, Block.REPORTING, Block.MONEV}),
    Section.TERM: frozenset({Block.TERM, Block.TERMINATION}),
    Section.FUNDING: frozenset({Block.FUNDING, Block.AID}),
    Section.OPTIONS: frozenset({Block.DATA_PROTECTION, Block.LANGUAGE, Block.CLOSING}),
}
"""The blocks of articles that a section changes. Sections 1 to 3 change what stands before the first Pasal."""

OPENING: Final = frozenset({Section.TEMPLATE, Section.PARTIES, Section.RECITALS})


WHOLE: Final = "semua"


def is_whole() -> bool:
    """Return whether the page asks for the preview of the whole text."""
    return request.args.get("pratinjau") == WHOLE


def toggle(code: str, section: Section, *, whole: bool) -> str:
    """Return the address of the other extent: the whole text, or what the section touches."""
    return address(code, section, pratinjau=None if whole else WHOLE)


def of(draft: "Draft", section: Section, *, whole: bool = False) -> Item:
    """Return the blocks that a section touches, or all of them; a template that fails says why instead."""
    try:
        ready = drafting.assemble(session(), draft, storage=current_app.extensions["storage"])
        made = render.render(ready.template, ready.snapshot, pictures=ready.pictures, is_traced=True)
        blocks = reading.blocks(made.content, is_traced=True)
    except TemplateRefused as refused:
        return {"blocks": [], "problem": sentence(refused), "missing": 0, "whole": whole}
    shown = blocks if whole else _touched(blocks, ready.articles, section)
    way = _ways(draft.agreement.code, section, made.sources)
    told = [_shown(one, way) for one in shown]
    return {"blocks": told, "problem": "", "missing": len(made.missing), "whole": whole}


def _ways(code: str, here: Section, sources: Sequence[Source]) -> Way:
    """Return what finds the address of the control behind a piece, "" for words of the template itself."""
    known = cache(lambda source: marks.href(code, here, source))

    def way(piece: Piece) -> str:
        if piece.source is None:
            return known(ABSENT) if piece.mark == "missing" else ""
        source = sources[piece.source] if piece.source < len(sources) else None
        is_quiet = source is None or (source.name in marks.QUIET and not piece.mark)
        return "" if is_quiet else known(source)

    return way


def _touched(blocks: Sequence[Part], articles: ClauseTree, section: Section) -> Sequence[Part]:
    starts = [place for place, one in enumerate(blocks) if one.kind == "article"]
    if section in OPENING or not starts:
        return blocks[: starts[0]] if starts else blocks
    ends = [*starts[1:], _end(blocks, starts[-1])]
    if section not in TOUCHED:
        return blocks[starts[0] : ends[-1]]
    found: list[Part] = []
    for article, first, after in zip(articles, starts, ends, strict=False):
        if article.block in TOUCHED[section]:
            found += blocks[first:after]
    return found or blocks[starts[0] : ends[-1]]


def _end(blocks: Sequence[Part], start: int) -> int:
    """Return where the last article ends: at the table of signatures."""
    return next((place for place in range(start, len(blocks)) if blocks[place].kind == "table"), len(blocks))


def _shown(block: Part, way: Way) -> Item:
    return {
        "kind": block.kind,
        "level": min(block.level, 4),
        "label": block.label,
        "pieces": [{"text": _words(piece), "mark": piece.mark, "href": way(piece)} for piece in block.pieces],
        "rows": [[[_shown(inner, way) for inner in cell] for cell in row] for row in block.rows],
        "alt": _("Gambar") if block.kind == "picture" else "",
    }


def _words(piece: Piece) -> str:
    if piece.mark != "missing" or not piece.text.startswith(LABEL_OF_MISSING):
        return piece.text
    return f"[{piece.text.removeprefix(LABEL_OF_MISSING)}"


def read_only(block: Item) -> Item:
    """Return a block of the preview without the ways to fields that nobody can fill any more."""
    rows = [[[read_only(inner) for inner in cell] for cell in row] for row in block["rows"]]
    return block | {"pieces": [piece | {"href": ""} for piece in block["pieces"]], "rows": rows}
