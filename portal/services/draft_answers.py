"""What a partner answers to a draft that was shared with it: Pasal by Pasal, with a Word file of its own, then sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from portal.domain import policy, upload
from portal.domain import shared_draft as rules
from portal.domain.agreement import check_drafting
from portal.domain.errors import NotFound, RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Action, Actor
from portal.domain.shared_draft import Reply, ReplyVerdict, SharedArticle, SharingStage
from portal.models import DraftReply, SharedDraft
from portal.services import audit, file_scans, renditions, taking_in, talk_notices
from portal.storage import Storage


@dataclass(frozen=True, kw_only=True, slots=True)
class OwnFile:
    """A partner's Word file as it was sent."""

    name: str
    content: bytes = field(repr=False)


def articles(row: SharedDraft) -> tuple[SharedArticle, ...]:
    """Return every Pasal as it was shared."""
    return rules.from_plain(row.articles)


def replies_by_article(row: SharedDraft) -> Mapping[str, DraftReply]:
    """Return what was answered so far, by the key of the Pasal."""
    return {each.article: each for each in row.replies}


def reply(session: Session, row: SharedDraft, key: str, *, given: Reply, actor: Actor, now: datetime) -> DraftReply:
    """Keep the answer to one Pasal; it may be changed until all is sent. Raises RuleBroken naming the field."""
    _check_open(row, actor, Action.ANSWER_DRAFT)
    article = next((one for one in articles(row) if one.key == key), None)
    if article is None:
        raise NotFound
    checked = rules.check_reply(given, article)
    found = _kept(row, checked, key, actor=actor, now=now)
    row.updated_at = now
    session.flush()
    detail = {"name": article.name, "verdict": checked.verdict}
    audit.record(session, "draft_replied", subject=row, actor=actor, now=now, detail=detail)
    return found


def agree_rest(session: Session, row: SharedDraft, *, actor: Actor, now: datetime) -> int:
    """Agree to every Pasal that is not answered yet; return how many."""
    _check_open(row, actor, Action.ANSWER_DRAFT)
    known = replies_by_article(row)
    rest = [one for one in articles(row) if one.key not in known]
    for one in rest:
        _kept(row, Reply(verdict=ReplyVerdict.AGREE), one.key, actor=actor, now=now)
    row.updated_at = now
    session.flush()
    audit.record(session, "draft_rest_agreed", subject=row, actor=actor, now=now, detail={"articles": len(rest)})
    return len(rest)


def _kept(row: SharedDraft, given: Reply, key: str, *, actor: Actor, now: datetime) -> DraftReply:
    found = replies_by_article(row).get(key)
    if found is None:
        found = DraftReply(organisation_id=row.organisation_id, article=key)
        row.replies.append(found)
    found.verdict, found.words, found.remark = given.verdict, given.words or None, given.remark or None
    found.replied_by_id, found.replied_at = actor.account_id, now
    return found


def attach(
    session: Session, row: SharedDraft, *, sent: OwnFile, storage: Storage, actor: Actor, now: datetime
) -> SharedDraft:
    """Keep the partner's own Word version after the gate; another one takes its place until all is sent.

    Raises RuleBroken (field `files`) saying what is wrong with it.
    """
    _check_open(row, actor, Action.ANSWER_DRAFT)
    renditions.check_kind(sent.name)
    taking_in.media_type(sent.name, sent.content)
    digest = file_scans.keep(session, sent.content, storage=storage, now=now)
    if digest == row.digest:
        raise RuleBroken(
            N_("Berkas ini sama dengan rancangan dari kami. Ubah dulu di Word, lalu unggah."), field="files"
        )
    row.own_name, row.own_size, row.own_digest = upload.safe_name(sent.name), len(sent.content), digest
    row.own_uploaded_at, row.updated_at = now, now
    session.flush()
    detail = {"name": row.own_name, "size": row.own_size}
    audit.record(session, "draft_own_file_sent", subject=row, actor=actor, now=now, detail=detail)
    return row


def send(session: Session, row: SharedDraft, *, actor: Actor, now: datetime) -> str:
    """Send the whole answer and return the number of its receipt; nothing can be changed afterwards."""
    _check_open(row, actor, Action.SEND_DRAFT_ANSWER)
    rules.check_sending(articles(row), replies_by_article(row), has_own_file=row.own_digest is not None)
    row.stage, row.sent_by_id, row.sent_at, row.updated_at = SharingStage.SENT, actor.account_id, now, now
    row.receipt_number = f"TR-{row.agreement.code}-{row.id}"
    session.flush()
    detail = {"number": row.number, "receipt": row.receipt_number}
    audit.record(session, "draft_answer_sent", subject=row, actor=actor, now=now, detail=detail)
    talk_notices.draft_answered(session, row, actor=actor, now=now)
    return row.receipt_number


def _check_open(row: SharedDraft, actor: Actor, action: Action) -> None:
    policy.check(actor, action)
    policy.check_own(actor, row.organisation_id)
    if row.stage is not SharingStage.SHARED:
        raise RuleBroken(N_("Tanggapan ini sudah dikirim. Buka tanda terimanya untuk melihat isinya."))
    check_drafting(row.agreement.stage)
