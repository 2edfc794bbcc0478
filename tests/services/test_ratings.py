"""What a partner says about the ministry: when it may, who may, how often, and what the office reads of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.domain.agreement import AgreementKind, Stage
from portal.domain.errors import NotAllowed, NotFound, RuleBroken
from portal.domain.policy import SYSTEM, Role
from portal.domain.rating import Answers, Ending, Question, Score, ended_on, is_offered, summary
from portal.models import Entry, Rating
from portal.queries import ratings as reading
from portal.services import ratings
from tests.factories import make_account, make_agreement, make_ministry, make_partner
from tests.factories.instants import NOW, TODAY
from tests.services.test_reliefs import acting

YESTERDAY = TODAY - timedelta(days=1)
GOOD = Answers(scores=dict.fromkeys(Question, Score.MOSTLY), remark=" Terima kasih. ")
BAD = Answers(scores=dict.fromkeys(Question, Score.NOT_AT_ALL))


@pytest.fixture
def agreement(session):
    """An agreement of the ministry and two partners that ended yesterday."""
    return make_agreement(session, ends_on=YESTERDAY)


@pytest.fixture
def people(session, agreement):
    """The responsible person and the writer of the first partner, somebody of the other, an officer."""
    first, other = (party.organisation for party in agreement.parties[1:])
    wanted = {
        "responsible": (Role.PARTNER_RESPONSIBLE, first),
        "manager": (Role.PARTNER_MANAGER, first),
        "writer": (Role.PARTNER_WRITER, first),
        "other": (Role.PARTNER_RESPONSIBLE, other),
        "stranger": (Role.PARTNER_RESPONSIBLE, make_partner(session)),
        "officer": (Role.OFFICER, make_ministry(session)),
    }
    return {name: acting(make_account(session, *each), each[0]) for name, each in wanted.items()}


def rate(session, agreement, actor, answers=GOOD, *, version=0, now=NOW):
    """Answer."""
    return ratings.rate(session, agreement, answers=answers, version=version, actor=actor, now=now)


def test_each_partner_answers_once_and_may_change_it_for_14_days(session, agreement, people):
    row = rate(session, agreement, people["responsible"])
    assert (row.clear, row.again, row.remark, row.rated_by_id) == (4, 4, "Terima kasih.", row.rated_by.id)
    other = rate(session, agreement, people["other"], BAD)
    assert other.organisation_id != row.organisation_id
    with pytest.raises(RuleBroken, match="Rekan Anda baru saja menilai"):
        rate(session, agreement, people["manager"], BAD)
    rate(session, agreement, people["manager"], BAD, version=row.version, now=NOW + timedelta(days=14))
    assert (row.clear, row.remark) == (1, None)
    with pytest.raises(RuleBroken, match="14 hari"):
        rate(session, agreement, people["manager"], version=row.version, now=NOW + timedelta(days=14, seconds=1))
    told = session.scalars(select(Entry.action).where(Entry.subject_kind == "rating").order_by(Entry.id)).all()
    assert told == ["rating_given", "rating_given", "rating_changed"]
    session.add(
        Rating(
            **{column.key: getattr(row, column.key) for column in Rating.__table__.columns if not column.primary_key}
        )
    )
    with pytest.raises(IntegrityError):
        session.flush()


@pytest.mark.parametrize("who", ["writer", "officer"])
def test_only_those_who_answer_for_the_partner_rate(session, agreement, people, who):
    with pytest.raises(NotAllowed, match="penanggung jawab"):
        rate(session, agreement, people[who])


def test_neither_the_portal_nor_a_person_of_the_ministry_writes_an_answer(session, agreement, people):
    with pytest.raises(NotFound):
        rate(session, agreement, SYSTEM)
    officer = people["officer"]
    both = replace(officer, roles=officer.roles | {Role.PARTNER_RESPONSIBLE})
    with pytest.raises(NotFound):
        rate(session, agreement, both)
    assert session.scalars(select(Rating)).all() == []


def test_who_is_no_party_finds_nothing(session, agreement, people):
    with pytest.raises(NotFound):
        rate(session, agreement, people["stranger"])


def test_every_question_is_answered_and_only_after_the_end(session, agreement, people):
    half = Answers(scores={Question.CLEAR: Score.FULLY})
    with pytest.raises(RuleBroken, match="Pilih satu jawaban") as broken:
        rate(session, agreement, people["responsible"], half)
    assert broken.value.field == "timely"
    agreement.ends_on = TODAY
    session.flush()
    with pytest.raises(RuleBroken, match="belum berakhir"):
        rate(session, agreement, people["responsible"])


PKS = Ending(kind=AgreementKind.PKS, stage=Stage.ACTIVE, ends_on=YESTERDAY)


@pytest.mark.parametrize(
    ("ending", "since"),
    [
        (PKS, TODAY),
        (replace(PKS, ends_on=TODAY), None),
        (replace(PKS, ends_on=None), None),
        (replace(PKS, ends_on=None, withdrawn_on=date(2026, 10, 1)), date(2026, 10, 1)),
        (replace(PKS, stage=Stage.SUSPENDED), TODAY),
        (replace(PKS, stage=Stage.TERMINATED, ends_on=date(2027, 1, 1), stage_on=date(2026, 5, 2)), date(2026, 5, 2)),
        (replace(PKS, stage=Stage.CANCELLED), None),
        (replace(PKS, stage=Stage.NEGOTIATION), None),
        (replace(PKS, kind=AgreementKind.AMENDMENT), None),
    ],
)
def test_since_when_a_cooperation_is_over(ending, since):
    assert ended_on(ending, TODAY) == since


def test_the_first_page_asks_for_half_a_year_and_not_again(session, agreement, people):
    own = people["responsible"].organisation_id
    partner = agreement.parties[1].organisation
    make_agreement(session, parties=(make_ministry(session), partner), ends_on=TODAY - timedelta(days=182))
    make_agreement(session, parties=(make_ministry(session), partner), ends_on=TODAY)
    offered = reading.list_offers(session, organisation_id=own, today=TODAY)
    assert [offer.code for offer in offered] == [agreement.code]
    assert is_offered(TODAY - timedelta(days=180), TODAY)
    assert not is_offered(TODAY - timedelta(days=181), TODAY)
    rate(session, agreement, people["responsible"])
    assert reading.list_offers(session, organisation_id=own, today=TODAY) == ()


def test_fewer_than_three_answers_make_no_average():
    told = [dict.fromkeys(Question, score) for score in (Score.FULLY, Score.FULLY, Score.NOT_AT_ALL)]
    assert (summary(told[:2]).number, summary(told[:2]).mean) == (2, None)
    assert summary(told).number == 3
    assert summary(told).mean == pytest.approx(11 / 3)
    assert summary([]).means == {}


def test_leaders_read_the_answers_of_a_year_without_restricted_agreements_where_they_may_not(
    session, agreement, people
):
    rate(session, agreement, people["responsible"])
    assert reading.summary_since(session, NOW, with_confidential=False).number == 1
    assert reading.summary_since(session, NOW + timedelta(seconds=1), with_confidential=True).number == 0
    agreement.is_confidential = True
    session.flush()
    assert reading.summary_since(session, NOW, with_confidential=False).number == 0
    assert reading.summary_since(session, NOW, with_confidential=True).number == 1
    assert reading.summary_of_partner(session, people["responsible"].organisation_id).number == 1
