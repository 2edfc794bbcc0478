"""One thing that parties give each other, in words that the office and partners read alike."""

from flask_babel import gettext as _

from portal.domain.contribution import ContributionStage
from portal.domain.wording import rupiah
from portal.queries.contributions import ContributionRow
from portal.web.filters import date_short, label, number


def titled(row: ContributionRow) -> str:
    """Return "Dana bantuan, tahap 1 dari 2"."""
    if row.instalment is None:
        return row.description
    stage = _("tahap %(n)s dari %(of)s", n=row.instalment, of=max(row.of, row.instalment))
    return f"{row.description}, {stage}"


def sides(row: ContributionRow) -> str:
    """Return "Kementerian Sosial kepada Yayasan A"."""
    return str(_("%(giver)s kepada %(receiver)s", giver=row.giver, receiver=row.receiver))


def worth(row: ContributionRow) -> str:
    """Return "Rp227.500.000", "5 unit" or both."""
    amount = rupiah(row.amount_rupiah) if row.amount_rupiah is not None else ""
    count = f"{number(row.quantity)} {row.unit}" if row.quantity is not None else ""
    return ", ".join(filter(None, [count, amount])) or label(row.kind)


def when(row: ContributionRow) -> str:
    """Return the day of the hand-over, or the planned one."""
    if row.delivered_on is not None:
        return date_short(row.delivered_on)
    return _("rencana %(date)s", date=date_short(row.planned_on)) if row.planned_on else _("belum dijadwalkan")


def record(row: ContributionRow) -> str:
    """Return "BAST-01, 3 Des 2026", the day only where it is not that of the hand-over; or why it was called off."""
    if row.stage is ContributionStage.CANCELLED:
        return str(_("Alasan: %(reason)s", reason=row.cancel_reason))
    day = date_short(row.record_on) if row.record_on and row.record_on != row.delivered_on else ""
    return ", ".join(filter(None, [row.record_number, day]))
