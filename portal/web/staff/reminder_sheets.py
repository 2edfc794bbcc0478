"""The book of reminders as sheets of Excel, one for each tab: what, for whom, when, and why."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from enum import StrEnum

from flask_babel import gettext as _

from portal.documents.table_file import Column, Sheet, Value
from portal.domain.calendar import WorkingCalendar
from portal.domain.reminder import SubjectKind
from portal.queries.ledger import ReminderRow
from portal.queries.ledger_coming import ComingRow
from portal.queries.ledger_mails import MailRow
from portal.web.filters import zone
from portal.web.reminder_reasons import why_of_mail_alone
from portal.web.staff import reminder_book
from portal.web.staff.sheet_limit import limited
from portal.web.staff.sheet_words import Reasons, SheetWords


class ReminderSheets:
    """Makes the sheets of one file."""

    def __init__(self, calendar: WorkingCalendar) -> None:
        """Begin with nothing said; sums are by this calendar."""
        self._words = SheetWords()
        self._reasons = Reasons(calendar)
        self._coming = str(_("Akan datang"))
        self._zone = zone().timezone

    def reminders(self, name: str, rows: Iterable[ReminderRow | ComingRow]) -> Sheet:
        """Return the sheet of a tab whose lines are reminders; those that will come have roles in place of a person."""
        lines = (self._ahead(row) if isinstance(row, ComingRow) else self._reminder(row) for row in rows)
        return Sheet(name=name, columns=_columns(), rows=limited(lines))

    def mails(self, name: str, rows: Iterable[MailRow]) -> Sheet:
        """Return the sheet of a tab whose lines are mails: one row for each reminder in it, one for a mail without."""
        lines = (line for row in rows for line in self._mail(row))
        return Sheet(name=name, columns=[*_columns(), Column(text=_("Perihal surel"), width=44)], rows=limited(lines))

    def _when(self, moment: date | datetime) -> date | datetime:
        """Return a day, or an instant as it reads on the reader's wall."""
        return moment.astimezone(self._zone).replace(tzinfo=None) if isinstance(moment, datetime) else moment

    def _about(self, row: ReminderRow | ComingRow) -> tuple[Value, ...]:
        named = self._words.period(row.period_key) if row.period_key else ""
        said = _(row.title) if row.title and row.kind is SubjectKind.PAPER else row.title
        title = said and ", ".join(filter(None, (said, named)))
        return (title or self._words.restricted, row.agreement_code, self._words.step(row.step), row.target_on)

    def _sample(self, row: ReminderRow | ComingRow) -> Value:
        return self._words.sample if row.is_sample else None

    def _labels(self, members: Iterable[StrEnum]) -> str:
        return ", ".join(map(self._words.label, members))

    def _reminder(self, row: ReminderRow) -> Sequence[Value]:
        when, word = self._when(reminder_book.day_or_instant(row)), self._words.label
        whom = (row.name, row.email, word(row.channel), word(row.stage))
        return (when, *self._about(row), *whom, self._reasons.of(row), self._sample(row))

    def _ahead(self, row: ComingRow) -> Sequence[Value]:
        whom = (self._labels(row.audiences), None, self._labels(row.channels), self._coming)
        return (row.on, *self._about(row), *whom, self._reasons.of(row), self._sample(row))

    def _mail(self, row: MailRow) -> Iterator[Sequence[Value]]:
        when, heading = self._when(row.sent_at or row.created_at), reminder_book.heading(row)
        said = " ".join(why_of_mail_alone(row))
        whom = (row.name, row.recipient, self._words.label(row.channel), reminder_book.became(row))
        if not row.reminders:
            yield (when, heading, None, None, None, *whom, said, None, heading)
        for each in row.reminders:
            told = f"{self._reasons.of(each)} {said}".strip()
            yield (when, *self._about(each), *whom, told, self._sample(each), heading)


def _columns() -> list[Column]:
    return [
        Column(text=_("Kapan (%(zone)s)", zone=zone().value), width=20),
        Column(text=_("Perihal"), width=44),
        Column(text=_("Kode naskah"), width=16),
        Column(text=_("Langkah"), width=10),
        Column(text=_("Tanggal sasaran"), width=14),
        Column(text=_("Kepada"), width=28),
        Column(text=_("Alamat"), width=30),
        Column(text=_("Saluran"), width=12),
        Column(text=_("Keadaan"), width=20),
        Column(text=_("Mengapa"), width=90),
        Column(text=_("Contoh"), width=10),
    ]
