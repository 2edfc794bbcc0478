"""The page on which the Pasal of a template are put in order: its rows with numbers, what can be added, loose ends."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from portal.domain import clause
from portal.domain.clause import Article, Condition
from portal.extensions import session
from portal.queries import clause_places, draft_clauses
from portal.queries import clauses as reading
from portal.services.doc_template_articles import Slot
from portal.web.filters import label
from portal.web.forms import rows
from portal.web.forms.doc_template import ArticlesForm
from portal.web.forms.rows import Typed

if TYPE_CHECKING:
    from portal.models import ClauseVersion, DocTemplate

Item = dict[str, Any]
LIST = "pasal"
MOST = 60
"""So many Pasal stand in a template."""
SHOWN = 12
"""So many clauses are offered at once."""


def arranged(typed: Typed, act: str) -> Typed:
    """Return what was typed after a button was pressed; `pasal.put.<code>` adds a clause where the library has it."""
    name, _dot, code = act.partition(".put.")
    if name != LIST or not code:
        return rows.rearranged(typed, act, most=MOST)
    codes = [one.code for one in ArticlesForm(formdata=typed).slots()]
    if code in codes or len(codes) >= MOST:
        return typed
    order = {known: place for place, (known, _title) in enumerate(clause_places.order(session()))}
    earlier = [place for place, each in enumerate(codes) if order.get(each, len(order)) < order.get(code, len(order))]
    made: Typed = MultiDict([*typed.items(multi=True), *_row(len(codes), code)])
    for place in range(len(codes), max(earlier, default=-1) + 1, -1):
        made = rows.rearranged(made, f"{LIST}.up.{place}", most=MOST)
    return made


def _row(place: int, code: str) -> list[tuple[str, str]]:
    return [(f"{LIST}-{place}-code", code), (f"{LIST}-{place}-is_included", "y")]


def shown(template: "DocTemplate", form: ArticlesForm) -> Item:
    """Return the rows of the list with their numbers, the references that lead nowhere, and what can be added."""
    slots = form.slots()
    known = reading.current(session(), [one.code for one in slots])
    tree = tuple(
        reading.article(known[one.code], is_included=one.is_included, is_mandatory=one.is_mandatory)
        for one in slots
        if one.code in known
    )
    listed = [_line(slots, place, known.get(one.code)) for place, one in enumerate(slots)]
    numbers = clause.numbers(tree, set(Condition))
    for row in listed:
        row["number"] = numbers.get(reading.key_of(row["code"]))
    return {"rows": listed, "dangling": _dangling(template, tree), "found": _found(template, tree, form.q.data or "")}


def _line(slots: Sequence[Slot], place: int, version: "ClauseVersion | None") -> Item:
    one = slots[place]
    return {
        "place": place,
        "prefix": f"{LIST}-{place}-",
        "code": one.code,
        "title": version.title if version else one.code,
        "is_published": version is not None,
        "condition": _condition(version.clause.condition) if version else "",
        "is_included": one.is_included or one.is_mandatory,
        "is_mandatory": one.is_mandatory,
        "is_first": place == 0,
        "is_last": place == len(slots) - 1,
    }


def _condition(condition: Condition) -> str:
    return "" if condition is Condition.ALWAYS else label(condition)


def _dangling(template: "DocTemplate", tree: Sequence[Article]) -> list[str]:
    """Return each reference to a Pasal of the library that drafts would not print at the start."""
    titles = {one.key: one.title for one in tree}
    homes: dict[str, str] = {}
    for version in reading.fitting(session(), template.kind):
        for name in (reading.key_of(version.clause.code), *clause.labels(version.text)):
            homes.setdefault(name, version.title)
    loose = dict.fromkeys(
        (titles[key], homes[target]) for key, target in clause.dangling(tuple(tree), set(Condition)) if target in homes
    )
    return [
        _(
            "“%(title)s” merujuk ke “%(target)s”, yang tidak ada sejak awal dalam susunan ini.",
            title=title,
            target=target,
        )
        for title, target in loose
    ]


def _found(template: "DocTemplate", tree: Sequence[Article], words: str) -> Item:
    offered = draft_clauses.with_words(draft_clauses.addable(session(), tuple(tree), template.kind), words)
    shown_rows = [
        {
            "code": one.clause.code,
            "title": one.title,
            "note": f"{label(one.clause.block)}, {label(one.clause.condition)}",
        }
        for one in offered[:SHOWN]
    ]
    return {"rows": shown_rows, "total": len(offered), "more": len(offered) - len(shown_rows)}
