"""What mail templates may call: dates, lengths of time and links in the language of the reader.

Values of a mail are plain JSON, so dates and instants come as ISO texts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from babel.dates import format_date

from portal.domain import wording
from portal.domain.organisation import Zone
from portal.domain.organisation_card import CardPart, DocumentKind
from portal.domain.personal import RequestKind
from portal.domain.wording.periods import period_message

SUBJECT_LIMIT = 60
"""Phones show about so many characters of a subject (design: ux §11)."""
ELLIPSIS = "…"


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrases:
    """The reader's language, time zone and way of saying things."""

    language: str
    zone: Zone
    gettext: Callable[[str], str]
    base_url: str

    @property
    def _is_indonesian(self) -> bool:
        return self.language == "id"

    def _say(self, message: str, **values: object) -> str:
        return self.gettext(message) % values

    def day(self, iso: str) -> str:
        """Return Selasa, 1 Desember 2026."""
        day = date.fromisoformat(iso)
        if self._is_indonesian:
            return wording.date_with_weekday(day)
        return format_date(day, "EEEE, d MMMM yyyy", locale="en")

    def day_short(self, iso: str) -> str:
        """Return 1 Des 2026."""
        day = date.fromisoformat(iso)
        return wording.date_short(day) if self._is_indonesian else format_date(day, "d MMM yyyy", locale="en")

    def instant(self, iso: str) -> str:
        """Return 21 Nov 2026, 10.42 WIB in the reader's zone."""
        local = datetime.fromisoformat(iso).astimezone(self.zone.timezone)
        time = local.strftime("%H.%M" if self._is_indonesian else "%H:%M")
        return f"{self.day_short(local.date().isoformat())}, {time} {self.zone.value}"

    def left(self, days: int) -> str:
        """Return "7 hari lagi", "besok", "hari ini" or "terlambat 7 hari", as it stands within a sentence."""
        message, values = wording.days_left_message(days)
        said = self._say(message, **values)
        return said[:1].lower() + said[1:]

    def left_first(self, days: int) -> str:
        """Return the same with a capital, to begin a subject."""
        return wording.capitalised(self.left(days))

    def period(self, key: str | None) -> str:
        """Return "Semester I 2026" for the key of a period; nothing for a duty without periods."""
        message, values = period_message(key) if key else ("", {})
        said = {name: self._day_of_period(name, value) for name, value in values.items()}
        return self._say(message, **said) if message else ""

    def _day_of_period(self, name: str, value: object) -> object:
        if not isinstance(value, date):
            return value
        if name == "month":
            return wording.month(value) if self._is_indonesian else format_date(value, "MMMM", locale="en")
        return wording.date_long(value) if self._is_indonesian else format_date(value, "d MMMM yyyy", locale="en")

    def card_name(self, code: str, *, is_paper: bool) -> str:
        """Return what a part of a partner's card, or a paper on it, is called."""
        kind = DocumentKind if is_paper else CardPart
        return self.gettext(wording.label(kind(code)))

    def request_name(self, code: str) -> str:
        """Return what somebody asked about its own data."""
        return self.gettext(wording.label(RequestKind(code)))

    def url(self, path: str) -> str:
        """Return the whole address of a path within the portal."""
        return self.base_url.rstrip("/") + path

    @staticmethod
    def subject(before: str, title: str, after: str = "") -> str:
        """Join the parts of a subject; only the title in the middle is shortened, at a word, to keep the limit."""
        room = SUBJECT_LIMIT - len(before) - len(after)
        if len(title) > room:
            cut = title[: max(room - len(ELLIPSIS), 1)]
            title = (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:-") + ELLIPSIS
        return before + title + after

    def functions(self) -> dict[str, Callable[..., str]]:
        """Return everything that templates call, by name."""
        names = (
            *("day", "day_short", "instant", "left", "left_first", "period"),
            *("card_name", "request_name", "url", "subject"),
        )
        return {name: getattr(self, name) for name in names}
