"""Drafts shared with partners: sharing one, the table of answers by Pasal, deciding, sending the decisions back."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as AnyResponse

from portal import clock
from portal.domain.errors import NotFound
from portal.domain.policy import Action
from portal.domain.shared_draft import ReplyVerdict, SharingStage
from portal.extensions import session
from portal.queries import agreements, drafts
from portal.queries import shared_drafts as reading
from portal.services import draft_answers, draft_rights, draft_sharings
from portal.web import downloads, guard
from portal.web.access import office
from portal.web.filters import label
from portal.web.forms.outcome import attempt
from portal.web.forms.shared_draft import DecisionForm, SendForm, ShareForm
from portal.web.staff import shared_draft_rows as rows

if TYPE_CHECKING:
    from portal.models import Agreement, Draft, DraftReply, SharedDraft

blueprint = Blueprint("shared_drafts", __name__, url_prefix="/naskah/<code>/tanggapan")

Answer = str | AnyResponse | tuple[str, int]


def _readable(code: str) -> "Agreement":
    return agreements.get_for(session(), code, actor=guard.actor())


def _shared(code: str, sharing_id: int) -> "SharedDraft":
    return reading.get(session(), _readable(code), sharing_id)


def _seats(agreement: "Agreement") -> dict[str, Any]:
    """Return the partners of an agreement by the code of their organisation."""
    return {each.organisation.code: each for each in agreement.parties if not each.organisation.is_ours}


@blueprint.get("/bagikan")
@office(Action.DRAFT_DOCUMENT)
def share(code: str) -> str:
    """Ask with whom the draft of now is shared, and until when they answer."""
    draft = drafts.get(session(), _readable(code).id)
    return _share_page(draft, _share_form(draft.agreement, with_data=False))


def _share_form(agreement: "Agreement", *, with_data: bool) -> ShareForm:
    offered = [(key, seat.name_printed) for key, seat in _seats(agreement).items()]
    return ShareForm.offering(offered, with_data=with_data)


def _share_page(draft: "Draft", form: ShareForm) -> str:
    return render_template(
        "staff/shared_drafts/share.html",
        agreement=draft.agreement,
        form=form,
        verdict=draft_rights.in_time(draft.agreement),
        earlier=[rows.line(each) for each in reading.of_agreement(session(), draft.agreement_id)],
    )


@blueprint.post("/bagikan")
@office(Action.DRAFT_DOCUMENT)
def send(code: str) -> Answer:
    """Make the Word file of now and share it."""
    draft = drafts.get(session(), _readable(code).id)
    form = _share_form(draft.agreement, with_data=True)
    if not form.validate() or attempt(form, lambda: _sent(draft, form)) is None:
        return _share_page(drafts.get(session(), _readable(code).id), form), 422
    flash(_("Rancangan dibagikan. Orang mitra diberi tahu lewat surel."))
    return redirect(url_for("staff.agreements.show", code=code, _anchor="tanggapan"), 303)


def _sent(draft: "Draft", form: ShareForm) -> "list[SharedDraft]":
    ids = {key: seat.organisation_id for key, seat in _seats(draft.agreement).items()}
    storage = current_app.extensions["storage"]
    return draft_sharings.share(
        session(), draft, wish=form.wish(ids), storage=storage, actor=guard.actor(), now=clock.now()
    )


@blueprint.get("/<int:sharing_id>")
@office(Action.SEE_AGREEMENT)
def show(code: str, sharing_id: int) -> str:
    """Show the table of answers: by Pasal who agrees, proposes or asks, and what was decided."""
    return _show(_shared(code, sharing_id), SendForm(formdata=None))


def _show(row: "SharedDraft", form: SendForm) -> str:
    draft = drafts.find(session(), row.agreement_id)
    open_count = sum(each.verdict is not ReplyVerdict.AGREE and each.decision is None for each in row.replies)
    may_write = guard.may_open("staff.shared_drafts.decide") and bool(draft_rights.in_time(row.agreement))
    return render_template(
        "staff/shared_drafts/show.html",
        row=row,
        agreement=row.agreement,
        form=form,
        chip={"text": label(row.stage), "tone": rows.TONES[row.stage]},
        facts=rows.facts(row),
        counts=reading.counts(row.replies),
        lines=rows.matrix(row, _taking(draft, row)),
        documents=rows.own_file(row),
        open_count=open_count,
        may_write=may_write,
        is_shared=row.stage is SharingStage.SHARED,
        is_sent=row.stage is SharingStage.SENT,
    )


def _taking(draft: "Draft | None", row: "SharedDraft") -> dict[str, bool]:
    return {each.article: _fits(draft, row, each) for each in row.replies}


def _fits(draft: "Draft | None", row: "SharedDraft", reply: "DraftReply") -> bool:
    return draft_sharings.words_taken_over(draft, row, reply) is not None


def _reply(row: "SharedDraft", key: str) -> "DraftReply":
    found = draft_answers.replies_by_article(row).get(key)
    if found is None or found.verdict is ReplyVerdict.AGREE or row.sent_at is None:
        raise NotFound
    return found


@blueprint.get("/<int:sharing_id>/pasal/<key>")
@office(Action.DRAFT_DOCUMENT)
def decide(code: str, sharing_id: int, key: str) -> Answer:
    """Ask what is decided about one proposal or question."""
    row = _shared(code, sharing_id)
    reply = _reply(row, key)
    if row.stage is not SharingStage.SENT:
        return redirect(url_for("staff.shared_drafts.show", code=code, sharing_id=sharing_id))
    form = _decision_form(row, reply, with_data=False)
    form.decision.data = reply.decision.value if reply.decision else None
    form.note.data = reply.decision_note
    return _decide_page(row, reply, form)


def _decision_form(row: "SharedDraft", reply: "DraftReply", *, with_data: bool) -> DecisionForm:
    draft = drafts.find(session(), row.agreement_id)
    return DecisionForm.offering(reply.verdict, takes_over=_fits(draft, row, reply), with_data=with_data)


def _decide_page(row: "SharedDraft", reply: "DraftReply", form: DecisionForm) -> str:
    article = draft_sharings.shared_article(row, reply.article)
    draft = drafts.find(session(), row.agreement_id)
    known = {one.key for one in drafts.tree_of(draft)} if draft else set()
    return render_template(
        "staff/shared_drafts/decide.html",
        row=row,
        agreement=row.agreement,
        article=article,
        line=next(each for each in rows.matrix(row, _taking(draft, row)) if each["key"] == article.key),
        form=form,
        reword=url_for("staff.drafting.reword", code=row.agreement.code, key=article.key)
        if article.key in known
        else None,
        is_proposal=reply.verdict is ReplyVerdict.PROPOSE,
    )


@blueprint.post("/<int:sharing_id>/pasal/<key>")
@office(Action.DRAFT_DOCUMENT)
def decided(code: str, sharing_id: int, key: str) -> Answer:
    """Keep a decision; taking over writes the partner's words into the draft."""
    row = _shared(code, sharing_id)
    reply = _reply(row, key)
    form = _decision_form(row, reply, with_data=True)
    if not form.validate() or attempt(form, lambda: _kept(row, reply, form)) is None:
        row = _shared(code, sharing_id)
        return _decide_page(row, _reply(row, key), form), 422
    flash(_("Keputusan tersimpan. Mitra membacanya setelah Anda kirim."))
    where = url_for("staff.shared_drafts.show", code=code, sharing_id=sharing_id, _anchor=f"pasal-{key}")
    return redirect(where, 303)


