"""A draft is shared as it is now, answered Pasal by Pasal, decided, and sent back; the draft itself goes on."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.domain.agreement import Stage
from portal.domain.clause import find
from portal.domain.errors import NotAllowed, NotFound, RuleBroken
from portal.domain.policy import Actor, Role
from portal.domain.shared_draft import Reply, ReplyDecision, ReplyVerdict, SharingStage
from portal.models import Entry, Message
from portal.queries import drafts, questions, shared_drafts
from portal.services import draft_answers, draft_sharings, draft_trees, drafting
from portal.services.draft_answers import OwnFile
from portal.services.draft_sharings import Decision, Wish
from portal.storage import Storage
from tests.factories import make_account, make_agreement
from tests.factories.instants import NOW
from tests.factories.libraries import seed_libraries

DUE = date(2026, 12, 4)
AGREE = Reply(verdict=ReplyVerdict.AGREE)


def acting(account, role):
    """Somebody as they act."""
    return Actor(
        account_id=account.id, name=account.name, organisation_id=account.organisation_id, roles=frozenset({role})
    )


@pytest.fixture
def storage(tmp_path, session):
    """Files in a folder of this test, and the libraries of templates and clauses as they are shipped."""
    kept = Storage(tmp_path)
    seed_libraries(session, kept)
    return kept


@pytest.fixture
def officer(session):
    """Who writes the draft and shares it."""
    return acting(make_account(session, Role.OFFICER, name="Ratna"), Role.OFFICER)


@pytest.fixture
def draft(session, storage, officer):
    """The draft of an agreement with two partners."""
    agreement = make_agreement(session, officer_id=officer.account_id, stage="negotiation")
    drafting.draft(session, agreement, actor=officer, now=NOW, storage=storage)
    return drafts.get(session, agreement.id)


@pytest.fixture
def partner(session, draft):
    """The responsible person of the first partner."""
    role = Role.PARTNER_RESPONSIBLE
    return acting(make_account(session, role, draft.agreement.parties[1].organisation), role)


def share(session, draft, storage, officer, due_on=DUE):
    """Share the draft with the first partner."""
    wish = Wish(organisation_ids=frozenset({draft.agreement.parties[1].organisation_id}), due_on=due_on)
    return draft_sharings.share(session, draft, wish=wish, storage=storage, actor=officer, now=NOW)[0]


@pytest.fixture
def shared(session, draft, storage, officer, partner):
    """What the first partner was shown."""
    del partner
    return share(session, draft, storage, officer)


def reply(session, shared, partner, place, **given):
    """Answer one Pasal by its place."""
    article = draft_answers.articles(shared)[place]
    return draft_answers.reply(session, shared, article.key, given=Reply(**given), actor=partner, now=NOW)


def send(session, shared, partner):
    """Agree to the rest and send all."""
    draft_answers.agree_rest(session, shared, actor=partner, now=NOW)
    return draft_answers.send(session, shared, actor=partner, now=NOW)


def place_of(shared, key):
    """Return the place of a Pasal by its key."""
    return [one.key for one in draft_answers.articles(shared)].index(key)


def test_what_is_shared_are_the_words_of_the_file_and_stays_when_the_draft_changes(
    session, draft, shared, officer, partner
):
    articles = draft_answers.articles(shared)
    assert [one.label for one in articles] == [f"Pasal {n}" for n in range(1, len(articles) + 1)]
    assert {one.key for one in articles} <= {one.key for one in drafts.tree_of(draft)}
    assert all(one.text and "{{" not in one.text for one in articles)
    change = draft_trees.reworded(articles[0].key, title="Lain", text="Lain sama sekali.", reason="uji", library="x")
    draft_trees.change(session, draft, change, actor=officer, now=NOW)
    assert draft_answers.articles(shared) == articles
    mail = session.scalars(select(Message)).one()
    assert (mail.template, mail.account_id) == ("draft_shared", partner.account_id)


def test_a_partner_is_asked_once_at_a_time_and_for_a_day_to_come(session, draft, shared, storage, officer):
    with pytest.raises(RuleBroken, match="masih menanggapi"):
        share(session, draft, storage, officer)
    draft_sharings.withdraw(session, shared, actor=officer, now=NOW)
    with pytest.raises(RuleBroken, match="sesudah hari ini"):
        share(session, draft, storage, officer, due_on=date(2026, 11, 21))
    assert share(session, draft, storage, officer).number == 2


@pytest.mark.first_case_on_postgresql
@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"verdict": ReplyVerdict.PROPOSE}, "Ubah dulu"),
        ({"verdict": ReplyVerdict.ASK, "remark": " "}, "Tulis pertanyaan"),
        ({"verdict": ReplyVerdict.AGREE, "words": "Kata lain."}, "mengubah kata-katanya"),
    ],
)
def test_an_answer_says_what_its_verdict_needs(session, shared, partner, given, sentence):
    with pytest.raises(RuleBroken, match=sentence):
        reply(session, shared, partner, 0, **given)
    assert shared.replies == []


def test_everything_is_answered_before_it_is_sent_and_nothing_changes_afterwards(session, shared, officer, partner):
    reply(session, shared, partner, 0, verdict=ReplyVerdict.ASK, remark="Mengapa?")
    with pytest.raises(RuleBroken, match="belum dijawab"):
        draft_answers.send(session, shared, actor=partner, now=NOW)
    number = send(session, shared, partner)
    assert (shared.stage, shared.receipt_number, shared.sent_by_id) == (SharingStage.SENT, number, partner.account_id)
    with pytest.raises(RuleBroken, match="sudah dikirim"):
        reply(session, shared, partner, 0, verdict=ReplyVerdict.AGREE)
    mail = session.scalars(select(Message).where(Message.template == "draft_answered")).one()
    assert (mail.account_id, mail.values["counts"]["ask"]) == (officer.account_id, 1)


def test_a_writer_prepares_and_somebody_else_sends(session, shared, draft):
    role = Role.PARTNER_WRITER
    writer = acting(make_account(session, role, draft.agreement.parties[1].organisation), role)
    draft_answers.agree_rest(session, shared, actor=writer, now=NOW)
    with pytest.raises(NotAllowed):
        draft_answers.send(session, shared, actor=writer, now=NOW)
    other = acting(make_account(session, role, draft.agreement.parties[2].organisation), role)
    with pytest.raises(NotFound):
        draft_answers.agree_rest(session, shared, actor=other, now=NOW)


def test_words_are_taken_over_into_the_draft_in_one_act(session, draft, shared, officer, partner):
    place = place_of(shared, "adendum")
    article = draft_answers.articles(shared)[place]
    first, rest = article.text.split("\n", 1)
    words = f"{first}\n(2) PARA PIHAK saling memberi kabar.\n{rest}"
    given = reply(session, shared, partner, place, verdict=ReplyVerdict.PROPOSE, words=words, remark="Agar jelas")
    send(session, shared, partner)
    with pytest.raises(RuleBroken, match="belum diputuskan"):
        draft_sharings.send_back(session, shared, actor=officer, now=NOW)
    decision = Decision(kind=ReplyDecision.TAKEN_OVER)
    draft_sharings.decide(session, shared, given, decision=decision, actor=officer, now=NOW)
    text = find(drafts.tree_of(draft), article.key).text
    assert "(2) PARA PIHAK saling memberi kabar.\n(3) Perubahan" in text
    assert "{% label adendum_usul %}" in text
    draft_sharings.send_back(session, shared, actor=officer, now=NOW)
    assert shared.stage is SharingStage.RETURNED
    told = session.scalars(select(Message.template).order_by(Message.id)).all()
    assert told == ["draft_shared", "draft_answered", "draft_decided"]
    assert {"draft_shared", "draft_replied", "draft_answer_sent", "draft_reply_decided"} <= set(
        session.scalars(select(Entry.action))
    )


def test_words_beside_a_value_of_the_record_are_for_people(session, draft, shared, officer, partner):
    place = place_of(shared, "jangka_waktu")
    words = draft_answers.articles(shared)[place].text.replace("11 April 2027", "11 April 2030")
    given = reply(session, shared, partner, place, verdict=ReplyVerdict.PROPOSE, words=words)
    send(session, shared, partner)
    decision = Decision(kind=ReplyDecision.TAKEN_OVER)
    with pytest.raises(RuleBroken, match="Ubah sendiri"):
        draft_sharings.decide(session, shared, given, decision=decision, actor=officer, now=NOW)
    assert draft_sharings.words_taken_over(draft, shared, given) is None


def test_declining_needs_a_sentence(session, shared, officer, partner):
    given = reply(session, shared, partner, 0, verdict=ReplyVerdict.PROPOSE, words="Kata lain.")
    send(session, shared, partner)
    decision = Decision(kind=ReplyDecision.DECLINED)
    with pytest.raises(RuleBroken, match="Tulis kalimat"):
        draft_sharings.decide(session, shared, given, decision=decision, actor=officer, now=NOW)


def test_a_partners_word_file_passes_the_gate_and_becomes_the_next_number(
    session, draft, shared, storage, officer, partner
):
    same = OwnFile(name="sama.docx", content=storage.read(shared.digest))
    with pytest.raises(RuleBroken, match="sama dengan rancangan"):
        draft_answers.attach(session, shared, sent=same, storage=storage, actor=partner, now=NOW)
    bad = OwnFile(name="buruk.docx", content=b"PK\x03\x04 bukan Word")
    with pytest.raises(RuleBroken):
        draft_answers.attach(session, shared, sent=bad, storage=storage, actor=partner, now=NOW)
    assert shared.own_digest is None
    draft.agreement.title = "Judul lain"
    other = drafting.make_document(session, draft, actor=officer, now=NOW, storage=storage)
    good = OwnFile(name="versi-kami.docx", content=storage.read(other.digest))
    session.delete(other)
    draft_answers.attach(session, shared, sent=good, storage=storage, actor=partner, now=NOW)
    draft_answers.send(session, shared, actor=partner, now=NOW)
    made = draft_sharings.take_in(session, shared, storage=storage, actor=officer, now=NOW)
    assert (made.origin, made.based_on, shared.own_rendition_number) == (
        "received",
        shared.rendition_number,
        made.number,
    )


def test_nobody_answers_a_draft_whose_agreement_is_over(session, draft, shared, partner):
    draft.agreement.stage = Stage.CANCELLED
    with pytest.raises(RuleBroken, match="dibatalkan"):
        draft_answers.agree_rest(session, shared, actor=partner, now=NOW)
    assert shared_drafts.open_of_partner(session, organisation_id=shared.organisation_id) == []


def test_a_draft_that_was_taken_back_names_no_places(session, draft, shared, officer):
    organisation_id, agreement = shared.organisation_id, draft.agreement
    own = {"organisation_id": organisation_id}
    assert "Jangka Waktu" in " ".join(questions.known_places(session, agreement, **own))
    draft_sharings.withdraw(session, shared, actor=officer, now=NOW)
    assert "Jangka Waktu" not in " ".join(questions.known_places(session, agreement, **own))
