"""The clause library: search, one clause, proposing, approving, declining, retiring, variants (design: ux W7)."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.domain.editing import EditConflict
from portal.domain.errors import NotFound
from portal.domain.policy import Action, may
from portal.extensions import session
from portal.queries import clause_places, clause_use
from portal.queries import clauses as reading
from portal.services import clauses
from portal.web import guard
from portal.web.access import office
from portal.web.asked import Asked, whole
from portal.web.forms import rows
from portal.web.forms.clause import ClauseForm, DeclineForm, OwnerForm, VariantForm
from portal.web.forms.outcome import attempt
from portal.web.listing import Place, filter_name, notice, pager
from portal.web.staff import clause_form_page, clause_list, clause_page

if TYPE_CHECKING:
    from portal.models import Clause, ClauseVersion

blueprint = Blueprint("clauses", __name__, url_prefix="/klausul")

Answer = str | Response | tuple[str, int]
FOLDER = "staff/clauses"


def _may(action: Action) -> Any:
    return may(guard.actor(), action)


def _stamp() -> dict[str, Any]:
    return {"actor": guard.actor(), "now": clock.now()}


def _to(code: str) -> Response:
    return redirect(url_for("staff.clauses.show", code=code), 303)


@blueprint.get("")
@office()
def index() -> str:
    """List clauses in the order of the field, by whatever filter the address carries."""
    asked = Asked(request.args)
    place = Place(endpoint="staff.clauses.index", asked=asked)
    found = reading.search(session(), clause_list.read(asked), page=asked.page())
    return render_template(
        f"{FOLDER}/index.html",
        rows=[clause_list.line(row) for row in found.rows],
        blocks=clause_list.blocks(place, found.blocks),
        total=found.total,
        edit=_may(Action.EDIT_CLAUSE),
        pager=pager(place, page=found.page, size=reading.PAGE_SIZE, total=found.total),
        **_filter(place),
    )


def _filter(place: Place) -> dict[str, Any]:
    chips = clause_list.chips(place)
    return {
        "asked": place.asked,
        "choices": clause_list.choices(),
        "chips": chips,
        "filter_name": filter_name(chips),
        "notice": notice(place.asked),
    }


@blueprint.get("/<code>")
@office()
def show(code: str) -> str:
    """Show one clause: its text in both languages, guidance, fallbacks, duties, history, use."""
    clause = reading.get(session(), code)
    used = clause_use.used_by(session(), code, with_confidential=bool(_may(Action.SEE_CONFIDENTIAL)))
    return render_template(
        f"{FOLDER}/show.html",
        clause=clause,
        used=clause_page.drafts(used),
        templates=clause_page.templates(clause_use.templates_with(session(), code)),
        family=clause_page.family(clause, clause_places.family(session(), clause)),
        edit=_may(Action.EDIT_CLAUSE),
        publish=_may(Action.PUBLISH_CLAUSE),
        **clause_page.shown(clause),
    )


@blueprint.get("/<code>/versi/<int:number>")
@office()
def version(code: str, number: int) -> str:
    """Show one wording beside the one before it."""
    clause, row = _version(code, number)
    shown = clause_page.compared(clause, row, dict(clause_places.order(session())))
    rights = {"edit": _may(Action.EDIT_CLAUSE), "publish": _may(Action.PUBLISH_CLAUSE)}
    return render_template(f"{FOLDER}/version.html", clause=clause, row=row, **shown, **rights)


@blueprint.get("/<code>/banding/<other>")
@office()
def compare(code: str, other: str) -> str:
    """Show what of a clause reads differently from its parent or from another variant."""
    clause = reading.get(session(), code)
    found = next((one for one in clause_places.family(session(), clause) if one.code == other != code), None)
    if found is None:
        raise NotFound
    shown = clause_page.beside(clause, found)
    return render_template(f"{FOLDER}/compare.html", clause=clause, other=found, **shown)


def _version(code: str, number: int) -> "tuple[Clause, ClauseVersion]":
    clause = reading.get(session(), code)
    return clause, reading.numbered_version(clause, number)


@blueprint.get("/baru")
@office(Action.EDIT_CLAUSE)
def record() -> str:
    """Ask for a clause from nothing."""
    return _page(clause_form_page.empty(), None)


@blueprint.post("/baru")
@office(Action.EDIT_CLAUSE)
def create() -> Answer:
    """Propose a new clause, or rearrange the rows of its form."""
    act = request.form.get("act", rows.SAVE)
    form = clause_form_page.sent(request.form, act)
    if act != rows.SAVE:
        return _page(form, None)
    if not clause_form_page.is_sound(form):
        return _page(form, None), 422
    made = attempt(form, lambda: clauses.begin(session(), form.change(), **_stamp()))
    return _proposed_to(made) if made else (_page(form, None), 422)


@blueprint.get("/<code>/ubah")
@office(Action.EDIT_CLAUSE)
def edit(code: str) -> str:
    """Ask for a change, beginning with the proposal that waits or the published wording."""
    clause = reading.get(session(), code)
    return _page(clause_form_page.opened(clause), clause)


@blueprint.post("/<code>/ubah")
@office(Action.EDIT_CLAUSE)
def update(code: str) -> Answer:
    """Propose a change, or rearrange the rows of the form, or show what somebody else saved meanwhile."""
    act, clause = request.form.get("act", rows.SAVE), reading.get(session(), code)
    form = clause_form_page.sent(request.form, act, code=code)
    if act != rows.SAVE:
        return _page(form, clause)
    saved = attempt(form, lambda: _proposed(clause, form)) if clause_form_page.is_sound(form, code) else None
    if isinstance(saved, EditConflict):
        return _conflict(code, form, saved), 409
    return _proposed_to(saved) if saved else (_page(form, reading.get(session(), code)), 422)


def _proposed(clause: "Clause", form: ClauseForm) -> "ClauseVersion | EditConflict":
    try:
        return clauses.propose(session(), clause, form.change(), **_stamp())
    except EditConflict as found:
        session().rollback()
        return found


def _proposed_to(row: "ClauseVersion") -> Response:
    flash(_("Usulan tersimpan. Biro Hukum menilainya sebelum terbit."))
    return redirect(url_for("staff.clauses.version", code=row.clause.code, number=row.number), 303)


def _page(form: ClauseForm, clause: "Clause | None", conflict: Any = None) -> str:
    return render_template(
        f"{FOLDER}/edit.html",
        form=form,
        clause=clause,
        conflict=conflict,
        mistakes=clause_form_page.mistakes(form),
        sentences=clause_form_page.sentences(form),
    )


def _conflict(code: str, form: ClauseForm, found: EditConflict) -> str:
    """Show the form with my values; saving it again, now on the stored version, lets mine win knowingly."""
    form.version.data = str(found.version)
    return _page(form, reading.get(session(), code), clause_form_page.conflict(form, found))


@blueprint.get("/<code>/versi/<int:number>/terbitkan")
@office(Action.PUBLISH_CLAUSE)
def publish(code: str, number: int) -> str:
    """Ask before a proposal becomes the wording of the library."""
    clause, row = _version(code, number)
    effects = clause_page.effects_of_publishing(clause, row, clause_use.templates_with(session(), code))
    return render_template(f"{FOLDER}/publish.html", clause=clause, row=row, effects=effects)


@blueprint.post("/<code>/versi/<int:number>/terbitkan")
@office(Action.PUBLISH_CLAUSE, proof=True)
def approve(code: str, number: int) -> Response:
    """Approve a proposal as it was read."""
    _clause, row = _version(code, number)
    told = request.form.get("version", "")
    clauses.publish(session(), row, seen=whole(told), **_stamp())
    flash(_("Versi %(n)s terbit. Naskah baru memakainya.", n=number))
    return _to(code)


@blueprint.get("/<code>/versi/<int:number>/tolak")
@office(Action.PUBLISH_CLAUSE)
def decline(code: str, number: int) -> str:
    """Ask why a proposal is let lie."""
    clause, row = _version(code, number)
    return render_template(f"{FOLDER}/decline.html", clause=clause, row=row, form=DeclineForm())


@blueprint.post("/<code>/versi/<int:number>/tolak")
@office(Action.PUBLISH_CLAUSE)
def refuse(code: str, number: int) -> Answer:
    """Let a proposal lie, with the reason."""
    form, (clause, row) = DeclineForm(), _version(code, number)
    reason = form.reason.data or ""
    if not form.validate() or not attempt(form, lambda: clauses.decline(session(), row, reason=reason, **_stamp())):
        return render_template(f"{FOLDER}/decline.html", clause=clause, row=row, form=form), 422
    flash(_("Usulan ditolak. Alasannya tercatat pada versi itu."))
    return _to(code)


@blueprint.get("/<code>/pensiun")
@office(Action.PUBLISH_CLAUSE)
def retire(code: str) -> str:
    """Ask before a clause is retired."""
    clause = reading.get(session(), code)
    templates = clause_use.templates_with(session(), code)
    return render_template(f"{FOLDER}/retire.html", clause=clause, effects=clause_page.effects_of_retiring(templates))


@blueprint.post("/<code>/pensiun")
@office(Action.PUBLISH_CLAUSE)
def withdraw(code: str) -> Response:
    """Take a clause out of the choices."""
    clauses.retire(session(), reading.get(session(), code), **_stamp())
    flash(_("Klausul pensiun. Naskah yang memuatnya tidak berubah."))
    return _to(code)


@blueprint.get("/<code>/varian")
@office(Action.EDIT_CLAUSE)
def vary(code: str) -> str:
    """Ask what a variant is for."""
    clause = reading.get(session(), code)
    form = VariantForm.of(
        title=clauses.newest(clause).title, kinds=tuple(clause.kinds), condition=clause.condition.value
    )
    return render_template(f"{FOLDER}/vary.html", clause=clause, form=form)


@blueprint.post("/<code>/varian")
@office(Action.EDIT_CLAUSE)
def make_variant(code: str) -> Answer:
    """Make a variant whose first wording is that of the clause."""
    form, clause = VariantForm.of(), reading.get(session(), code)
    made = form.validate() and attempt(form, lambda: clauses.make_variant(session(), clause, form.facts(), **_stamp()))
    if not made:
        return render_template(f"{FOLDER}/vary.html", clause=reading.get(session(), code), form=form), 422
    flash(_("Varian dibuat dengan teks yang sama. Ubah teksnya, lalu Biro Hukum menerbitkannya."))
    return redirect(url_for("staff.clauses.edit", code=made.code), 303)


@blueprint.get("/<code>/pemilik")
@office(Action.PUBLISH_CLAUSE)
def owner(code: str) -> str:
    """Ask who answers for a clause."""
    clause = reading.get(session(), code)
    return render_template(f"{FOLDER}/owner.html", clause=clause, form=_owner_form(clause))


@blueprint.post("/<code>/pemilik")
@office(Action.PUBLISH_CLAUSE)
def change_owner(code: str) -> Answer:
    """Name who answers for a clause."""
    clause = reading.get(session(), code)
    form = _owner_form(clause)
    unit, person = form.unit.data or "", form.account_id()
    if not form.validate() or not attempt(
        form, lambda: clauses.change_owner(session(), clause, unit=unit, account_id=person, **_stamp())
    ):
        return render_template(f"{FOLDER}/owner.html", clause=reading.get(session(), code), form=form), 422
    flash(_("Pemilik klausul diganti."))
    return _to(code)


def _owner_form(clause: "Clause") -> OwnerForm:
    people = [(one.id, one.name) for one in clause_places.possible_owners(session())]
    return OwnerForm.of(unit=clause.owner_unit, account=clause.owner_id, people=people)
