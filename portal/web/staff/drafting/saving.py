"""Saving a section from what was sent: the same for the button, for saving by itself, and after a conflict."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import request
from werkzeug.datastructures import MultiDict

from portal import clock
from portal.domain.agreement import MAX_PARTIES
from portal.domain.drafting import Section
from portal.domain.editing import EditConflict, PageMark
from portal.domain.errors import RuleBroken
from portal.extensions import session
from portal.services import draft_trees, drafts
from portal.services.drafts import Save
from portal.web import guard
from portal.web.forms import drafting as forms
from portal.web.forms import rows
from portal.web.forms.agreement import MAX_ROWS
from portal.web.forms.drafting import MAX_CHANGES, MAX_GOODS, SectionForm
from portal.web.staff.drafting import parties, section_page

if TYPE_CHECKING:
    from portal.models import Draft

MINE = "mine"
CHOOSE = "choose-"
_MOST = {
    "parties": MAX_PARTIES,
    "regions": MAX_ROWS,
    "relations": MAX_ROWS,
    "changes": MAX_CHANGES,
    "aid_items": MAX_GOODS,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Outcome:
    """What became of a save: how many fields were kept as typed only, or who was faster, or which rule refused."""

    kept_as_typed: int = 0
    conflict: EditConflict | None = None
    refused: RuleBroken | None = None


def act() -> str:
    """Return which button was pressed."""
    return request.form.get("act", rows.SAVE)


def typed() -> "MultiDict[str, str]":
    """Return what was sent, its rows rearranged if one of their buttons was pressed."""
    pressed = act()
    return rows.rearranged(request.form, pressed, most=_MOST.get(pressed.partition(".")[0], 0))


def run(draft: "Draft", section: Section, *, after_conflict: bool = False) -> Outcome:
    """Save what was sent, then do what the button says: move an article, remove it or put it back."""
    pairs = typed()
    form = forms.sent(section, pairs, offered=section_page.choices())
    section_page.fit(form, draft)
    form.validate()
    try:
        saved = drafts.save_section(
            session(),
            draft,
            _save(draft, form, section, pairs, after_conflict=after_conflict),
            actor=guard.actor(),
            now=clock.now(),
        )
        _move(draft, section)
    except EditConflict as found:
        session().rollback()
        return Outcome(conflict=found)
    except RuleBroken as broken:
        session().rollback()
        return Outcome(refused=broken)
    return Outcome(kept_as_typed=len(_invalid(form)) + len(saved.refused))


def _save(
    draft: "Draft", form: SectionForm, section: Section, pairs: "MultiDict[str, str]", *, after_conflict: bool
) -> Save:
    keep = frozenset(name.removeprefix(CHOOSE) for name, side in pairs.items() if side == MINE)
    return Save(
        section=section,
        stamp=form.stamp.data or "",
        facts=parties.with_register(draft, forms.facts_of(form, section)),
        texts=forms.texts_of(form, section),
        typed=forms.typed_pairs(form, pairs),
        invalid=_invalid(form),
        chosen=frozenset(pairs.getlist("chosen")) if section is Section.ARTICLES else None,
        keep_mine=keep if after_conflict else None,
        mark=PageMark.read(pairs.get("page")),
    )


def _invalid(form: SectionForm) -> frozenset[str]:
    return frozenset(field.name for field in form if field.errors and field.name not in {"csrf_token", "stamp"})


def _move(draft: "Draft", section: Section) -> None:
    verb, _dot, key = act().partition(".")
    changes: Mapping[str, Any] = {
        "article-up": lambda: draft_trees.moved(key, -1),
        "article-down": lambda: draft_trees.moved(key, 1),
        "article-remove": lambda: draft_trees.removed(key),
        "article-restore": lambda: draft_trees.restored(draft, key, now=clock.now()),
    }
    if section is Section.ARTICLES and verb in changes:
        draft_trees.change(session(), draft, changes[verb](), actor=guard.actor(), now=clock.now())
