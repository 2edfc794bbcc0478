"""The page of one agreement (design: ux W3) and its history."""

from datetime import date
from typing import TYPE_CHECKING, Any

from flask import render_template, request, url_for
from flask_babel import gettext as _

from portal import clock
from portal.domain.agreement import FOLLOWED
from portal.domain.dates import office_date
from portal.domain.policy import Action, may
from portal.extensions import session
from portal.queries import (
    acknowledgements,
    agreement_files,
    agreement_page,
    agreements,
    contact_log,
    contributions,
    kinship,
    next_reminder,
    ratings,
    renditions,
    renewals,
    stage_durations,
)
from portal.queries import history as trail
from portal.queries.agreement_page import CodeNames, DutyView
from portal.queries.renewals import DecisionRow
from portal.services import drafting
from portal.web import guard, rating_words
from portal.web.access import office
from portal.web.asked import Asked
from portal.web.listing import Place, pager
from portal.web.staff import contact_rows, question_rows, shared_draft_rows
from portal.web.staff.agreements import (
    contribution_rows,
    duties,
    events,
    head,
    papers,
    plan,
    renewal_page,
    sidebar,
    term,
)
from portal.web.staff.agreements.pages import address, blueprint, readable

if TYPE_CHECKING:
    from portal.models import Agreement

Item = dict[str, Any]

PAPERS_SHOWN = 6


@blueprint.get("/<code>")
@office(Action.SEE_AGREEMENT)
def show(code: str) -> str:
    """Show one agreement: what it is, what must be done, its duties, documents, reports and history."""
    agreement, today = readable(code), office_date(clock.now())
    names = agreement_page.code_names(session())
    decisions = renewals.decisions(session(), agreement)
    return render_template(
        "staff/agreements/show.html",
        agreement=agreement,
        **_head(agreement, decisions, today),
        **_duties(agreement, renewals.open_of(decisions), today),
        **_gifts(agreement, today),
        **_papers(agreement),
        **_side(agreement, names, today),
        **_history(agreement, names),
        **_voices(agreement),
    )


