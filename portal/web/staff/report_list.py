"""The office's list of reports: what the address asks for, and the lines, views and pages that answer it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain.report import ReportStage
from portal.queries.reports import PER_PAGE, OfficePage, OfficeRow
from portal.web.filters import date_short, datetime_zone, label, period

SLUGS: Mapping[str, ReportStage] = {
    "menunggu": ReportStage.SUBMITTED,
    "dikembalikan": ReportStage.RETURNED,
    "diterima": ReportStage.ACCEPTED,
}
"""Words of the address for stages; they stay the same in every language."""

TONES = {ReportStage.SUBMITTED: "warn", ReportStage.RETURNED: "bad", ReportStage.ACCEPTED: "good"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What the address asks for; words that are not known are named, so that the page can say so."""

    slug: str | None
    agreement_code: str | None
    page: int
    unknown: str | None

    @property
    def stage(self) -> ReportStage | None:
        """Return the stage that is asked for, None for all."""
        return SLUGS[self.slug] if self.slug else None

    def words(self) -> dict[str, Any]:
        """Return what is asked for as words of an address, so that a report knows from which list it was opened."""
        asked = {"tahap": self.slug, "naskah": self.agreement_code}
        return {name: word for name, word in asked.items() if word is not None}

    def url(self, **changes: str | int | None) -> str:
        """Return the address of this list with some words changed."""
        words: dict[str, Any] = {**self.words(), **changes}
        return url_for("staff.reports.index", **{key: value for key, value in words.items() if value is not None})


def asked(words: Mapping[str, str]) -> Asked:
    """Read the address; an unknown stage asks for all and is named."""
    slug = words.get("tahap") or None
    page = words.get("hal", "1")
    return Asked(
        slug=slug if slug in SLUGS else None,
        agreement_code=words.get("naskah") or None,
        page=max(1, int(page)) if page.isdecimal() and len(page) < 6 else 1,  # noqa: PLR2004 (no page has six digits)
        unknown=slug if slug and slug not in SLUGS else None,
    )


def page(found: OfficePage, asked: Asked) -> dict[str, Any]:
    """Return everything that the list shows."""
    pages = -(-found.total // PER_PAGE)
    first = (asked.page - 1) * PER_PAGE + 1
    return {
        "total": found.total,
        "rows": [_row(row, asked) for row in found.rows],
        "views": _views(found, asked),
        "chips": _chips(asked),
        "clear": url_for("staff.reports.index"),
        "unknown": asked.unknown,
        "pick": asked.stage is ReportStage.RETURNED,
        "pages": [{"number": n, "href": asked.url(hal=n), "current": n == asked.page} for n in range(1, pages + 1)],
        "summary": _("%(a)s–%(b)s dari %(n)s", a=first, b=first + len(found.rows) - 1, n=found.total),
        "previous": asked.url(hal=asked.page - 1) if asked.page > 1 else None,
        "next": asked.url(hal=asked.page + 1) if asked.page < pages else None,
    }


def _row(row: OfficeRow, asked: Asked) -> dict[str, Any]:
    named = period(row.period_key)
    return {
        "href": url_for("staff.reports.show", code=row.code, **asked.words()),
        "code": row.code,
        "occurrence_id": row.occurrence_id,
        "title": f"{row.title}, {named}" if named else row.title,
        "organisation": row.organisation_name,
        "agreement": row.agreement_code,
        "chip": {"text": _stage(row), "tone": TONES[row.stage]},
        "sent": datetime_zone(row.submitted_at) if row.submitted_at else "",
        "due": date_short(row.due_on),
        "is_sample": row.is_sample,
    }


def _stage(row: OfficeRow) -> str:
    if row.stage is ReportStage.SUBMITTED:
        return str(_("Menunggu telaah"))
    if row.stage is ReportStage.RETURNED:
        return str(_("Dikembalikan (putaran %(n)s)", n=row.round))
    return label(row.stage)


def _views(found: OfficePage, asked: Asked) -> list[dict[str, Any]]:
    names = {"menunggu": _("Menunggu telaah"), "dikembalikan": _("Dikembalikan"), "diterima": _("Diterima")}
    everything = {
        "label": _("Semua"),
        "href": asked.url(tahap=None),
        "count": sum(found.counts.values()),
        "current": asked.slug is None,
    }
    chosen = [
        {
            "label": names[slug],
            "href": asked.url(tahap=slug),
            "count": found.counts.get(stage, 0),
            "current": asked.slug == slug,
        }
        for slug, stage in SLUGS.items()
    ]
    return [everything, *chosen]


def _chips(asked: Asked) -> list[dict[str, str]]:
    if asked.agreement_code is None:
        return []
    return [{"text": _("Naskah: %(code)s", code=asked.agreement_code), "href": asked.url(naskah=None)}]