def _kept(row: "SharedDraft", reply: "DraftReply", form: DecisionForm) -> bool:
    draft_sharings.decide(session(), row, reply, decision=form.chosen(), actor=guard.actor(), now=clock.now())
    return True


@blueprint.post("/<int:sharing_id>/kirim")
@office(Action.DRAFT_DOCUMENT)
def send_back(code: str, sharing_id: int) -> Answer:
    """Send the decisions to the partner."""
    row, form = _shared(code, sharing_id), SendForm()
    if not form.validate() or attempt(form, lambda: _sent_back(row)) is None:
        return _show(_shared(code, sharing_id), form), 422
    flash(_("Keputusan dikirim. Orang mitra diberi tahu lewat surel."))
    return redirect(url_for("staff.shared_drafts.show", code=code, sharing_id=sharing_id), 303)


def _sent_back(row: "SharedDraft") -> bool:
    draft_sharings.send_back(session(), row, actor=guard.actor(), now=clock.now())
    return True


@blueprint.post("/<int:sharing_id>/tarik")
@office(Action.DRAFT_DOCUMENT)
def withdraw(code: str, sharing_id: int) -> AnyResponse:
    """Take a shared draft back before it was answered."""
    draft_sharings.withdraw(session(), _shared(code, sharing_id), actor=guard.actor(), now=clock.now())
    flash(_("Rancangan ditarik kembali. Mitra tidak melihatnya lagi."), "info")
    return redirect(url_for("staff.shared_drafts.show", code=code, sharing_id=sharing_id), 303)


@blueprint.get("/<int:sharing_id>/versi-mitra")
@office(Action.SEE_AGREEMENT)
def own_file(code: str, sharing_id: int) -> Response:
    """Give the partner's own Word version as it came."""
    row = _shared(code, sharing_id)
    if row.own_digest is None or row.own_name is None or row.sent_at is None:
        raise NotFound
    return downloads.attachment(name=row.own_name, media_type=downloads.DOCX, digest=row.own_digest)


@blueprint.post("/<int:sharing_id>/versi-mitra")
@office(Action.DRAFT_DOCUMENT)
def take_in(code: str, sharing_id: int) -> Answer:
    """Put the partner's own version among the Word files of the agreement and show what was found in it."""
    row, form = _shared(code, sharing_id), SendForm()
    storage = current_app.extensions["storage"]
    actor, now = guard.actor(), clock.now()
    made = form.validate() and attempt(
        form, lambda: draft_sharings.take_in(session(), row, storage=storage, actor=actor, now=now)
    )
    if not made:
        return _show(_shared(code, sharing_id), form), 422
    flash(_("Naskah Word %(n)s tersimpan.", n=made.number))
    return redirect(url_for("staff.drafting.rendition", code=code, number=made.number), 303)
