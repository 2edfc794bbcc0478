"""Incidents with personal data: recorded, whom they concern by the trail, the letters, and the three days."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.errors import RuleBroken
from portal.domain.incident import Addressee, LetterWay, Search, Told
from portal.domain.marking import N_
from portal.domain.personal import DataKind
from portal.domain.policy import Action
from portal.extensions import session
from portal.queries import data_requests
from portal.queries import incidents as reading
from portal.services import incidents
from portal.web import guard
from portal.web.access import office
from portal.web.filters import datetime_zone, label
from portal.web.forms.data_request import SureForm
from portal.web.forms.incident import IncidentForm, LetterForm
from portal.web.forms.outcome import attempt
from portal.web.staff import personal_data_page

if TYPE_CHECKING:
    from portal.models import Incident

blueprint = Blueprint("incidents", __name__, url_prefix="/kelola/insiden")

Answer = str | Response | tuple[str, int]
Item = dict[str, Any]


def _stamp() -> Item:
    return {"actor": guard.actor(), "now": clock.now()}


def _line(row: "Incident") -> Item:
    done = {"text": _("Ditutup"), "tone": "good"}
    return {
        "title": row.title,
        "noticed": datetime_zone(row.noticed_at),
        "due": datetime_zone(row.due_at),
        "chip": done if row.closed_at else personal_data_page.hours(row.due_at, clock.now()),
        "href": url_for("staff.incidents.show", incident_id=row.id),
    }


@blueprint.get("")
@office(Action.MANAGE_INCIDENT)
def index() -> str:
    """List every incident, open ones first."""
    return render_template("staff/incidents/index.html", rows=[_line(row) for row in reading.list_all(session())])


@blueprint.route("/catat", methods=["GET", "POST"])
@office(Action.MANAGE_INCIDENT)
def create() -> Answer:
    """Record an incident."""
    form = IncidentForm.offering()
    if form.validate_on_submit() and (row := attempt(form, lambda: _recorded(form))):
        flash(_("Insiden dicatat. Beri tahu orang dan lembaga paling lambat %(time)s.", time=datetime_zone(row.due_at)))
        return redirect(url_for("staff.incidents.show", incident_id=row.id), 303)
    answer = render_template("staff/incidents/create.html", form=form)
    return (answer, 422) if request.method == "POST" else answer


def _recorded(form: IncidentForm) -> "Incident":
    account = data_requests.account_of(session(), form.email.data) if form.email.data else None
    if form.email.data and account is None:
        raise RuleBroken(N_("Tidak ada akun dengan surel ini. Periksa ejaannya, atau kosongkan."), field="email")
    code = form.organisation.data
    organisation_id = data_requests.organisation_id(session(), code) if code else None
    if code and organisation_id is None:
        raise RuleBroken(N_("Kode lembaga ini tidak dikenal. Lihat kodenya pada kartu mitra."), field="organisation")
    facts = form.facts(account_id=account.id if account else None, organisation_id=organisation_id)
    return incidents.record(session(), facts=facts, **_stamp())


@blueprint.get("/<int:incident_id>")
@office(Action.MANAGE_INCIDENT)
def show(incident_id: int) -> str:
    """Show an incident, whom the trail names, and the letters that were sent."""
    return _show(incident_id, LetterForm.offering(with_data=False))


def _show(incident_id: int, form: LetterForm | SureForm) -> str:
    row = reading.get(session(), incident_id)
    found = reading.affected(session(), Search.from_plain(row.search))
    return render_template(
        "staff/incidents/show.html",
        row=row,
        line=_line(row),
        facts=_facts(row),
        found=found,
        asked=form,
        form=form if isinstance(form, LetterForm) else LetterForm.offering(with_data=False),
        letters=[_letter(letter) for letter in row.letters],
    )


def _facts(row: "Incident") -> list[Item]:
    search = Search.from_plain(row.search)
    return [
        {"label": _("Apa yang terjadi"), "value": row.what},
        {"label": _("Diketahui"), "value": datetime_zone(row.noticed_at)},
        {"label": _("Beri tahu paling lambat"), "value": datetime_zone(row.due_at)},
        {"label": _("Jenis data"), "value": ", ".join(label(DataKind(each)) for each in row.data_kinds)},
        {"label": _("Kapan dan bagaimana"), "value": row.how},
        {"label": _("Tindakan"), "value": row.measures},
        {
            "label": _("Rentang jejak yang dicari"),
            "value": f"{datetime_zone(search.begins_at)} – {datetime_zone(search.ends_at)}",
        },
    ]


def _letter(letter: Any) -> Item:
    return {
        "who": letter.name or label(Addressee.AUTHORITY),
        "note": _("%(way)s, %(time)s", way=label(letter.way), time=datetime_zone(letter.sent_at)),
    }


@blueprint.post("/<int:incident_id>/surat")
@office(Action.MANAGE_INCIDENT)
def note_letter(incident_id: int) -> Answer:
    """Note that somebody was told."""
    form = LetterForm.offering()
    if not form.validate() or attempt(form, lambda: _noted(incident_id, form)) is None:
        return _show(incident_id, form), 422
    flash(_("Surat dicatat."))
    return redirect(url_for("staff.incidents.show", incident_id=incident_id, _anchor="surat"), 303)


def _noted(incident_id: int, form: LetterForm) -> Any:
    told = Told(way=LetterWay(form.way.data), name=form.name.data or "")
    return incidents.note_letter(session(), reading.get(session(), incident_id), told=told, **_stamp())


@blueprint.post("/<int:incident_id>/tutup")
@office(Action.MANAGE_INCIDENT)
def close(incident_id: int) -> Answer:
    """Close an incident once persons and authority were told."""
    form = SureForm()
    if attempt(form, lambda: incidents.close(session(), reading.get(session(), incident_id), **_stamp())) is None:
        return _show(incident_id, form), 422
    flash(_("Insiden ditutup."))
    return redirect(url_for("staff.incidents.show", incident_id=incident_id), 303)


@blueprint.get("/<int:incident_id>/surat-orang")
@office(Action.MANAGE_INCIDENT)
def person_letter(incident_id: int) -> str:
    """Show the text of the letter to the persons, filled in, to be printed."""
    return render_template("staff/incidents/person_letter.html", **_letter_words(incident_id), is_authority=False)


@blueprint.get("/<int:incident_id>/surat-lembaga")
@office(Action.MANAGE_INCIDENT)
def authority_letter(incident_id: int) -> str:
    """Show the text of the letter to the authority, filled in, to be printed."""
    return render_template("staff/incidents/authority_letter.html", **_letter_words(incident_id), is_authority=True)


def _letter_words(incident_id: int) -> Item:
    row = reading.get(session(), incident_id)
    settings = current_app.config["SETTINGS"]
    return {
        "row": row,
        "kinds": [label(DataKind(each)) for each in row.data_kinds],
        "people": len(reading.affected(session(), Search.from_plain(row.search)).people),
        "office_name": settings.office_name,
        "officer": settings.data_officer or settings.unit_mailbox,
    }