@blueprint.get("/<code>/riwayat")
@office(Action.SEE_AGREEMENT)
def history(code: str) -> str:
    """Show everything that happened to one agreement, newest first."""
    agreement, asked = readable(code), Asked(request.args)
    total = trail.count(session(), agreement.id)
    page = min(asked.page(), max(1, -(-total // trail.PAGE)))
    found = trail.of_agreement(session(), agreement.id, limit=trail.PAGE, offset=(page - 1) * trail.PAGE)
    asked.args["code"] = code
    return render_template(
        "staff/agreements/history.html",
        agreement=agreement,
        events=events.timeline(found, agreement_page.code_names(session()), in_full=True),
        pager=pager(Place(endpoint="staff.agreements.history", asked=asked), page=page, size=trail.PAGE, total=total),
    )


def _term(agreement: "Agreement", decisions: tuple[DecisionRow, ...], today: date) -> term.Term:
    found = renewals.open_of(decisions)
    plan = None if found else stage_durations.backwards(session(), agreement)
    return term.card(
        agreement,
        today,
        reminder=next_reminder.of_term(session(), agreement, today=today),
        renewal=renewal_page.card_note(agreement, plan, found, today),
        moved=renewal_page.moved(agreement, decisions),
    )


def _head(agreement: "Agreement", decisions: tuple[DecisionRow, ...], today: date) -> Item:
    actor = guard.actor()
    changes = agreements.stage_changes(session(), agreement.id)
    return {
        "chips": head.chips(agreement, today),
        "facts": head.facts(agreement),
        "rail": head.rail(agreement, changes, today),
        "acts": head.acts(agreement, actor),
        "amendment": head.amendment(agreement, actor),
        "drafting": drafting.may_draft(session(), actor, agreement),
        "may_follow": agreement.stage in FOLLOWED and may(actor, Action.DRAFT_DOCUMENT),
        "term": _term(agreement, decisions, today),
    }


def _duties(agreement: "Agreement", decided: DecisionRow | None, today: date) -> Item:
    view = _view(request.args.get("kewajiban"))
    found = agreement_page.duties(session(), agreement.id, view=view, today=today)
    sent = agreement_page.reports(session(), agreement.id)
    several = sum(not party.organisation.is_ours for party in agreement.parties) > 1
    return {
        "pending": duties.pending(agreement, found, sent, decided, today),
        "duty_count": found.counts[DutyView.ALL],
        "duty_views": duties.views(agreement.code, found, view),
        "duty_rows": duties.rows(agreement.code, found.rows, today),
        "duty_more": _more(agreement.code, found.counts[view], len(found.rows)),
        "plan": plan.card(agreement, today),
        "duty_new": address("staff.obligations.record", code=agreement.code),
        "may_add_duty": may(guard.actor(), Action.EDIT_OBLIGATION),
        "strips": duties.strips(sent, several=several),
        "report_count": len(sent),
        "reports_more": _more_reports(agreement.code, len(sent)),
    }


def _more(code: str, count: int, shown: int) -> Item | None:
    href = address("staff.obligations.index", naskah=code)
    if count <= shown or href is None:
        return None
    return {"label": _("Lihat daftar"), "href": href, "context": _("Kewajiban")}


def _more_reports(code: str, count: int) -> Item | None:
    href = address("staff.reports.index", naskah=code)
    return {"label": _("Semua %(n)s laporan", n=count), "href": href} if href and count else None


def _view(asked: str | None) -> DutyView:
    return DutyView(asked) if asked in set(DutyView) else DutyView.RUNNING


def _gifts(agreement: "Agreement", today: date) -> Item:
    found = contributions.of_agreement(session(), agreement.id)
    may_edit = bool(may(guard.actor(), Action.EDIT_OBLIGATION))
    return {
        "gifts": contribution_rows.rows(agreement.code, found, today, may_edit=may_edit),
        "gift_sums": contribution_rows.sums(found),
    }


def _papers(agreement: "Agreement") -> Item:
    files = agreement_files.of_agreement(session(), agreement.id)
    drafts = renditions.of_agreement(session(), agreement.id)
    everything = papers.newest_first(agreement.code, files, drafts)
    more = {
        "label": _("Semua %(n)s dokumen", n=len(everything)),
        "href": url_for("staff.agreements.files", code=agreement.code),
    }
    return {
        "papers": everything[:PAPERS_SHOWN],
        "paper_count": len(everything),
        "readings": [papers.reading(one) for one in acknowledgements.of_agreement(session(), agreement.id)],
        "papers_more": more if everything else None,
        "newest_paper": papers.to_download(everything),
        "last_draft": papers.of_rendition(agreement.code, drafts[0]) if drafts else None,
    }


def _voices(agreement: "Agreement") -> Item:
    """Return what partners ask and say, and whom the office spoke with."""
    rated = ratings.list_of_agreement(session(), agreement.id)
    return {
        "ratings": [rating_words.told(row, ratings.scores_of(row)) for row in rated],
        "questions": question_rows.card(agreement),
        "shared_drafts": shared_draft_rows.card(agreement),
        "log": contact_rows.lines(contact_log.of_agreement(session(), agreement.id)),
        "log_action": contact_rows.action(agreement.code),
    }


def _side(agreement: "Agreement", names: CodeNames, today: date) -> Item:
    others = agreements.related(session(), agreement.id)
    outlived = kinship.outlived(session(), agreement.id, today=today)
    return {
        "key_facts": sidebar.key_facts(agreement, names),
        "parties": sidebar.parties(agreement, agreements.same_numbers(session(), agreement)),
        "related": sidebar.related(agreement, others, outlived, actor=guard.actor()),
        "lacks_pks": kinship.is_without_pks(session(), agreement.id, today=today),
        "sources": sidebar.sources(agreements.sources(session(), agreement.id)),
        "may_edit": may(guard.actor(), Action.EDIT_AGREEMENT),
    }


def _history(agreement: "Agreement", names: CodeNames) -> Item:
    count = trail.count(session(), agreement.id)
    more = {
        "label": _("Semua %(n)s kejadian", n=count),
        "href": url_for("staff.agreements.history", code=agreement.code),
    }
    return {
        "events": events.timeline(trail.of_agreement(session(), agreement.id), names),
        "event_count": count,
        "events_more": more if count else None,
    }
