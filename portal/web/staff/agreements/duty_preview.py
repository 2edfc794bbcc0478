"""What a change does to dated duties, in words and rows: shown before it is saved, told in the history afterwards."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from portal import clock
from portal.domain import duty as rules
from portal.domain.duty_change import TOLD, Fate
from portal.extensions import session
from portal.queries import drafts
from portal.services import duty_changes, duty_steps
from portal.services.duty_changes import DutyPlan
from portal.web.filters import date_long, date_weekday, label, period

if TYPE_CHECKING:
    from portal.services.timetable import Line

Item = dict[str, Any]

_TONES = {Fate.ADDED: "good", Fate.MOVED: "warn", Fate.HELD: "", Fate.TAKEN_UP: "good", Fate.CANCELLED: "bad"}


def stamp(plans: Iterable[DutyPlan]) -> str:
    """Return what stands for the shown effect: who saves has seen just this. Nothing to tell has the empty one."""
    told = [
        [line.obligation.id, line.period_key, fate.value, line.after["due_on"].isoformat()]
        for plan in plans
        for line, fate in plan.fates
        if fate in TOLD
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16] if told else ""


def shown(plans: Sequence[DutyPlan]) -> Item:
    """Return everything the preview shows: the sums, the reminders, and the rows of each agreement."""
    steps = duty_steps.ahead(session(), plans, now=clock.now())
    return {
        "seen": stamp(plans),
        "parts": [_part(plan) for plan in plans if plan.lines],
        "reminders": _reminders(steps),
    }


def _part(plan: DutyPlan) -> Item:
    has_text = drafts.find(session(), plan.agreement.id) is not None
    numbers = {duty.id: n for n, duty in enumerate(duty_changes.duties_of(session(), plan.agreement), start=1)}
    told = [(line, fate) for line, fate in plan.fates if fate in TOLD]
    told.sort(key=lambda each: (TOLD.index(each[1]), each[0].after["due_on"], each[0].obligation.id))
    return {
        "code": plan.agreement.code,
        "term": _term(plan),
        "sum": f"{counted(plan.counts) or _('Tidak ada tenggat yang berubah')}.",
        "still": _still(plan),
        "rows": [_row(plan, line, fate, numbers[line.obligation.id], has_text=has_text) for line, fate in told],
    }


def _term(plan: DutyPlan) -> str:
    before, after = plan.agreement.ends_on, plan.outlook.anchors.term.ends_on
    if before == after:
        return ""
    unknown = _("belum diketahui")
    said = {"before": date_long(before) if before else unknown, "after": date_long(after) if after else unknown}
    return str(_("Berakhir %(before)s → %(after)s", **said))


def _row(plan: DutyPlan, line: "Line", fate: Fate, number: int, *, has_text: bool) -> Item:
    named = period(line.period_key)
    linked = has_text and rules.article_label(line.obligation.article)
    here: dict[str, Any] = {"code": plan.agreement.code, "number": number, "_anchor": "pasal" if linked else None}
    return {
        "title": f"{line.obligation.title}, {named}" if named else line.obligation.title,
        "article": line.obligation.article,
        "href": url_for("staff.obligations.show", **here),
        "due": date_weekday(line.after["due_on"]),
        "before": _moved_from(line),
        "chip": {"text": label(fate), "tone": _TONES[fate]},
    }


def _moved_from(line: "Line") -> str:
    before: date | None = line.before["due_on"] if line.before else None
    if before is None or before == line.after["due_on"]:
        return ""
    return str(_("semula %(date)s", date=date_weekday(before)))


def _still(plan: DutyPlan) -> str:
    fates = [fate for _line, fate in plan.fates]
    kept, answered = fates.count(Fate.KEPT), fates.count(Fate.ANSWERED)
    parts = []
    if kept:
        parts.append(ngettext("%(n)s tenggat tetap", "%(n)s tenggat tetap", kept, n=kept))
    if answered:
        parts.append(
            ngettext(
                "%(n)s sudah dipenuhi atau dilaporkan dan tidak berubah",
                "%(n)s sudah dipenuhi atau dilaporkan dan tidak berubah",
                answered,
                n=answered,
            )
        )
    return "; ".join(parts)


def counted(counts: Mapping[str, int]) -> str:
    """Return the numbers of a change as one sentence: "4 tenggat baru, 1 pindah"."""
    sentences = {
        Fate.ADDED: _("%(n)s tenggat baru", n=counts.get(Fate.ADDED, 0)),
        Fate.MOVED: _("%(n)s tenggat pindah", n=counts.get(Fate.MOVED, 0)),
        Fate.HELD: _("%(n)s tenggat ditahan", n=counts.get(Fate.HELD, 0)),
        Fate.TAKEN_UP: _("%(n)s tenggat dilanjutkan", n=counts.get(Fate.TAKEN_UP, 0)),
        Fate.CANCELLED: _("%(n)s tenggat dibatalkan", n=counts.get(Fate.CANCELLED, 0)),
    }
    return ", ".join(str(sentences[fate]) for fate in TOLD if counts.get(fate))


def _reminders(steps: duty_steps.Steps) -> str:
    if not steps.begin and not steps.fall:
        return str(_("Pengingat dalam 90 hari ke depan tidak berubah."))
    told = []
    if steps.begin:
        told.append(_("bertambah %(n)s pengingat", n=steps.begin))
    if steps.fall:
        told.append(_("%(n)s pengingat tidak jadi dikirim", n=steps.fall))
    return str(_("Dalam 90 hari ke depan %(told)s.", told=", ".join(str(each) for each in told)))
