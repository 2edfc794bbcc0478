"""Talk in the sample set: questions, one of them answered, two drafts for comment, a document that was read.

One draft is half answered; the answer to the other has been sent, with a Word file of the partner's own.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.agreement import Stage
from portal.domain.dates import office_date
from portal.domain.policy import Actor
from portal.domain.question import Answer, Asked
from portal.domain.shared_draft import Reply, ReplyVerdict
from portal.models import Agreement, AgreementParty, Draft, SharedDraft
from portal.queries import partner_agreements
from portal.services import acknowledgements, draft_answers, draft_sharings, questions
from portal.services.demo import renditions
from portal.services.draft_answers import OwnFile
from portal.services.draft_sharings import Wish
from portal.storage import Storage

OFFICER: Final = "ratna@kemensos.example"
PARTNER: Final = "siti@arunika.example"
SENDER: Final = "csr@plastindo.example"
WAITS: Final = Asked(text="Apakah transportasi pendamping boleh dibayar dari dana bantuan? (contoh)")
ANSWERED: Final = Asked(text="Kepada siapa salinan laporan keuangan dikirim? (contoh)")
_DAYS: Final = 12
_AGREED: Final = 4


def put_all(session: Session, actors: Mapping[str, Actor], *, storage: Storage, now: datetime) -> None:
    """Let the first sample partner ask, read and answer; without a draft of its own nothing is shared."""
    partner, officer = actors[PARTNER], actors[OFFICER]
    own = partner.organisation_id or 0
    running = _first(session, own, Stage.ACTIVE)
    if running is not None:
        _ask(session, running, partner, officer, now=now)
        for file in partner_agreements.released_files(session, running)[:1]:
            acknowledgements.acknowledge(session, running, file, organisation_id=own, actor=partner, now=now)
    draft = _draft(session, own)
    if draft is not None:
        _half_answered(session, _share(session, draft, partner, officer, storage=storage, now=now), partner, now=now)
    sender = actors[SENDER]
    other = _draft(session, sender.organisation_id or 0)
    if other is not None:
        before = now - timedelta(days=3)
        row = _share(session, other, sender, officer, storage=storage, now=before)
        _answered(session, row, sender, storage=storage, now=before + timedelta(days=1))


def _draft(session: Session, organisation_id: int) -> Draft | None:
    return session.scalars(
        select(Draft)
        .join(Agreement, Agreement.id == Draft.agreement_id)
        .join(AgreementParty, AgreementParty.agreement_id == Agreement.id)
        .where(Agreement.is_sample.is_(True), AgreementParty.organisation_id == organisation_id)
        .order_by(Agreement.stage != Stage.NEGOTIATION, Draft.id)
    ).first()


def _first(session: Session, organisation_id: int, stage: Stage) -> Agreement | None:
    return session.scalars(
        select(Agreement)
        .join(AgreementParty, AgreementParty.agreement_id == Agreement.id)
        .where(Agreement.is_sample.is_(True), Agreement.stage == stage)
        .where(AgreementParty.organisation_id == organisation_id)
        .order_by(Agreement.id)
    ).first()


def _ask(session: Session, agreement: Agreement, partner: Actor, officer: Actor, *, now: datetime) -> None:
    own, before = partner.organisation_id or 0, now - timedelta(days=4)
    first = questions.ask(session, agreement, asked=ANSWERED, organisation_id=own, actor=partner, now=before)
    said = Answer(text="Cukup lewat portal ini; tidak perlu dikirim dengan surat. (contoh)")
    questions.answer(session, first, answer=said, actor=officer, now=before + timedelta(days=1))
    later = now - timedelta(days=2)
    questions.ask(session, agreement, asked=WAITS, organisation_id=own, actor=partner, now=later)


def _share(
    session: Session, draft: Draft, partner: Actor, officer: Actor, *, storage: Storage, now: datetime
) -> SharedDraft:
    wish = Wish(
        organisation_ids=frozenset({partner.organisation_id or 0}),
        due_on=office_date(now) + timedelta(days=_DAYS),
        note="Mohon periksa Pasal pembiayaan dan pelaporan. (contoh)",
    )
    return draft_sharings.share(session, draft, wish=wish, storage=storage, actor=officer, now=now)[0]


def _half_answered(session: Session, row: SharedDraft, partner: Actor, *, now: datetime) -> None:
    articles = draft_answers.articles(row)
    given = [Reply(verdict=ReplyVerdict.AGREE)] * _AGREED
    last = articles[len(given)]
    given.append(Reply(verdict=ReplyVerdict.PROPOSE, words=f"{last.text}\n{_WORDS}", remark="Agar jelas. (contoh)"))
    given.append(Reply(verdict=ReplyVerdict.ASK, remark="Apakah tahun pertama dihitung penuh? (contoh)"))
    for one, reply in zip(articles, given, strict=False):
        draft_answers.reply(session, row, one.key, given=reply, actor=partner, now=now)


def _answered(session: Session, row: SharedDraft, partner: Actor, *, storage: Storage, now: datetime) -> None:
    first, second, *_ = draft_answers.articles(row)
    proposal = Reply(verdict=ReplyVerdict.PROPOSE, words=f"{first.text}\n{_WORDS}", remark="Agar jelas. (contoh)")
    question = Reply(verdict=ReplyVerdict.ASK, remark="Apakah tahun pertama dihitung penuh? (contoh)")
    for one, given in ((first, proposal), (second, question)):
        draft_answers.reply(session, row, one.key, given=given, actor=partner, now=now)
    draft_answers.agree_rest(session, row, actor=partner, now=now)
    own = OwnFile(name="contoh-versi-mitra.docx", content=renditions.changed_in_word(storage.read(row.digest)))
    draft_answers.attach(session, row, sent=own, storage=storage, actor=partner, now=now)
    draft_answers.send(session, row, actor=partner, now=now)


_WORDS: Final = "PARA PIHAK saling memberi kabar paling sedikit satu kali dalam satu bulan. (contoh)"
