"""Sharing a draft with partners: a frozen Word file with its words, the office's decisions, sending them back.

What a partner answers is the business of `draft_answers`. Later edits of the draft never change what was shared.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from portal.documents import preview
from portal.documents.preview import Block
from portal.domain import shared_draft as rules
from portal.domain.clause import ClauseTree, from_plain
from portal.domain.dates import office_date
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Actor
from portal.domain.rendition import RenditionOrigin
from portal.domain.shared_draft import ReplyDecision, ReplyVerdict, SharedArticle, SharingStage
from portal.models import Draft, DraftReply, Rendition, SharedDraft
from portal.queries import drafts as reading_drafts
from portal.queries import shared_drafts as reading
from portal.services import audit, draft_rights, draft_trees, drafting, file_scans, renditions, talk_notices
from portal.services.renditions import Incoming
from portal.storage import Storage


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """With which partners a draft is shared, until when they answer, and a sentence to them."""

    organisation_ids: frozenset[int]
    due_on: date | None
    note: str = ""


def share(
    session: Session, draft: Draft, *, wish: Wish, storage: Storage, actor: Actor, now: datetime
) -> list[SharedDraft]:
    """Make the Word file of now and share it; each partner gets a row of its own and a mail.

    Raises RuleBroken naming the field (`parties`, `due_on`), NotAllowed with the reason.
    """
    agreement = draft.agreement
    draft_rights.check(agreement, actor)
    partners = {each.organisation_id for each in agreement.parties if not each.organisation.is_ours}
    if not wish.organisation_ids or wish.organisation_ids - partners:
        raise RuleBroken(N_("Pilih mitra yang menanggapi rancangan ini."), field="parties")
    due_on = rules.check_due(wish.due_on, today=office_date(now))
    _check_free(session, agreement.id, wish.organisation_ids)
    made = drafting.make_document(session, draft, actor=actor, now=now, storage=storage)
    articles = articles_of(storage.read(made.digest), from_plain(made.tree))
    if not articles:
        raise RuleBroken(N_("Naskah ini belum mempunyai Pasal. Pilih Pasalnya dulu, lalu bagikan."))
    found = [
        _row(session, made, organisation_id, articles=articles, actor=actor, now=now)
        for organisation_id in sorted(wish.organisation_ids)
    ]
    for row in found:
        row.due_on, row.note = due_on, wish.note.strip() or None
        session.add(row)
        session.flush()
        detail = {"number": row.number, "due_on": row.due_on, "rendition": row.rendition_number}
        audit.record(session, "draft_shared", subject=row, actor=actor, now=now, detail=detail)
        talk_notices.draft_shared(session, row, now=now)
    return found


def _check_free(session: Session, agreement_id: int, wanted: Collection[int]) -> None:
    running = reading.unfinished(session, agreement_id)
    for organisation_id in wanted:
        if organisation_id not in running:
            continue
        if running[organisation_id].stage is SharingStage.SHARED:
            raise RuleBroken(
                N_("Mitra ini masih menanggapi rancangan sebelumnya. Tunggu jawabannya, atau tarik kembali dulu."),
                field="parties",
            )
        raise RuleBroken(N_("Tanggapan mitra ini belum dijawab. Putuskan dan kirim jawabannya dulu."), field="parties")


def _row(
    session: Session,
    made: Rendition,
    organisation_id: int,
    *,
    articles: tuple[SharedArticle, ...],
    actor: Actor,
    now: datetime,
) -> SharedDraft:
    return SharedDraft(
        agreement_id=made.agreement_id,
        organisation_id=organisation_id,
        number=reading.last_number(session, made.agreement_id, organisation_id) + 1,
        stage=SharingStage.SHARED,
        rendition_number=made.number,
        name=made.name,
        size=made.size,
        digest=made.digest,
        articles=rules.to_plain(articles),
        replies=[],
        shared_by_id=actor.account_id,
        shared_at=now,
        created_at=now,
        updated_at=now,
    )


def articles_of(content: bytes, tree: ClauseTree) -> tuple[SharedArticle, ...]:
    """Return the words of every Pasal as a Word file prints them; `tree` names the ones that came from the draft."""
    found: list[SharedArticle] = []
    lines: list[str] = []
    head: Block | None = None
    for block in preview.blocks(content):
        if block.kind == "article":
            found += [_article(head, lines, tree, len(found))] if head else []
            head, lines = block, []
        elif head and block.kind == "table" and len(found) + 1 >= len(tree):
            break
        elif head:
            lines += list(preview.lines(block))
    return (*found, _article(head, lines, tree, len(found))) if head else ()


def _article(head: Block, lines: list[str], tree: ClauseTree, place: int) -> SharedArticle:
    title = " ".join(head.text.split())
    own = tree[place] if place < len(tree) else None
    is_own = own is not None and own.title.casefold() == title.casefold()
    key = own.key if own and is_own else f"pasal_{place + 1}"
    return SharedArticle(key=key, label=head.label, title=own.title if own and is_own else title, text="\n".join(lines))


def withdraw(session: Session, row: SharedDraft, *, actor: Actor, now: datetime) -> None:
    """Take a shared draft back before the partner has answered it."""
    draft_rights.check(row.agreement, actor)
    if row.stage is not SharingStage.SHARED:
        raise RuleBroken(N_("Rancangan ini sudah ditanggapi atau ditarik kembali. Muat ulang halaman."))
    row.stage, row.updated_at = SharingStage.WITHDRAWN, now
    session.flush()
    audit.record(session, "draft_sharing_withdrawn", subject=row, actor=actor, now=now, detail={"number": row.number})


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What the office decides about one proposal or question, with the sentence for the partner."""

    kind: ReplyDecision
    note: str = ""


