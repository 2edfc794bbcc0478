"""What an agreement is found by always is what title, code and parties say now."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.models import Agreement, search_text
from portal.queries.agreement_filter import AgreementFilter
from portal.queries.agreement_list import find_page
from tests.factories import make_agreement, make_ministry, make_partner

TODAY = date(2026, 11, 21)


@pytest.fixture
def agreement(session):
    """An agreement with one partner."""
    partner = make_partner(session, name="Yayasan Melati", short_name="YM")
    return make_agreement(session, parties=(make_ministry(session), partner), title="Naskah Kenari")


def found(session, words):
    """Titles that these words find."""
    return [row.title for row in find_page(session, AgreementFilter(words=words), today=TODAY).rows]


def kept(session):
    """The words of every text as it is kept; which party comes first is the database's to say."""
    rows = session.execute(select(Agreement.id, Agreement.search_text).order_by(Agreement.id))
    return [(row.id, sorted(row.search_text.split())) for row in rows]


def test_it_is_found_by_title_code_and_partner(session, agreement):
    assert found(session, "kenari") == ["Naskah Kenari"]
    assert found(session, agreement.code.lower()) == ["Naskah Kenari"]
    assert found(session, "melati ym naskah") == ["Naskah Kenari"]
    assert found(session, "kenari dahlia") == []
    assert found(session, "100%") == []


def test_every_change_of_what_it_rests_on_is_followed(session, agreement):
    party = agreement.parties[1]
    party.number_printed = "12/XI/2026"
    session.flush()
    assert found(session, "12/xi") == ["Naskah Kenari"]
    party.organisation.sort_key, party.organisation.short_name = "yayasan dahlia", None
    party.name_printed = "Yayasan Dahlia"
    session.flush()
    assert found(session, "dahlia") == ["Naskah Kenari"]
    assert found(session, "melati") == []
    agreement.parties.remove(party)
    session.flush()
    assert found(session, "dahlia") == []
    agreement.title, agreement.sort_key = "Naskah Cemara", "naskah cemara"
    session.flush()
    assert found(session, "cemara") == ["Naskah Cemara"]


def test_written_anew_the_texts_are_the_same(session, agreement):
    make_agreement(session, title="Naskah Lain")
    before = kept(session)
    assert all(words for _, words in before)
    search_text.renew_all(session)
    assert kept(session) == before


def test_more_than_one_page_of_a_word_is_in_the_order_of_the_list(session, agreement):
    for number in range(30):
        make_agreement(session, parties=[party.organisation for party in agreement.parties], title=f"Kenari {number}")
    first = find_page(session, AgreementFilter(words="kenari"), today=TODAY)
    second = find_page(session, AgreementFilter(words="kenari"), page=2, today=TODAY)
    assert (first.total, len(first.rows), len(second.rows)) == (31, 25, 6)
    assert not {row.code for row in first.rows} & {row.code for row in second.rows}
