"""The term of an agreement on its page: the bar, the sums behind its dates, the next reminder."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import ngettext

from portal import charts
from portal.charts import TermBar
from portal.domain.agreement import ENDING_SOON_DAYS, Stage
from portal.domain.dates import end_of_term
from portal.domain.obligation import OffsetUnit
from portal.domain.renewal import notice_on
from portal.web.filters import date_long, date_short, label, number

if TYPE_CHECKING:
    from portal.models import Agreement

Item = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """What the card says; `bar` is None when start or end is not known."""

    length: str
    starts: str | None
    ends: str | None
    today: str
    bar: TermBar | None
    description: str
    arithmetic: str
    notes: list[Item]


def length(years: int | None, months: int | None) -> str:
    """Return "3 tahun", "2 tahun 6 bulan", or nothing when the record does not tell."""
    parts = [ngettext("%(n)s tahun", "%(n)s tahun", years, n=years)] if years else []
    parts += [ngettext("%(n)s bulan", "%(n)s bulan", months, n=months)] if months else []
    return " ".join(parts)


def span(count: int, unit: OffsetUnit) -> str:
    """Return "3 bulan" or "7 hari"."""
    return {
        OffsetUnit.DAYS: ngettext("%(n)s hari", "%(n)s hari", count, n=count),
        OffsetUnit.WEEKS: ngettext("%(n)s pekan", "%(n)s pekan", count, n=count),
        OffsetUnit.MONTHS: ngettext("%(n)s bulan", "%(n)s bulan", count, n=count),
    }[unit]


def arithmetic(agreement: "Agreement") -> str:
    """Return the sum behind the end, and what is printed where it differs (Settled 10)."""
    starts_on, ends_on = agreement.starts_on, agreement.ends_on
    told = length(agreement.term_years, agreement.term_months)
    if starts_on is None or not told:
        return ""
    counted = end_of_term(starts_on, years=agreement.term_years or 0, months=agreement.term_months or 0)
    text = _("%(start)s + %(term)s = %(end)s.", start=date_long(starts_on), term=told, end=date_long(counted))
    if ends_on in {None, counted}:
        return text
    return f"{text} {_('Yang tercetak pada naskah: %(date)s.', date=date_long(ends_on))}" if ends_on else text


def notice_sum(agreement: "Agreement") -> str:
    """Return how the day of the notice was found, "Pasal 12: 11 Apr 2027 dikurangi 3 bulan", or nothing."""
    if agreement.ends_on is None or agreement.notice_count is None or agreement.notice_unit is None:
        return ""
    taken = _(
        "%(end)s dikurangi %(span)s",
        end=date_short(agreement.ends_on),
        span=span(agreement.notice_count, agreement.notice_unit),
    )
    return f"{agreement.notice_article}: {taken}" if agreement.notice_article else taken


def card(
    agreement: "Agreement", today: date, *, reminder: tuple[date, int] | None, renewal: Item | None, moved: str = ""
) -> Term:
    """Return the card of the term; `reminder` is the day of the next one and its distance from the end in days.

    `renewal` is the line on what was decided or planned, `moved` says that the end was moved without a paper.
    """
    starts_on, ends_on = agreement.starts_on, agreement.ends_on
    bar = None
    if starts_on and ends_on:
        bar = charts.term_bar(starts_on=starts_on, ends_on=ends_on, today=today, window_days=ENDING_SOON_DAYS)
    return Term(
        length=length(agreement.term_years, agreement.term_months),
        starts=date_long(starts_on) if starts_on else None,
        ends=date_long(ends_on) if ends_on else None,
        today=date_short(today),
        bar=bar,
        description=_description(bar),
        arithmetic=moved or arithmetic(agreement),
        notes=_notes(agreement, bar, reminder, renewal),
    )


def _description(bar: TermBar | None) -> str:
    if bar is None:
        return ""
    if bar.remaining_days < 0:
        return _("Masa berlaku sudah berakhir %(n)s hari yang lalu.", n=number(-bar.remaining_days))
    return _(
        "%(percent)s persen masa berlaku sudah lewat, tersisa %(n)s hari.",
        percent=round(bar.elapsed),
        n=number(bar.remaining_days),
    )


def _notes(
    agreement: "Agreement", bar: TermBar | None, reminder: tuple[date, int] | None, renewal: Item | None
) -> list[Item]:
    notes: list[Item] = []
    if bar is not None:
        notes.append({"text": _("%(n)s hari berjalan", n=number(bar.elapsed_days)), "swatch": "elapsed"})
        notes.append({"text": _("Jendela perpanjangan (%(n)s hari)", n=ENDING_SOON_DAYS), "swatch": "window"})
    by = notice_on(agreement.ends_on, agreement.notice_count, agreement.notice_unit)
    if by is not None:
        text = _("Batas pemberitahuan %(date)s (%(sum)s)", date=date_short(by), sum=notice_sum(agreement))
        notes.append({"text": text, "icon": "calendar-days"})
    if renewal is not None:
        notes.append(renewal)
    if reminder is not None:
        day, days = reminder
        name = _("hari terakhir") if days == 0 else _("H-%(n)s", n=days) if days > 0 else _("H+%(n)s", n=-days)
        text = _("Pengingat berikut: %(date)s (%(name)s)", date=date_short(day), name=name)
        notes.append({"text": text, "icon": "bell"})
    if agreement.stage is Stage.SUSPENDED:
        notes.append({"text": _("%(stage)s: pengingat berhenti", stage=label(agreement.stage)), "icon": "pause"})
    return notes