def decide(
    session: Session, row: SharedDraft, reply: DraftReply, *, decision: Decision, actor: Actor, now: datetime
) -> None:
    """Decide about one reply; taking over writes the partner's words into the draft.

    May be changed until the decisions are sent. Raises RuleBroken (`note`, or what bars taking over).
    """
    draft_rights.check(row.agreement, actor)
    if row.stage is not SharingStage.SENT:
        raise RuleBroken(N_("Tanggapan ini belum dikirim mitra, atau jawabannya sudah dikirim. Muat ulang halaman."))
    rules.check_decision(reply.verdict, decision.kind, decision.note)
    if decision.kind is ReplyDecision.TAKEN_OVER:
        _take_over(session, row, reply, actor=actor, now=now)
    reply.decision, reply.decision_note = decision.kind, decision.note.strip() or None
    reply.decided_by_id, reply.decided_at, row.updated_at = actor.account_id, now, now
    session.flush()
    detail = {"name": shared_article(row, reply.article).name, "decision": decision.kind}
    audit.record(session, "draft_reply_decided", subject=row, actor=actor, now=now, detail=detail)


def shared_article(row: SharedDraft, key: str) -> SharedArticle:
    """Return one Pasal as it was shared."""
    return next(one for one in rules.from_plain(row.articles) if one.key == key)


def words_taken_over(draft: Draft | None, row: SharedDraft, reply: DraftReply) -> str | None:
    """Return the text that a Pasal of the draft would get; None where only a person can bring both together."""
    if draft is None or reply.verdict is not ReplyVerdict.PROPOSE:
        return None
    own = next((one for one in reading_drafts.tree_of(draft) if one.key == reply.article), None)
    if own is None:
        return None
    return rules.taken_over(own.text, shared_article(row, reply.article).text, reply.words or "")


def _take_over(session: Session, row: SharedDraft, reply: DraftReply, *, actor: Actor, now: datetime) -> None:
    draft = reading_drafts.get(session, row.agreement_id)
    text = words_taken_over(draft, row, reply)
    if text is None:
        raise RuleBroken(
            N_("Usul ini menyentuh isian otomatis atau Pasal yang sudah berubah. Ubah sendiri teksnya di penyusunan.")
        )
    own = next(one for one in reading_drafts.tree_of(draft) if one.key == reply.article)
    library = reading_drafts.wordings(session, (own,)).get(own.key)
    reason = f"{row.organisation.name}: {reply.remark}" if reply.remark else row.organisation.name
    how = draft_trees.reworded(
        own.key, title=own.title, text=text, reason=reason, library=library.text if library else None
    )
    draft_trees.change(session, draft, how, actor=actor, now=now)


def send_back(session: Session, row: SharedDraft, *, actor: Actor, now: datetime) -> None:
    """Send the decisions to the partner; every proposal and question must have one."""
    draft_rights.check(row.agreement, actor)
    if row.stage is not SharingStage.SENT:
        raise RuleBroken(N_("Tanggapan ini belum dikirim mitra, atau jawabannya sudah dikirim. Muat ulang halaman."))
    undecided = [each for each in row.replies if each.verdict is not ReplyVerdict.AGREE and each.decision is None]
    if undecided:
        raise RuleBroken(N_("%(n)s tanggapan belum diputuskan. Putuskan semuanya, lalu kirim."), n=len(undecided))
    row.stage, row.returned_by_id, row.returned_at, row.updated_at = SharingStage.RETURNED, actor.account_id, now, now
    session.flush()
    audit.record(session, "draft_decisions_sent", subject=row, actor=actor, now=now, detail={"number": row.number})
    talk_notices.draft_decided(session, row, now=now)


def take_in(session: Session, row: SharedDraft, *, storage: Storage, actor: Actor, now: datetime) -> Rendition:
    """Put the partner's own Word version among the Word files of the agreement, written over the one it was shown."""
    if row.own_digest is None or row.own_rendition_number is not None:
        raise RuleBroken(N_("Berkas mitra tidak ada, atau sudah disimpan. Muat ulang halaman."))
    incoming = Incoming(
        name=row.own_name or row.name,
        origin=RenditionOrigin.RECEIVED,
        based_on=row.rendition_number,
        note=row.organisation.name,
        content=file_scans.read(session, row.own_digest, storage=storage),
    )
    made = renditions.take_in(session, row.agreement, incoming, storage=storage, actor=actor, now=now)
    row.own_rendition_number, row.updated_at = made.number, now
    session.flush()
    return made
