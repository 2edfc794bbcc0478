"""Drafts that the office shared: read Pasal by Pasal, answer each, add an own Word file, check and send."""

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response as AnyResponse

from portal import clock
from portal.domain import policy, text_diff
from portal.domain.agreement import UNSIGNED
from portal.domain.dates import days_between, office_date
from portal.domain.errors import NotFound
from portal.domain.policy import Action
from portal.domain.shared_draft import SharingStage
from portal.extensions import session
from portal.queries import partner_agreements
from portal.queries import shared_drafts as reading
from portal.services import draft_answers
from portal.web import downloads, guard, kept_uploads, report_parts
from portal.web.access import partner
from portal.web.filters import date_weekday, days_left, label, zone
from portal.web.forms.outcome import attempt
from portal.web.forms.shared_draft import OwnFileForm, ReplyForm, SendForm
from portal.web.partner import shared_draft_rows as rows

if TYPE_CHECKING:
    from portal.models import SharedDraft

blueprint = Blueprint("shared_drafts", __name__, url_prefix="/perjanjian/<code>/rancangan/<int:number>")

Answer = str | AnyResponse | tuple[str, int]


def _own(code: str, number: int, *, for_change: bool = False) -> "SharedDraft":
    own = guard.own_organisation_id()
    agreement = partner_agreements.get_of_partner(session(), code, organisation_id=own)
    return reading.get_of_partner(session(), agreement, number, organisation_id=own, for_change=for_change)


def _address(page: str, row: "SharedDraft", **more: Any) -> str:
    return url_for(f"partner.shared_drafts.{page}", **rows.here(row), **more)


def _locked(action: Action) -> str:
    return report_parts.reason(policy.may(guard.actor(), action)) or ""


def _head(row: "SharedDraft") -> dict[str, Any]:
    left = days_between(office_date(clock.now(), zone()), row.due_on)
    is_open = row.stage is SharingStage.SHARED and row.agreement.stage in UNSIGNED
    tone = "good" if not is_open else "bad" if left < 0 else "warn"
    word = days_left(left) if is_open else label(row.stage) if row.sent_at else _("Tidak perlu ditanggapi lagi")
    chip = {"text": word, "tone": tone}
    return {
        "row": row,
        "agreement": row.agreement,
        "title": _("Rancangan ke-%(n)s", n=row.number),
        "chip": chip,
        "due": date_weekday(row.due_on),
        "is_open": is_open,
        "here": rows.here(row),
    }


@blueprint.get("")
@partner()
def show(code: str, number: int) -> str:
    """Show all Pasal of a shared draft with what was answered, its files, and the way to sending."""
    row = _own(code, number)
    before = reading.previous(session(), row)
    return render_template(
        "partner/shared_drafts/show.html",
        **_head(row),
        progress=rows.progress(row),
        rest=len(row.articles) - len(row.replies),
        next_place=rows.next_place(row, 0),
        articles=rows.articles(row, rows.changes(row, before)),
        documents=rows.documents(row),
        receipt=rows.receipt(row),
        is_returned=row.stage is SharingStage.RETURNED,
        locked=_locked(Action.ANSWER_DRAFT),
    )


@blueprint.get("/pasal/<int:place>")
@partner()
def article(code: str, number: int, place: int) -> str:
    """Show the words of one Pasal and the form for its answer."""
    row = _own(code, number)
    known = draft_answers.replies_by_article(row).get(_article(row, place).key)
    form = ReplyForm(formdata=None)
    form.words.data = known.words if known and known.words else _article(row, place).text
    if known is not None:
        form.verdict.data, form.remark.data = known.verdict.value, known.remark
    return _article_page(row, place, form)


def _article(row: "SharedDraft", place: int) -> Any:
    found = draft_answers.articles(row)
    if not 0 < place <= len(found):
        raise NotFound
    return found[place - 1]


def _article_page(row: "SharedDraft", place: int, form: ReplyForm) -> str:
    one, before = _article(row, place), reading.previous(session(), row)
    old = next((each for each in draft_answers.articles(before) if each.key == one.key), None) if before else None
    known = draft_answers.replies_by_article(row).get(one.key)
    proposed = known.words if known and known.words else None
    return render_template(
        "partner/shared_drafts/article.html",
        **_head(row),
        form=form.offer(),
        place=place,
        count=len(row.articles),
        article=one,
        pieces=text_diff.pieces(old.text, one.text) if old and old.text != one.text else None,
        proposal=text_diff.pieces(one.text, proposed) if proposed and row.stage is not SharingStage.SHARED else None,
        said=rows.said(known),
        decided=rows.decided(row, known),
        locked=_locked(Action.ANSWER_DRAFT),
    )


