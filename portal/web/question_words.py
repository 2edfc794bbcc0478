"""Questions about agreements in words, the same for partners and the office."""

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from portal.domain.question import ANSWER_DAYS
from portal.web.filters import datetime_zone

if TYPE_CHECKING:
    from portal.models import AgreementQuestion

Item = dict[str, Any]


def promise(officer: str | None) -> str:
    """Return who answers, and how soon."""
    if officer is None:
        return str(_("Kami jawab paling lama %(n)s hari.", n=ANSWER_DAYS))
    return str(_("%(name)s menjawab paling lama %(n)s hari.", name=officer, n=ANSWER_DAYS))


def named(question: "AgreementQuestion") -> str:
    """Return "Pertanyaan 2: Pasal 5"."""
    number = _("Pertanyaan %(n)s", n=question.number)
    return f"{number}: {question.place}" if question.place else str(number)


def chip(question: "AgreementQuestion") -> Item:
    """Return whether it was answered."""
    if question.answered_at is None:
        return {"text": _("Menunggu jawaban"), "tone": "warn"}
    return {"text": _("Sudah dijawab"), "tone": "good"}


def asked(question: "AgreementQuestion") -> list[Item]:
    """Return what was asked, by whom and when."""
    return [
        {"label": _("Bagian"), "value": question.place or _("Seluruh perjanjian")},
        {"label": _("Pertanyaan"), "value": question.text},
        {"label": _("Ditanyakan oleh"), "value": question.asked_by.name if question.asked_by else None},
        {"label": _("Dikirim"), "value": datetime_zone(question.asked_at)},
    ]


def answered(question: "AgreementQuestion") -> list[Item]:
    """Return what was answered, by whom and when; nothing while it waits."""
    if question.answered_at is None:
        return []
    way = _("lewat telepon") if question.is_by_phone else ""
    by = question.answered_by.name if question.answered_by else None
    return [
        {"label": _("Jawaban"), "value": question.answer},
        {"label": _("Dijawab oleh"), "value": by, "note": way},
        {"label": _("Dijawab pada"), "value": datetime_zone(question.answered_at)},
    ]


def line(question: "AgreementQuestion", href: str, *, with_party: bool) -> Item:
    """Return one question as a row that leads to it; `with_party` names who asks."""
    is_open = question.answered_at is None
    who = question.organisation.name if with_party else ""
    note = chip(question)["text"]
    when = datetime_zone(question.asked_at)
    return {
        "icon": "clock" if is_open else "circle-check",
        "tone": "warn" if is_open else "good",
        "title": question.text if len(question.text) <= _SHORT else f"{question.text[:_SHORT].rstrip()}…",
        "note": ", ".join(filter(None, [named(question), who, note, when])),
        "href": href,
    }


_SHORT = 90
