"""Tasks as rows of work: what, where, until when, and the verb that opens the exact step."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from portal import clock
from portal.domain.agreement import Stage
from portal.domain.personal import RequestKind
from portal.queries.task import Task, TaskKind
from portal.queries.tasks import SOON_DAYS
from portal.web import guard
from portal.web.filters import date_short, days_left, label, period
from portal.web.staff import personal_data_page

Item = dict[str, Any]


def groups(tasks: Iterable[Task], *, most: int | None = None) -> list[Item]:
    """Return tasks under their urgency, at most `most` rows in all; the number beside a heading counts all of them."""
    kept: dict[str, list[Task]] = {}
    for task in tasks:
        kept.setdefault(_urgency(task), []).append(task)
    left = most
    found = []
    for name, tone, title in _titles(kept):
        rows = kept[name] if left is None else kept[name][: max(left, 0)]
        left = None if left is None else left - len(rows)
        if rows:
            found.append({"label": title, "tone": tone, "count": len(kept[name]), "rows": [row(task) for task in rows]})
    return found


def _urgency(task: Task) -> str:
    if task.kind is TaskKind.NAME_OFFICER:
        return task.kind.value
    if task.stage is not None:
        return task.stage.value
    return "late" if task.days < 0 else "soon" if task.days <= SOON_DAYS else "later"


def _titles(kept: Iterable[str]) -> list[tuple[str, str, str]]:
    known = [
        ("late", "bad", _("Terlambat")),
        ("soon", "warn", _("7 hari ke depan")),
        ("later", "", _("Sesudah itu")),
        (TaskKind.NAME_OFFICER.value, "", _("Belum ada PIC")),
        *((stage.value, "info", label(stage)) for stage in Stage),
    ]
    return [each for each in known if each[0] in set(kept)]


def row(task: Task) -> Item:
    """Return one row of work."""
    partners = ", ".join(task.partners)
    return {
        "what": _what(task),
        "where": ", ".join(part for part in (task.agreement_code, partners) if part),
        "href": _record(task),
        "when": _when(task),
        "tone": _tone(task),
        "verb": verb(task),
        "verb_href": step(task),
        "sample": task.is_sample,
    }


def _record(task: Task) -> str:
    if task.kind is TaskKind.ANSWER_DATA_REQUEST:
        return url_for("staff.personal_data.show", request_id=task.record_id)
    if task.organisation_code is not None:
        return url_for("staff.organisations.show", code=task.organisation_code)
    return url_for("staff.agreements.show", code=task.agreement_code)


def _what(task: Task) -> str:
    if task.kind is TaskKind.ANSWER_DATA_REQUEST:
        return str(_("Data pribadi: %(what)s", what=label(RequestKind(task.title))))
    named = period(task.period_key)
    said = f"{task.title}, {named}" if named else task.title
    sentences = {
        TaskKind.REVIEW_REPORT: _("Telaah: %(what)s", what=said),
        TaskKind.CHASE_REPORT: _("Tagih: %(what)s", what=said),
        TaskKind.DECIDE_RELIEF: _("Putuskan keringanan: %(what)s", what=said),
        TaskKind.DECIDE_RENEWAL: _("Putuskan perpanjangan: %(what)s", what=said),
        TaskKind.ANSWER_PROPOSAL: _("Usulan data: %(what)s", what=task.title),
        TaskKind.ANSWER_QUESTION: _("Jawab pertanyaan: %(what)s", what=task.title),
        TaskKind.DECIDE_REPLIES: _("Putuskan tanggapan mitra: %(what)s", what=task.title),
        TaskKind.CHASE_REPLIES: _("Tanggapan mitra belum datang: %(what)s", what=task.title),
    }
    return str(sentences.get(task.kind, said))


def _when(task: Task) -> str:
    if task.due_at is not None:
        return str(personal_data_page.hours(task.due_at, clock.now())["text"])
    if task.kind is TaskKind.NAME_OFFICER:
        return str(_("sejak %(date)s", date=date_short(task.on)))
    if task.stage is not None:
        return str(_("hari ke-%(n)s", n=1 - task.days))
    if task.days < 0 or task.days > SOON_DAYS:
        return days_left(task.days) if task.days < 0 else date_short(task.on)
    return f"{date_short(task.on)}, {days_left(task.days)}"


def _tone(task: Task) -> str:
    if task.stage is not None:
        return "info"
    return "bad" if task.days < 0 else "warn" if task.days <= SOON_DAYS else ""


def verb(task: Task) -> str:
    """Return the word on the button of a task; who may not do it may look."""
    if not guard.may_open(_STEPS[task.kind]):
        return str(_("Lihat"))
    words = {
        TaskKind.REVIEW_REPORT: _("Telaah"),
        TaskKind.NOTE_FULFILMENT: _("Catat"),
        TaskKind.CHASE_REPORT: _("Hubungi"),
        TaskKind.DECIDE_RELIEF: _("Putuskan"),
        TaskKind.DECIDE_RENEWAL: _("Putuskan"),
        TaskKind.ANSWER_PROPOSAL: _("Periksa"),
        TaskKind.ANSWER_QUESTION: _("Jawab"),
        TaskKind.DECIDE_REPLIES: _("Putuskan"),
        TaskKind.CHASE_REPLIES: _("Lihat"),
        TaskKind.MOVE_STAGE: _("Buka"),
        TaskKind.NAME_OFFICER: _("Tunjuk"),
        TaskKind.ANSWER_DATA_REQUEST: _("Jawab"),
    }
    return str(words[task.kind])


_STEPS = {
    TaskKind.REVIEW_REPORT: "staff.reports.show",
    TaskKind.NOTE_FULFILMENT: "staff.obligations.fulfil",
    TaskKind.CHASE_REPORT: "staff.obligations.show",
    TaskKind.DECIDE_RELIEF: "staff.reliefs.decide",
    TaskKind.DECIDE_RENEWAL: "staff.agreements.renewal",
    TaskKind.ANSWER_PROPOSAL: "staff.card_proposals.index",
    TaskKind.ANSWER_QUESTION: "staff.questions.answer",
    TaskKind.DECIDE_REPLIES: "staff.shared_drafts.decide",
    TaskKind.CHASE_REPLIES: "staff.shared_drafts.show",
    TaskKind.MOVE_STAGE: "staff.agreements.stage",
    TaskKind.NAME_OFFICER: "staff.agreements.edit",
    TaskKind.ANSWER_DATA_REQUEST: "staff.personal_data.decide",
}
"""The page on which each kind of task is done."""


def step(task: Task) -> str:
    """Return the address of the step that a task asks for; the record's own page for who may not do it."""
    if not guard.may_open(_STEPS[task.kind]):
        return _record(task)
    code, number = task.agreement_code, task.number
    steps: dict[TaskKind, Callable[[], str]] = {
        TaskKind.REVIEW_REPORT: lambda: url_for("staff.reports.show", code=task.report_code),
        TaskKind.NOTE_FULFILMENT: lambda: url_for(
            "staff.obligations.fulfil", code=code, number=number, key=task.period_key
        ),
        TaskKind.CHASE_REPORT: lambda: url_for("staff.obligations.show", code=code, number=number, _anchor="hubungi"),
        TaskKind.DECIDE_RELIEF: lambda: url_for("staff.reliefs.show", relief_id=task.record_id),
        TaskKind.DECIDE_RENEWAL: lambda: url_for("staff.agreements.renewal", code=code),
        TaskKind.ANSWER_PROPOSAL: lambda: url_for("staff.card_proposals.index", code=task.organisation_code),
        TaskKind.ANSWER_QUESTION: lambda: url_for("staff.questions.show", code=code, question_id=task.record_id),
        TaskKind.DECIDE_REPLIES: lambda: url_for("staff.shared_drafts.show", code=code, sharing_id=task.record_id),
        TaskKind.CHASE_REPLIES: lambda: url_for("staff.shared_drafts.show", code=code, sharing_id=task.record_id),
        TaskKind.MOVE_STAGE: lambda: url_for("staff.agreements.stage", code=code),
        TaskKind.NAME_OFFICER: lambda: url_for("staff.agreements.edit", code=code),
        TaskKind.ANSWER_DATA_REQUEST: lambda: _record(task),
    }
    return steps[task.kind]()
