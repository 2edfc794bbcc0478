"""The parts of the office's first page as words, numbers and links; every number leads to the list it counts."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from flask import current_app, url_for
from flask_babel import gettext as _

from portal import charts
from portal.domain.agreement import Stage, Standing
from portal.domain.dates import month_days
from portal.domain.organisation import Zone
from portal.queries.agreement_list import Tally
from portal.queries.home import Compliance, EndingMonth, Health
from portal.queries.obligation_numbers import DayTally
from portal.web import slugs
from portal.web.filters import date_long, datetime_zone, label, number

if TYPE_CHECKING:
    from portal.queries.organisation_choices import CodeName

Item = dict[str, Any]

ROWS = 8
"""So many rows of work stand on the first page; the rest is one link away."""


def greeting(now: datetime, zone: Zone, name: str) -> str:
    """Return "Selamat pagi, Bu Ratna" for the hour where the reader is."""
    hour = now.astimezone(zone.timezone).hour
    for before, sentence in (
        (11, _("Selamat pagi, %(name)s", name=name)),
        (15, _("Selamat siang, %(name)s", name=name)),
        (18, _("Selamat sore, %(name)s", name=name)),
    ):
        if hour < before:
            return str(sentence)
    return str(_("Selamat malam, %(name)s", name=name))


def numbers(tally: Tally, *, undecided: int) -> list[Item]:
    """Return the six numbers over the page."""
    unknown = tally.standings(frozenset({Standing.END_UNKNOWN}))
    stages = slugs.STAGE_GROUPS
    rows = [
        (_("Sampai telaah"), {"tahap": "sampai-telaah"}, tally.stages(stages["sampai-telaah"]), ""),
        (label(Stage.DRAFTING), {"tahap": "penyusunan"}, tally.stages(frozenset({Stage.DRAFTING})), ""),
        (label(Stage.NEGOTIATION), {"tahap": "pembahasan"}, tally.stages(frozenset({Stage.NEGOTIATION})), ""),
        (
            _("Paraf & tanda tangan"),
            {"tahap": "paraf-tanda-tangan"},
            tally.stages(stages["paraf-tanda-tangan"]),
            "",
        ),
        (
            label(Standing.IN_FORCE),
            {"keadaan": "berlaku"},
            tally.standings(slugs.STANDINGS["berlaku"]),
            _("%(n)s tanpa tanggal akhir", n=unknown) if unknown else "",
        ),
        (
            label(Standing.ENDING_SOON),
            {"keadaan": "akan-berakhir"},
            tally.standings(slugs.STANDINGS["akan-berakhir"]),
            _("%(n)s belum diputuskan", n=undecided) if undecided else "",
        ),
    ]
    return [
        {"label": name, "value": number(value), "note": note, "href": url_for("staff.agreements.index", **words)}  # type: ignore[arg-type]
        for name, words, value, note in rows
    ]


def calendar(days: Sequence[DayTally], today: date, holidays: Mapping[date, str]) -> Item:
    """Return the month of today with the days that have dated duties, each a link to its list."""
    marks: dict[str, Item] = {day.isoformat(): {"text": name, "holiday": True} for day, name in holidays.items()}
    for each in days:
        tone = "bad" if each.overdue else "warn" if each.unfinished else "good"
        key = each.day.isoformat()
        marks[key] = {
            **marks.get(key, {}),
            "text": _("%(n)s tenggat", n=each.number),
            "href": url_for("staff.obligations.index", tenggat=key),
            "tone": tone,
        }
    month = date_long(today).split(" ", 1)[1]
    return {
        "title": month,
        "caption": _("Tenggat bulan %(month)s", month=month),
        "weeks": charts.month_grid(today.year, today.month, today=today),
        "marks": marks,
        "last": month_days(today.year, today.month)[-1],
    }


def compliance(found: Compliance) -> list[Item]:
    """Return the three bars: reports in time, late, not sent."""
    percents = charts.bar_percents((found.in_time, found.late, found.not_sent), total=found.total)
    span = {"dari": found.due_from.isoformat(), "sampai": found.due_to.isoformat()}
    missing = url_for("staff.obligations.index", keadaan="terlambat", laporan="ya", **span)  # type: ignore[arg-type]
    of_all = _("%(n)s dari %(all)s", n=found.in_time, all=found.total)
    return [
        {"label": _("Tepat waktu"), "value": of_all, "percent": percents[0], "tone": "good"},
        {"label": _("Terlambat dikirim"), "value": number(found.late), "percent": percents[1], "tone": "warn"},
        {
            "label": _("Belum dikirim"),
            "value": number(found.not_sent),
            "percent": percents[2],
            "tone": "bad",
            "href": missing,
        },
    ]


def endings(months: Sequence[EndingMonth]) -> Item:
    """Return the columns of what ends in the next twelve months, with the sentence that says the finding."""
    names = [date_long(month.first).split(" ", 1)[1] for month in months]
    total = sum(month.total for month in months)
    return {
        "chart": charts.column_chart(
            [name[:3] for name in names],
            [month.decided for month in months],
            [month.undecided for month in months],
        ),
        "finding": _ending_finding(months, names, total),
        "links": [url_for("staff.agreements.index", berakhir=month.first.strftime("%Y-%m")) for month in months],
        "total": total,
    }


def _ending_finding(months: Sequence[EndingMonth], names: Sequence[str], total: int) -> str:
    if not total:
        return str(_("Tidak ada naskah yang berakhir dalam 12 bulan."))
    peak = max(range(len(months)), key=lambda place: months[place].total)
    return str(
        _(
            "%(n)s naskah berakhir dalam 12 bulan. Puncaknya %(month)s: %(peak)s naskah, %(open)s belum diputuskan.",
            n=total,
            month=names[peak],
            peak=months[peak].total,
            open=months[peak].undecided,
        )
    )


def provinces(counts: Mapping[str, int], known: "Sequence[CodeName]") -> Item:
    """Return the tile map of agreements in force; every tile with any is a link to their list."""
    names = dict(known)
    drawn = {code: counts.get(code, 0) for code in names}
    return {
        "tiles": [tile for tile in charts.tile_map(drawn) if tile.code in names],
        "names": names,
        "finding": _("Naskah berlaku ada di %(n)s dari %(all)s provinsi.", n=len(counts), all=len(names)),
        "links": {code: url_for("staff.agreements.index", wilayah=code, keadaan="berlaku") for code in counts},
        "scale": ["0", "1–4", "5–14", "15–39", "40+"],
    }


def strip(health: Health) -> list[Item]:
    """Return what is wrong with the portal itself, as sentences with links; empty when all is well."""
    rows: list[tuple[bool, str, str, str]] = [
        (
            bool(health.dead_mails),
            _("%(n)s surel gagal terkirim", n=health.dead_mails),
            "staff.reminders.index",
            "gagal",
        ),
        (
            bool(health.held_mails),
            _("%(n)s pengingat ditahan dan menunggu keputusan", n=health.held_mails),
            "staff.reminders.index",
            "",
        ),
        (
            bool(health.unheard),
            _("%(n)s tenggat tidak mempunyai penerima pengingat", n=health.unheard),
            "staff.reminders.index",
            "",
        ),
        *_data_requests(health),
        (health.is_sweep_late, _sweep(health), "staff.reminders.index", ""),
        (
            health.unconfirmed_year is not None,
            _("Cuti bersama tahun %(year)s belum dipastikan", year=health.unconfirmed_year),
            "staff.holidays.index",
            "",
        ),
    ]
    for each in health.estimated:
        said = _("%(n)s tenggat tahun %(year)s masih perkiraan: hari libur belum dimuat", n=each.number, year=each.year)
        rows.append((True, said, "staff.holidays.index", ""))
    return [{"text": text, "href": _address(endpoint, tab)} for wanted, text, endpoint, tab in rows if wanted]


def _data_requests(health: Health) -> list[tuple[bool, str, str, str]]:
    late, waiting = health.late_requests, health.waiting_requests - health.late_requests
    rows = (
        (late, _("%(n)s permintaan data pribadi terlambat dijawab", n=late)),
        (waiting, _("%(n)s permintaan data pribadi menunggu jawaban", n=waiting)),
    )
    return [(number > 0, said, "staff.personal_data.index", "") for number, said in rows]


def _sweep(health: Health) -> str:
    if health.swept_at is None:
        return str(_("Pengingat belum pernah berjalan"))
    return str(_("Pengingat terakhir berjalan %(when)s", when=datetime_zone(health.swept_at)))


def _address(endpoint: str, tab: str) -> str | None:
    if endpoint not in current_app.view_functions:
        return None
    return url_for(endpoint, tab=tab) if tab else url_for(endpoint)
