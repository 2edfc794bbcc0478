"""Compares what was planned and what arrived with what ought to be told. Every list of faults must be empty."""

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from portal.domain.dates import office_date
from portal.domain.organisation import Zone
from portal.domain.reminder import Channel, EndReason, MessageStage, ReminderStage, SubjectKind
from portal.domain.wording.days import MONTHS
from portal.models import Message, Reminder
from portal.models.scope import ScopedSession
from portal.services.digests import FIRST_HOUR, LAST_HOUR
from portal.services.filling import OF_REMINDERS
from tests.proof.book import Book, Key, Subject
from tests.proof.dead import Dead
from tests.proof.office import AHEAD

ITEM = re.compile(
    r"^(?P<title>Kewajiban K\d+|Naskah A\d+)(?P<between>.*?)(?P<day>\d{1,2}) (?P<month>" + "|".join(MONTHS) + r") "
    r"(?P<year>\d{4})",
    re.MULTILINE | re.DOTALL,
)
KINDS = {
    "erakhir": SubjectKind.TERM_END,
    "Batas memberi tahu": SubjectKind.NOTICE,
    "Persiapan perpanjangan": SubjectKind.RENEWAL_START,
    "Perbaikan laporan": SubjectKind.REPORT_FIX,
    "aling lambat": SubjectKind.OCCURRENCE,
}
MOMENT = 3.0
"""Seconds between reading what is true and the mail's arrival within which a change of people may fall."""
ENDED_BY_PEOPLE = frozenset({ReminderStage.SUPERSEDED, ReminderStage.CANCELLED})
OF_DATES = frozenset({EndReason.FINISHED, EndReason.DATE_MOVED})


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """What one mail says of one thing."""

    kind: SubjectKind
    title: str
    target_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrival:
    """One mail that the server took."""

    at: float
    office: datetime
    to: str
    key: str
    items: tuple[Item, ...]


@dataclass(kw_only=True)
class Verdict:
    """Figures, and the faults under the rule that they break."""

    figures: dict[str, int] = field(default_factory=dict)
    faults: dict[str, list[str]] = field(default_factory=dict)

    @property
    def is_clean(self) -> bool:
        """Whether no rule was broken."""
        return not any(self.faults.values())

    def table(self) -> str:
        """The report."""
        lines = [f"  {name:58} {value:>8,}" for name, value in self.figures.items()]
        lines += [f"  {name:58} {len(found):>8,}" for name, found in self.faults.items()]
        lines += [f"    {rule}: {each}" for rule, found in self.faults.items() for each in found[:5]]
        return "\n".join(lines)


def items_of(text: str) -> tuple[Item, ...]:
    """What a mail names, with the date that it gives."""
    found = []
    for match in ITEM.finditer(text.replace("\r\n", "\n")):
        kind = next((kind for words, kind in KINDS.items() if words in match["between"]), None)
        if kind is None:  # a notice about a report, which names things otherwise
            continue
        day = date(int(match["year"]), MONTHS.index(match["month"]) + 1, int(match["day"]))
        found.append(Item(kind=kind, title=match["title"], target_on=day))
    return tuple(found)


def arrivals(journal: Path) -> list[Arrival]:
    """Every mail of the journal; a line that a dead server left half-written was never taken."""
    found = []
    for line in journal.read_bytes().splitlines():
        try:
            row = json.loads(line)
        except ValueError:
            continue
        key = row["id"].strip("<>").partition("@")[0]
        office = datetime.fromisoformat(row["office"])
        found.append(Arrival(at=row["at"], office=office, to=row["to"], key=key, items=items_of(row["text"])))
    return found


def judge(session: ScopedSession, book: Book, journal: Path, dead: Dead, kills: int) -> Verdict:
    """Look at everything."""
    verdict = Verdict()
    came = arrivals(journal)
    messages = {row.message_id: row for row in session.scalars(select(Message))}
    rows = session.scalars(select(Reminder).where(Reminder.channel == Channel.MAIL)).all()
    _of_plans(verdict, book, rows)
    _of_endings(verdict, book, rows, {row.id: row for row in messages.values()}, came)
    _of_mails(verdict, messages, Counter(arrival.key for arrival in came), dead, kills)
    _of_contents(verdict, book, came, messages)
    return verdict


def _key(row: Reminder) -> Key:
    return (row.subject_kind, row.subject_id, row.target_on, row.step, row.account_id)


def _of_plans(verdict: Verdict, book: Book, rows: Any) -> None:
    planned = Counter(map(_key, rows))
    missed = {_key(row) for row in rows if row.end_reason == "missed"}
    known = book.allowed | missed
    verdict.figures |= {
        "reminders the pure rule demands": len(book.required),
        "reminders planned": len(planned),
        "  of these written down as missed in an outage": len(missed),
    }
    verdict.faults |= {
        "demanded and not planned": [f"{key} on {book.required[key]}" for key in book.required if key not in planned],
        "planned and not demanded": [str(key) for key in planned if key not in known],
        "planned twice": [str(key) for key, count in planned.items() if count > 1],
    }


