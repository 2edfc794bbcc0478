"""What parties give each other, in words: the rows and sums of the card, the choices of the forms."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain import contribution as rules
from portal.domain.contribution import ContributionStage
from portal.domain.wording import rupiah
from portal.queries.contributions import ContributionRow, OpenDate
from portal.web import contribution_words as words
from portal.web.filters import date_long, label, period

if TYPE_CHECKING:
    from portal.models import Agreement, Contribution

Item = dict[str, Any]

_SAME = ("description", "instalment", "amount_rupiah", "quantity", "unit", "planned_on", "note", "version")
_TONES = {ContributionStage.PLANNED: "", ContributionStage.DELIVERED: "good", ContributionStage.CANCELLED: ""}


def rows(code: str, found: Sequence[ContributionRow], today: date, *, may_edit: bool) -> list[Item]:
    """Return the rows of the card, each with the one step that comes next."""
    return [_row(code, row, today, may_edit=may_edit) for row in found]


def _row(code: str, row: ContributionRow, today: date, *, may_edit: bool) -> Item:
    is_late = row.stage is ContributionStage.PLANNED and row.planned_on is not None and row.planned_on < today
    links = _links(code, row) if may_edit else {}
    none = {"deliver": None, "edit": None, "cancel": None}
    return {
        "title": words.titled(row),
        "who": words.sides(row),
        "worth": words.worth(row),
        "when": words.when(row),
        "record": ", ".join(filter(None, [words.record(row), row.file_name])),
        "chip": {"text": _("Terlambat"), "tone": "bad"}
        if is_late
        else {"text": label(row.stage), "tone": _TONES[row.stage]},
        **none,
        **links,
    }


def _links(code: str, row: ContributionRow) -> Item:
    if row.stage is ContributionStage.CANCELLED:
        return {}
    deliver = url_for("staff.agreements.deliver_contribution", code=code, number=row.number)
    if row.stage is ContributionStage.DELIVERED:
        return {"deliver": {"label": _("Betulkan"), "href": deliver}}
    return {
        "deliver": {"label": _("Catat serah terima"), "href": deliver},
        "edit": url_for("staff.agreements.edit_contribution", code=code, number=row.number),
        "cancel": url_for("staff.agreements.cancel_contribution", code=code, number=row.number),
    }


def sums(found: Sequence[ContributionRow]) -> str:
    """Return "Diserahkan Rp70 dari Rp100"; nothing when no entry has a value."""
    total = rules.sums(found)
    if not total.promised:
        return ""
    return _(
        "Diserahkan %(done)s dari %(all)s yang dijanjikan.", done=rupiah(total.delivered), all=rupiah(total.promised)
    )


def named(row: "Contribution") -> str:
    """Return an entry as the pages about it name it."""
    amount = rupiah(row.amount_rupiah) if row.amount_rupiah is not None else ""
    stage = _("tahap %(n)s", n=row.instalment) if row.instalment else ""
    return ", ".join(filter(None, [row.description, stage, amount]))


def party_choices(agreement: "Agreement") -> list[tuple[str, str]]:
    """Return the parties as the choices of a form."""
    return [(str(party.organisation_id), party.name_printed) for party in agreement.parties]


def date_choices(found: Sequence[OpenDate]) -> list[tuple[str, str]]:
    """Return the dated duties as the choices of a form: what, which period, due when."""
    return [
        (
            str(each.occurrence_id),
            ", ".join(filter(None, [each.title, period(each.period_key), date_long(each.due_on)])),
        )
        for each in found
    ]


def values(row: "Contribution") -> Item:
    """Return what stands in the form of an entry."""
    same = {name: getattr(row, name) for name in _SAME}
    occurrence = str(row.occurrence_id) if row.occurrence_id else ""
    sides = {"giver_id": str(row.giver_id), "receiver_id": str(row.receiver_id)}
    return {**same, **sides, "kind": row.kind.value, "occurrence_id": occurrence}


def delivery_values(row: "Contribution", today: date) -> Item:
    """Return what stands in the form of a hand-over: today and nothing more, or what was noted."""
    return {
        "delivered_on": row.delivered_on or today,
        "record_number": row.record_number,
        "record_on": row.record_on,
        "file_id": str(row.file_id) if row.file_id else "",
        "version": row.version,
    }
