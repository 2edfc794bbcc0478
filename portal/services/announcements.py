"""What services outside the portal are told: a summary each working morning, and alarms, once a day each.

The rows stand in the outbox beside the mails, under the same key, and leave by the same lease and retry.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from portal.domain import wording
from portal.domain.calendar import WorkingCalendar
from portal.domain.dates import office_date
from portal.domain.organisation import Zone
from portal.domain.reminder import Channel, MessageStage
from portal.models import Message
from portal.queries import announcements as reading
from portal.queries import home
from portal.queries.announcements import Summary
from portal.services.digests import is_quiet
from portal.services.notices import message_key

TEMPLATE = "service"
SUMMARY = "summary"
"""Slot of the morning's summary; an alarm has its own."""

_MESSAGES = cast(Table, Message.__table__)


def plan(session: Session, services: Iterable[str], *, calendar: WorkingCalendar, base_url: str, now: datetime) -> int:
    """Put what is due into the outbox and return how many messages; who was told today is not told again."""
    names, today = tuple(services), office_date(now)
    if not names:
        return 0
    told = reading.told_on(session, today)
    rows = [
        _row(name, slot, values, now=now)
        for name in names
        for slot, values in _due(session, name, calendar=calendar, base_url=base_url, now=now).items()
        if (name, slot) not in told
    ]
    if rows:
        adding = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
        session.execute(adding(_MESSAGES).on_conflict_do_nothing(), rows)
    return len(rows)


def _due(
    session: Session, name: str, *, calendar: WorkingCalendar, base_url: str, now: datetime
) -> Mapping[str, dict[str, str]]:
    """Return what is to be told now, slot by slot: alarms at any hour, the summary in working hours."""
    found = _alarms(session, base_url=base_url, now=now)
    if not is_quiet(now, Zone.WIB, calendar):
        today = office_date(now)
        day = wording.date_with_weekday(today)
        lines = _lines(reading.summary(session, name, today=today))
        link = f"{base_url}/kantor/kewajiban"
        found[SUMMARY] = {"title": f"Tenggat kerja sama, {day}", "text": "\n".join([*lines, link])}
    return found


def _lines(told: Summary) -> list[str]:
    return [
        *([told.unit] if told.unit else []),
        f"Terlambat: {told.overdue}",
        f"Jatuh tempo dalam 7 hari: {told.within_7}",
        f"Menunggu telaah: {told.awaiting_review}",
    ]


def _alarms(session: Session, *, base_url: str, now: datetime) -> dict[str, dict[str, str]]:
    health = home.health(session, now=now)
    troubles = (
        ("alarm-sweep", health.is_sweep_late, "Pengingat tidak berjalan sebagaimana mestinya."),
        ("alarm-unheard", bool(health.unheard), f"{health.unheard} tenggat tidak mempunyai penerima pengingat."),
        ("alarm-dead", bool(health.dead_mails), f"{health.dead_mails} surel gagal terkirim."),
    )
    link = f"{base_url}/kantor/pengingat"
    return {
        slot: {"title": "Simpul perlu diperiksa", "text": f"{sentence}\n{link}"}
        for slot, is_on, sentence in troubles
        if is_on
    }


def _row(name: str, slot: str, values: dict[str, str], *, now: datetime) -> dict[str, Any]:
    today = office_date(now)
    return {
        "recipient": name,
        "account_id": None,
        "channel": Channel.SERVICE,
        "local_day": today,
        "slot": slot,
        "template": TEMPLATE,
        "language": "id",
        "values": values,
        "subject": values["title"],
        "body_text": values["text"],
        "message_id": message_key(name, today, slot, Channel.SERVICE),
        "stage": MessageStage.PENDING,
        "not_before": now,
        "next_try_at": now,
        "tries": 0,
        "created_at": now,
    }
