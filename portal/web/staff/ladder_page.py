"""A ladder in words: its rungs, the fields of its form, and what a change of it would do."""

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
from portal.web.reminder_reasons import step_code, step_words

Item = dict[str, Any]


def ladder(row: LadderRow) -> Item:
    """Return a ladder as a table: a step, who hears, by which way."""
    return {
        "number": row.ladder_id,
        "name": row.name,
        "kind": label(row.value.kind),
        "is_default": row.value.is_default,
        "may_copy": row.value.kind is SubjectKind.OCCURRENCE,
        "users": row.users,
        "rungs": [
            {
                "code": step_code(step),
                "words": step_words(step),
                "channel": label(channel),
                "who": joined([label(audience) for audience in Audience if audience in heard]),
            }
            for step in row.value.steps
            for channel, heard in row.value.heard(step).items()
        ],
    }


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
    return str(_("Naskah dibatasi")) if subject.is_confidential else subject.title
