"""The list of clauses: filters of the address, chips, groups, lines."""

from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain.agreement import AgreementKind
from portal.domain.clause import Block
from portal.queries.clauses import ClauseFilter, ClauseRow, Pair
from portal.web import slugs
from portal.web.asked import Asked
from portal.web.filters import label
from portal.web.listing import Place, options
from portal.web.staff import clause_words
from portal.web.staff.doc_template_page import chip_of

Item = dict[str, Any]

PAIRS = {"inggris": Pair.PRESENT, "tanpa-inggris": Pair.MISSING, "pasangan-berubah": Pair.HALF_CHANGED}
"""Words of the address for the English text beside the Indonesian one."""
LONGEST_LINE = 110
"""So many letters of the first line stand in the list."""


def read(asked: Asked) -> ClauseFilter:
    """Return the filter that an address asks for."""
    return ClauseFilter(
        block=asked.one_of("kelompok", slugs.CLAUSE_BLOCKS),
        kind=asked.one_of("jenis", slugs.KINDS),
        condition=asked.one_of("bila", slugs.CONDITIONS),
        is_mandatory=asked.one_of("wajib", slugs.YES_NO),
        has_pattern=asked.one_of("pola", slugs.YES_NO),
        stage=asked.one_of("keadaan", slugs.PUBLICATIONS),
        pair=asked.one_of("bahasa", PAIRS),
        words=asked.text("q"),
    )


def choices() -> dict[str, list[tuple[str, str]]]:
    """Return what each select of the filter offers."""
    every = _("Semua")
    return {
        "kelompok": options(every, {word: label(block) for word, block in slugs.CLAUSE_BLOCKS.items()}),
        "jenis": options(every, {word: label(kind) for word, kind in slugs.KINDS.items()}),
        "bila": options(every, {word: label(one) for word, one in slugs.CONDITIONS.items()}),
        "wajib": options(every, {"ya": _("Wajib pada satu jenis atau lebih"), "tidak": _("Tidak wajib")}),
        "pola": options(every, {"ya": _("Punya pola kewajiban"), "tidak": _("Tanpa pola kewajiban")}),
        "bahasa": options(
            every,
            {
                "inggris": _("Ada teks Inggris"),
                "tanpa-inggris": _("Belum ada teks Inggris"),
                "pasangan-berubah": _("Pasangan berubah"),
            },
        ),
        "keadaan": options(
            _("Terbit dan usulan"),
            {"terbit": _("Terbit"), "usulan": _("Ada usulan yang menunggu"), "pensiun": _("Pensiun")},
        ),
    }


def chips(place: Place) -> list[Item]:
    """Return the chosen filters in words."""
    titles = {
        "q": _("Kata"),
        "kelompok": _("Kelompok"),
        "jenis": _("Jenis"),
        "bila": _("Bila"),
        "wajib": _("Wajib"),
        "pola": _("Pola kewajiban"),
        "bahasa": _("Bahasa"),
        "keadaan": _("Keadaan"),
    }
    known, asked = choices(), place.asked
    return place.chips(
        (word, title, dict(known.get(word, ())).get(asked.text(word), asked.text(word)))
        for word, title in titles.items()
    )


def blocks(place: Place, counts: Mapping[Block, int]) -> list[Item]:
    """Return the groups in the order of a text, each with its number under the other filters."""
    words = {block: word for word, block in slugs.CLAUSE_BLOCKS.items()}
    chosen = place.asked.text("kelompok")
    every = {"label": _("Semua"), "href": place.link(kelompok=None), "current": not chosen}
    return [{**every, "count": sum(counts.values())}] + [
        {
            "label": label(block),
            "href": place.link(kelompok=words[block]),
            "count": count,
            "current": chosen == words[block],
        }
        for block, count in counts.items()
    ]


def shortened(pieces: list[Item]) -> list[Item]:
    """Return the beginning of a line, at most `LONGEST_LINE` letters."""
    found: list[Item] = []
    left = LONGEST_LINE
    for piece in pieces:
        if len(piece["text"]) > left:
            return [*found, {"text": f"{piece['text'][:left].rpartition(' ')[0]} …", "is_tag": False}]
        found.append(piece)
        left -= len(piece["text"])
    return found


def line(row: ClauseRow) -> Item:
    """Return one line of the library."""
    return {
        "href": url_for("staff.clauses.show", code=row.code),
        "code": row.code,
        "title": row.title,
        "first_line": shortened(clause_words.pieces(row.first_line)),
        "block": label(row.block),
        "version": _("versi %(n)s", n=row.number),
        "chip": chip_of(row.stage),
        "has_proposal": row.has_proposal and row.stage.value != "draft",
        "condition": label(row.condition),
        "mandatory": ", ".join(label(AgreementKind(kind)) for kind in row.mandatory_kinds),
        "has_pattern": row.has_pattern,
        "has_english": row.has_english,
        "is_half_changed": row.is_half_changed,
        "variant_of": row.variant_of,
        "templates": row.templates,
    }
