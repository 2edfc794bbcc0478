"""A ladder in words: its rungs, the fields of its form, and what a change of it would do."""

from itertools import pairwise
from typing import Any

from flask_babel import gettext as _

from portal.domain.ladder_effect import Effect
from portal.domain.reminder import Audience, SubjectKind
from portal.domain.wording import joined
from portal.extensions import session
from portal.queries import reminder_lines
from portal.queries.ladders import LadderRow
from portal.web.filters import date_short, label
from portal.web.forms.ladder import TYPED, LadderForm, audiences_of, name_of
from portal.web.reminder_reasons import step_code, step_words, subject_title

Item = dict[str, Any]
EVEN = 3
"""More steps than these are told as a span when the same number of days lies between all of them."""


def ladder(row: LadderRow) -> Item:
    """Return a ladder as a table: a step, who hears, by which way."""
    return {
        "number": row.ladder_id,
        "name": row.name,
        "kind": label(row.value.kind),
        "is_default": row.value.is_default,
        "may_copy": row.value.kind is SubjectKind.OCCURRENCE,
        "users": row.users,
        "rungs": [_rung(steps, channel, who) for steps, channel, who in _alike(row)],
    }


def _alike(row: LadderRow) -> list[tuple[list[int], str, str]]:
    """Return the steps of a ladder with way and hearers; neighbours that are alike in both stand together."""
    found: list[tuple[list[int], str, str]] = []
    for step in row.value.steps:
        for channel, heard in row.value.heard(step).items():
            rung = (label(channel), joined([label(audience) for audience in Audience if audience in heard]))
            if found and found[-1][1:] == rung and (found[-1][0][-1] < 0) == (step < 0):
                found[-1][0].append(step)
            else:
                found.append(([step], *rung))
    return found


def _rung(steps: list[int], channel: str, who: str) -> Item:
    """Return one row: its steps one by one, or as a span where they follow each other evenly."""
    gaps = {after - before for before, after in pairwise(steps)}
    if len(steps) > EVEN and len(gaps) == 1:
        code = _("%(first)s sampai %(last)s", first=step_code(steps[0]), last=step_code(steps[-1]))
        words = _("setiap %(n)s hari", n=gaps.pop())
    else:
        code = ", ".join(step_code(step) for step in steps)
        words = step_words(steps[0]) if len(steps) == 1 else ""
    return {"code": code, "words": words, "channel": channel, "who": who}


def fields(form: LadderForm, kind: SubjectKind) -> list[Any]:
    """Return the fields that a kind has, in order."""
    return [form[name_of(audience, channel)] for audience in audiences_of(kind) for channel in TYPED]


def effect(kind: SubjectKind, found: Effect, ended: int) -> Item:
    """Return what a change would do, with titles of the reminders shown."""
    known = reminder_lines.about(session(), {(kind, each.subject_id) for each in found.samples})
    return {
        "more": found.more,
        "fewer": found.fewer,
        "ended": ended,
        "changes": [
            {
                "code": step_code(each.step),
                "words": step_words(each.step),
                "who": label(each.audience),
                "channel": label(each.channel),
                "number": f"+{each.number}" if each.number > 0 else f"−{-each.number}",
            }
            for each in found.changes
            if each.number
        ],
        "samples": [
            {
                "on": date_short(each.on),
                "step": step_code(each.step),
                "title": _title(known[kind, each.subject_id]),
                "code": known[kind, each.subject_id].agreement_code,
                "said": _("bertambah") if each.is_new else _("tidak ada lagi"),
            }
            for each in found.samples
        ],
    }


def _title(subject: reminder_lines.About) -> str:
    if subject.is_confidential:
        return str(_("Naskah dibatasi"))
    return subject_title(subject.kind, subject.title, None)