def _of_endings(verdict: Verdict, book: Book, rows: Any, messages: Any, came: list[Arrival]) -> None:
    """Every reminder went out, or a later one did, or people made it needless."""
    stages = Counter(row.stage for row in rows)
    verdict.figures |= {f"  {stage.value}": count for stage, count in sorted(stages.items())}
    later = defaultdict(list)
    for row in rows:
        later[row.subject_kind, row.subject_id, row.target_on, row.account_id].append(row)
    taken = {arrival.key for arrival in came}
    told = defaultdict(set)
    for arrival in came:
        told[arrival.key] |= set(arrival.items)
    lost, unexplained, too_early = [], [], []
    for row in rows:
        subject = book.subjects[row.subject_kind, row.subject_id]
        if row.stage is ReminderStage.SENT:
            good = _was_told(row, subject, messages[row.message_id], taken, told)
            lost += [] if good else [str(_key(row))]
        elif row.stage is ReminderStage.OVERTAKEN:
            others = later[row.subject_kind, row.subject_id, row.target_on, row.account_id]
            good = _was_followed(row, others) or _is_explained(row, subject, book)
            lost += [] if good else [f"{_key(row)} overtaken by {[(o.step, o.stage) for o in others]}"]
        elif row.stage not in ENDED_BY_PEOPLE or not _is_explained(row, subject, book):
            unexplained.append(f"{_key(row)} {row.stage} {row.end_reason} {row.ended_at}")
        elif office_date(row.ended_at) < book.required.get(_key(row), date.min):
            too_early.append(f"{_key(row)} {row.end_reason} {row.ended_at}, demanded {book.required[_key(row)]}")
    verdict.faults |= {
        "lost": lost,
        "ended without a change by people": unexplained,
        "ended, demanded again and not taken up": too_early,
    }


def _was_followed(row: Reminder, others: list[Reminder]) -> bool:
    """Whether a later step went out, or people made it needless."""
    after = [other.stage for other in others if other.step > row.step]
    return any(stage is ReminderStage.SENT or stage in ENDED_BY_PEOPLE for stage in after)


def _was_told(row: Reminder, subject: Subject, message: Message, taken: Any, told: Any) -> bool:
    """Whether the mail arrived and names it, or is an officer's digest that counts the rest."""
    if message.message_id not in taken or row.id not in message.values["reminders"]:
        return False
    item = Item(kind=row.subject_kind, title=subject.title, target_on=row.target_on)
    return item in told[message.message_id] or bool(message.values.get("more"))


def _is_explained(row: Reminder, subject: Subject, book: Book) -> bool:
    """Whether people gave up the date, took out the rung, or another was to hear when it ended."""
    is_left = subject.has_left(row.target_on)
    is_gone = any(rule.kind is row.subject_kind and rule.step == row.step for rule in book.gone_rules)
    if row.end_reason in OF_DATES:
        return is_left
    if is_gone or row.end_reason == EndReason.RULE_CHANGED:
        return is_gone
    if row.stage is ReminderStage.OVERTAKEN and (is_left or book.office.is_shared(subject.paper.id, row.account_id)):
        return True
    today = office_date(row.ended_at)
    spans = book.office.spans(row.ended_at)
    return any(book.might(subject, row.account_id, today, span, row.step)[1] for span in spans)


def _of_mails(verdict: Verdict, messages: dict[str, Message], counts: Counter[str], dead: Dead, kills: int) -> None:
    doubles = sum(counts.values()) - len(counts)
    unsent = [
        f"{row.message_id} {row.stage}"
        for row in messages.values()
        if row.stage not in (MessageStage.SENT, MessageStage.CANCELLED)
    ]
    verdict.figures |= {
        "messages": len(messages),
        "mails taken by the server": counts.total(),
        "mails that came a second time, same Message-ID": doubles,
        "mails that came more than twice": sum(count > 2 for count in counts.values()),
    }
    verdict.faults |= {
        "messages sent that never arrived": [
            row.message_id for row in messages.values() if row.stage is MessageStage.SENT and not counts[row.message_id]
        ],
        "messages left over": unsent,
        "mails without a message": [key for key in counts if key not in messages],
        "delivered more often than their senders died": dead.too_often(counts),
        "more second deliveries than kills": [f"{doubles} > {kills}"] if doubles > kills else [],
    }


def _of_contents(verdict: Verdict, book: Book, came: list[Arrival], messages: dict[str, Message]) -> None:
    """To whom, of which date, at which hour."""
    by_title = defaultdict(list)
    for subject in book.subjects.values():
        by_title[subject.kind, subject.title].append(subject)
    accounts = {email: account for account, email in book.world.emails.items()}
    strangers, old, hours, items = [], [], [], 0
    for arrival in came:
        message = messages.get(arrival.key)
        if message is None or message.template not in OF_REMINDERS or not arrival.items:
            continue
        account, today = accounts[arrival.to], office_date(arrival.office)
        zone = book.world.zones[account]
        hours += (
            [] if _is_open(arrival, book, zone) else [f"{arrival.office.astimezone(zone.timezone)} to {arrival.to}"]
        )
        for item in arrival.items:
            items += 1
            subjects = by_title[item.kind, item.title]
            since, until = arrival.at - MOMENT, arrival.at
            if not any(book.might(each, account, today, (since, until))[0] for each in subjects):
                strangers.append(f"{item} to {arrival.to} at {arrival.office}")
            if not any(each.held(item.target_on, since, until) for each in subjects):
                old.append(f"{item} at {arrival.office}")
    verdict.figures["things named in the mails"] = items
    verdict.faults |= {
        "told to a wrong person": strangers,
        "of a date that did not hold when it left": old,
        "outside the reader's hours or on a free day": hours,
    }


def _is_open(arrival: Arrival, book: Book, zone: Zone) -> bool:
    """Whether it left from 08.00 to 17.00 on a working day of its reader."""
    local = (arrival.office + AHEAD).astimezone(zone.timezone)
    return book.calendar.is_working(local.date()) and FIRST_HOUR <= local.hour < LAST_HOUR
