"""Saves of a section against each other: lost answers, two pages of one person, requests that were overtaken."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.domain.agreement import Stage
from portal.domain.drafting import Section
from portal.domain.editing import EditConflict, PageMark
from portal.domain.policy import Actor, Role
from portal.models import DraftSave
from portal.queries import agreements, drafts
from portal.services import drafts as writing
from portal.services.drafts import Save
from portal.storage import Storage
from tests.factories import make_account, make_agreement
from tests.factories.calendar import make_calendar
from tests.factories.instants import NOW
from tests.factories.libraries import seed_libraries

PAGE, OTHER_PAGE = "00000000000000aa", "00000000000000bb"


def person(session):
    """An officer of the legal bureau."""
    account = make_account(session, Role.LEGAL)
    return Actor(account_id=account.id, name=account.name, organisation_id=None, roles=frozenset({Role.LEGAL}))


@pytest.fixture
def draft(session, tmp_path):
    """The draft of an unsigned PKS."""
    make_calendar(session)
    seed_libraries(session, Storage(tmp_path))
    return writing.ensure(session, make_agreement(session, stage=Stage.DRAFTING), actor=person(session), now=NOW)


@pytest.fixture
def me(session):
    """Who writes."""
    return person(session)


@pytest.fixture
def send(session, draft, me):
    """Save a section with the stamp and the mark of a page: `send("1.ab", number=2, recitals=["a"])`."""

    def save(stamp, *, page=PAGE, number=0, actor=me, section=Section.RECITALS, facts=None, **texts):
        mark = PageMark(page=page, number=number)
        wanted = Save(section=section, stamp=stamp, mark=mark, texts=texts, facts=facts or {})
        return writing.save_section(session, draft, wanted, actor=actor, now=NOW).stamp

    return save


@pytest.fixture
def seen(session, draft):
    """The stamp of a section now."""

    def stamp(section=Section.RECITALS):
        return drafts.stamp(draft, section, agreements.facts(session, draft.agreement))

    return stamp


def test_a_page_that_lost_answers_goes_on_with_its_old_stamp(session, draft, send, seen):
    old = seen()
    send(old, number=1, recitals=["satu"])
    send(old, number=2, recitals=["satu dua"])
    send(old, number=3, recitals=["satu dua tiga"], legal_bases=["UU 13/1998"])
    assert (draft.facts["recitals"], draft.facts["legal_bases"]) == (["satu dua tiga"], ["UU 13/1998"])
    marks = session.scalars(select(DraftSave.page_mark).order_by(DraftSave.stamp)).all()
    assert marks == [None, f"{PAGE}.1", f"{PAGE}.2", f"{PAGE}.3"]


def test_what_the_lost_save_computed_is_no_conflict_either(draft, send, seen):
    old, term = seen(Section.TERM), {"starts_on": date(2027, 1, 4), "term_years": 2, "term_months": 0, "ends_on": None}
    send(old, number=1, section=Section.TERM, facts=term)
    assert draft.agreement.ends_on == date(2029, 1, 4)
    send(old, number=2, section=Section.TERM, facts=term | {"signed_place": "Jakarta"})
    assert draft.agreement.signed_place == "Jakarta"


def test_two_pages_of_one_person_stay_two(draft, send, seen):
    old = seen()
    send(old, number=1, recitals=["dari tab pertama"])
    with pytest.raises(EditConflict):
        send(old, page=OTHER_PAGE, number=1, recitals=["dari tab kedua"])
    assert draft.facts["recitals"] == ["dari tab pertama"]


def test_somebody_else_between_two_own_saves_is_a_conflict(session, draft, send, seen):
    old, other = seen(), person(session)
    send(old, number=1, recitals=["punya saya"])
    send(seen(), page=OTHER_PAGE, actor=other, recitals=["punya orang lain"])
    with pytest.raises(EditConflict) as refusal:
        send(old, number=2, recitals=["punya saya lagi"])
    (one,) = refusal.value.comparison.both
    assert (one.before, one.mine, one.stored) == (["punya saya"], ["punya saya lagi"], ["punya orang lain"])
    assert refusal.value.who == other.name


def test_the_mark_of_another_person_opens_nothing(session, send, seen):
    old = seen()
    send(old, number=1, recitals=["punya saya"])
    with pytest.raises(EditConflict):
        send(old, number=2, actor=person(session), recitals=["menyamar"])


def test_a_request_that_a_later_one_overtook_changes_nothing(draft, send, seen):
    old = seen()
    later = send(old, number=2, recitals=["lengkap"])
    assert send(old, number=1, recitals=["setengah"]) == later
    assert draft.facts["recitals"] == ["lengkap"]


@pytest.mark.parametrize("text", [None, "", "ab.1", f"{PAGE}.", f"{PAGE}.123456789", f"{PAGE}.1.2", PAGE.upper()])
def test_what_is_no_mark_of_a_page_is_none(text):
    assert PageMark.read(text) is None


def test_a_mark_is_read_as_it_was_written():
    mark = PageMark(page=PAGE, number=7)
    assert PageMark.read(str(mark)) == mark
    assert PageMark.read(PAGE) == PageMark(page=PAGE)
