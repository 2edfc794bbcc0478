"""Talk in the sample set: questions, one of them answered, a draft half answered, a document that was read."""

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
from portal.models import Agreement, AgreementParty, Draft
from portal.queries import partner_agreements
from portal.services import acknowledgements, draft_answers, draft_sharings, questions
from portal.services.draft_sharings import Wish
from portal.storage import Storage

OFFICER: Final = "ratna@kemensos.example"
PARTNER: Final = "siti@arunika.example"
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
    draft = session.scalars(
        select(Draft)
        .join(Agreement, Agreement.id == Draft.agreement_id)
        .join(AgreementParty, AgreementParty.agreement_id == Agreement.id)
        .where(Agreement.is_sample.is_(True), AgreementParty.organisation_id == own)
        .order_by(Agreement.stage != Stage.NEGOTIATION, Draft.id)
    ).first()
    if draft is not None:
        _share(session, draft, partner, officer, storage=storage, now=now)


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


def _share(session: Session, draft: Draft, partner: Actor, officer: Actor, *, storage: Storage, now: datetime) -> None:
    wish = Wish(
        organisation_ids=frozenset({partner.organisation_id or 0}),
        due_on=office_date(now) + timedelta(days=_DAYS),
        note="Mohon periksa Pasal pembiayaan dan pelaporan. (contoh)",
    )
    row = draft_sharings.share(session, draft, wish=wish, storage=storage, actor=officer, now=now)[0]
    articles = draft_answers.articles(row)
    given = [Reply(verdict=ReplyVerdict.AGREE)] * _AGREED
    last = articles[len(given)]
    given.append(Reply(verdict=ReplyVerdict.PROPOSE, words=f"{last.text}\n{_WORDS}", remark="Agar jelas. (contoh)"))
    given.append(Reply(verdict=ReplyVerdict.ASK, remark="Apakah tahun pertama dihitung penuh? (contoh)"))
    for one, reply in zip(articles, given, strict=False):
        draft_answers.reply(session, row, one.key, given=reply, actor=partner, now=now)


_WORDS: Final = "PARA PIHAK saling memberi kabar paling sedikit satu kali dalam satu bulan. (contoh)"
