"""Making two records of one partner into one: the plan with its choices, doing it, undoing it (design: ux W10)."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.errors import NotFound, RuleBroken
from portal.domain.organisation_card import KEYS, OF_PEOPLE
from portal.domain.organisation_merge import UNDO, check
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import organisation_merges as reading
from portal.queries import organisations as register
from portal.services import organisation_merges
from portal.services.organisation_merges import Union
from portal.web import card_words, guard
from portal.web.access import office
from portal.web.asked import whole
from portal.web.filters import datetime_zone
from portal.web.forms.organisation_card import MergeForm, title_of
from portal.web.forms.outcome import attempt
from portal.web.languages import sentence
from portal.web.staff.card_proposals import names

if TYPE_CHECKING:
    from portal.models import Organisation, OrganisationMerge

blueprint = Blueprint("organisation_merges", __name__, url_prefix="/mitra/<code>/gabung")

Answer = str | Response | tuple[str, int]
Item = dict[str, Any]
PART_OF = {key: part for part, keys in KEYS.items() if part not in OF_PEOPLE for key in keys}


@blueprint.get("/<other>")
@office(Action.EDIT_ORGANISATION)
def plan(code: str, other: str) -> str:
    """Show what would move from the other record to this one, and ask which facts stay."""
    return _plan(code, other, MergeForm(formdata=None))


def _plan(code: str, other: str, form: MergeForm) -> str:
    kept, gone = register.get(session(), code), register.get(session(), other)
    form.version.data = str(kept.version)
    return render_template(
        "staff/organisation_merges/plan.html",
        kept=kept,
        gone=gone,
        form=form,
        barred=_barred(kept, gone),
        moves=_moves(reading.numbers(session(), gone.id)),
        choices=_choices(kept, gone),
    )


def _barred(kept: "Organisation", gone: "Organisation") -> str | None:
    try:
        check(reading.sides(session(), kept, gone))
    except RuleBroken as broken:
        return sentence(broken)
    return None


def _moves(found: "Any") -> list[Item]:
    titles = {
        "agreement_party": _("Naskah"),
        "report": _("Laporan"),
        "account": _("Akun portal"),
        "office_holder": _("Pengurus"),
        "contact": _("Narahubung"),
        "organisation_document": _("Dokumen"),
        "card_proposal": _("Usulan perubahan data"),
    }
    return [{"label": title, "value": found[name]} for name, title in titles.items()]


def _choices(kept: "Organisation", gone: "Organisation") -> list[Item]:
    known = names()
    chosen = request.form if request.method == "POST" else {}
    return [
        {
            "name": f"pilih-{key}",
            "legend": title_of(PART_OF[key], key),
            "choices": [
                {
                    "value": value,
                    "label": card_words.said(key, said, known) or _("belum diketahui"),
                    "selected": chosen.get(f"pilih-{key}", "tetap" if pair[0] else "ambil") == value,
                }
                for value, said in zip(("tetap", "ambil"), pair, strict=True)
            ],
        }
        for key, pair in organisation_merges.differing(kept, gone).items()
    ]


@blueprint.post("/<other>")
@office(Action.EDIT_ORGANISATION, proof=True)
def merge(code: str, other: str) -> Answer:
    """Make both records into one."""
    form = MergeForm()
    if not form.validate_on_submit() or not attempt(form, lambda: _merged(code, other, form)):
        return _plan(code, other, form), 422
    flash(_("Kedua catatan sudah digabung. Penggabungan dapat dibatalkan dalam 30 hari."))
    return redirect(url_for("staff.organisations.show", code=code), 303)


def _merged(code: str, other: str, form: MergeForm) -> bool:
    kept, gone = register.get(session(), code), register.get(session(), other)
    taken = frozenset(key for key in PART_OF if request.form.get(f"pilih-{key}") == "ambil")
    version = whole(form.version.data or "")
    union = Union(kept=kept, gone=gone, version=version, taken=taken)
    organisation_merges.merge(session(), union, actor=guard.actor(), now=clock.now())
    return True


@blueprint.post("/<other>/batal")
@office(Action.EDIT_ORGANISATION, proof=True)
def undo(code: str, other: str) -> Response:
    """Take a merge back; where that is not possible any more, say why."""
    kept, gone = register.get(session(), code), register.get(session(), other)
    row = reading.get_last(session(), gone.id)
    if row is None or row.kept_id != kept.id:
        raise NotFound
    organisation_merges.undo(session(), row, actor=guard.actor(), now=clock.now())
    flash(_("Penggabungan dibatalkan. %(name)s berdiri sendiri lagi.", name=gone.name))
    return redirect(url_for("staff.organisations.show", code=other), 303)


def into(row: "Organisation") -> list[Item]:
    """Return the records that went into one, each with how to take that back while it can be."""
    return [_line(row, each) for each in reading.list_into(session(), row.id)]


def _line(kept: "Organisation", each: "OrganisationMerge") -> Item:
    open_still = clock.now() <= each.merged_at + UNDO and guard.may_open("staff.organisation_merges.undo")
    address = url_for("staff.organisation_merges.undo", code=kept.code, other=each.gone.code)
    return {
        "name": each.gone.name,
        "code": each.gone.code,
        "when": datetime_zone(each.merged_at),
        "undo": address if open_still else None,
    }
