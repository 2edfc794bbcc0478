"""What the page of a new stage asks about open duties: its choices, and what was chosen."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import request
from flask_babel import gettext as _

from portal.domain import duty_change
from portal.domain.agreement import Stage
from portal.domain.duty_change import Back, DutyDecision, Hold, Survival
from portal.extensions import session
from portal.queries import duty_decisions
from portal.queries import obligations as reading
from portal.services import duty_changes
from portal.web.filters import date_weekday, label, period

if TYPE_CHECKING:
    from portal.models import Agreement, Obligation, Occurrence

Item = dict[str, Any]
SURVIVAL = "survival-"
"""Begin of the names of the fields that ask about one duty; its number follows."""


def decision(agreement: "Agreement") -> DutyDecision:
    """Return what was chosen about open duties; what was not asked for takes its default."""
    sent, duties = request.form, duty_changes.duties_of(session(), agreement)
    ids = {str(number): duty.id for number, duty in enumerate(duties, start=1)}
    chosen = (key.partition(":") for key in sent.getlist("rest"))
    return DutyDecision(
        hold=Hold(sent["hold"]) if sent.get("hold") in set(Hold) else Hold.ALL,
        chosen=frozenset(duty_change.key_of(ids[number], key) for number, _colon, key in chosen if number in ids),
        back=Back(sent["back"]) if sent.get("back") in set(Back) else Back.SCHEDULE,
        survival=_survival(sent, ids),
    )


def _survival(sent: Mapping[str, str], ids: Mapping[str, int]) -> dict[int, Survival]:
    asked = {number: sent.get(f"{SURVIVAL}{number}") for number in ids}
    return {ids[number]: Survival(one) for number, one in asked.items() if one in set(Survival)}


def asked(agreement: "Agreement", to: Stage | None, duties: DutyDecision, day: date | None) -> Item:
    """Return the choices that the new stage asks for, empty where it asks for none."""
    return {"hold": [], "rest": [], "back": [], "survival": []} | _asked(agreement, to, duties, day)


def _asked(agreement: "Agreement", to: Stage | None, duties: DutyDecision, day: date | None) -> Item:
    found = duty_changes.duties_of(session(), agreement)
    if to is Stage.SUSPENDED:
        return _of_rest(found, duty_decisions.open_occurrences(session(), agreement.id), duties)
    if to is Stage.TERMINATED:
        return {"survival": [_of_end(n, duty, duties) for n, duty in enumerate(found, start=1) if not duty.is_closed]}
    if to is Stage.ACTIVE and agreement.stage is Stage.SUSPENDED:
        return _of_return(agreement, duties, day)
    return {}


def _of_rest(found: "Sequence[Obligation]", rows: "Sequence[Occurrence]", duties: DutyDecision) -> Item:
    numbers = {duty.id: n for n, duty in enumerate(found, start=1)}
    titles = {duty.id: duty.title for duty in found}
    if not rows:
        return {}
    return {
        "hold": [{"value": one.value, "label": label(one), "selected": one is duties.hold} for one in Hold],
        "rest": [
            {
                "value": f"{numbers[row.obligation_id]}:{row.period_key}",
                "label": ", ".join(filter(None, [titles[row.obligation_id], period(row.period_key)])),
                "hint": date_weekday(row.due_on),
                "selected": duty_change.key_of(row.obligation_id, row.period_key) in duties.chosen,
            }
            for row in rows
        ],
    }


def _of_end(number: int, duty: "Obligation", duties: DutyDecision) -> Item:
    schedule = reading.schedule_of(duty)
    chosen = duties.survival.get(duty.id) or duty_change.default_survival(duty.kind, schedule)
    return {
        "name": f"{SURVIVAL}{number}",
        "label": ", ".join(filter(None, [duty.title, duty.article])),
        "value": chosen.value,
        "options": [(one.value, label(one)) for one in duty_change.choices_of_survival(schedule)],
    }


def _of_return(agreement: "Agreement", duties: DutyDecision, day: date | None) -> Item:
    since = duty_decisions.latest(session(), agreement)
    if since is None or (since.duties or {}).get("hold", Hold.NONE) == Hold.NONE or day is None:
        return {}
    days = duty_change.rested_days(since.entered_on, day)
    hints = {
        Back.SCHEDULE: _("Yang sudah lewat menjadi terlambat; pengingatnya mulai dari langkah yang sekarang."),
        Back.PUSH: _("Setiap tenggat yang ditahan mundur %(n)s hari.", n=days),
    }
    return {
        "back": [
            {"value": one.value, "label": label(one), "hint": hints[one], "selected": one is duties.back}
            for one in Back
        ]
    }