@blueprint.post("/pasal/<int:place>")
@partner(Action.ANSWER_DRAFT)
def reply(code: str, number: int, place: int) -> Answer:
    """Keep the answer to one Pasal and go on to the next that has none."""
    row, form = _own(code, number, for_change=True), ReplyForm()
    key = _article(row, place).key
    if not form.validate() or attempt(form, lambda: _replied(row, key, form)) is None:
        return _article_page(_own(code, number), place, form), 422
    following = rows.next_place(row, place)
    flash(_("Tanggapan untuk %(name)s tersimpan. Belum dikirim.", name=_article(row, place).label), "good")
    where = _address("show", row) if following is None else _address("article", row, place=following)
    return redirect(where, 303)


def _replied(row: "SharedDraft", key: str, form: ReplyForm) -> bool:
    draft_answers.reply(session(), row, key, given=form.reply(), actor=guard.actor(), now=clock.now())
    return True


@blueprint.post("/setuju")
@partner(Action.ANSWER_DRAFT)
def agree_rest(code: str, number: int) -> AnyResponse:
    """Agree to every Pasal that has no answer yet."""
    row = _own(code, number, for_change=True)
    count = draft_answers.agree_rest(session(), row, actor=guard.actor(), now=clock.now())
    flash(ngettext("%(n)s Pasal disetujui. Belum dikirim.", "%(n)s Pasal disetujui. Belum dikirim.", count, n=count))
    return redirect(_address("show", row), 303)


@blueprint.get("/berkas")
@partner()
def file(code: str, number: int) -> Response:
    """Give the Word file that was shared."""
    row = _own(code, number)
    return downloads.attachment(name=row.name, media_type=downloads.DOCX, digest=row.digest)


@blueprint.get("/berkas-kami/unduh")
@partner()
def own_file(code: str, number: int) -> Response:
    """Give the partner's own Word file as it was sent."""
    row = _own(code, number)
    if row.own_digest is None or row.own_name is None:
        raise NotFound
    return downloads.attachment(name=row.own_name, media_type=downloads.DOCX, digest=row.own_digest)


@blueprint.get("/berkas-kami")
@partner()
def upload(code: str, number: int) -> Answer:
    """Ask for the partner's own Word file."""
    row = _own(code, number)
    if not _head(row)["is_open"]:
        return redirect(_address("show", row))
    return _upload_page(row, OwnFileForm(formdata=None))


def _upload_page(row: "SharedDraft", form: OwnFileForm) -> str:
    return render_template(
        "partner/shared_drafts/upload.html",
        **_head(row),
        form=form,
        kept=kept_uploads.keep(form) if form.files.data or form.kept.data else [],
        locked=_locked(Action.ANSWER_DRAFT),
    )


@blueprint.post("/berkas-kami")
@partner(Action.ANSWER_DRAFT)
def attach(code: str, number: int) -> Answer:
    """Keep the partner's own Word file after the gate."""
    row, form = _own(code, number, for_change=True), OwnFileForm()
    if not form.validate() or attempt(form, lambda: _attached(row, form)) is None:
        return _upload_page(_own(code, number), form), 422
    flash(_("Berkas Anda tersimpan. Belum dikirim."), "good")
    return redirect(_address("show", row), 303)


def _attached(row: "SharedDraft", form: OwnFileForm) -> bool:
    storage = current_app.extensions["storage"]
    actor, now = guard.actor(), clock.now()
    draft_answers.attach(session(), row, sent=form.own_file(), storage=storage, actor=actor, now=now)
    return True


@blueprint.get("/kirim")
@partner()
def check(code: str, number: int) -> Answer:
    """Show everything once more; nothing is sent yet."""
    row = _own(code, number)
    if not _head(row)["is_open"]:
        return redirect(_address("show", row))
    return _check_page(row, SendForm(formdata=None))


def _check_page(row: "SharedDraft", form: SendForm) -> str:
    return render_template(
        "partner/shared_drafts/check.html",
        **_head(row),
        form=form,
        summary=rows.summary(row),
        documents=rows.documents(row)[1:],
        rest=len(row.articles) - len(row.replies),
        locked=_locked(Action.SEND_DRAFT_ANSWER),
    )


@blueprint.post("/kirim")
@partner(Action.SEND_DRAFT_ANSWER)
def send(code: str, number: int) -> Answer:
    """Send the whole answer; the page that follows is its receipt."""
    row, form = _own(code, number, for_change=True), SendForm()
    done = form.validate() and attempt(
        form, lambda: draft_answers.send(session(), row, actor=guard.actor(), now=clock.now())
    )
    if not done:
        return _check_page(_own(code, number), form), 422
    return redirect(_address("show", row), 303)
