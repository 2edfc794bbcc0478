"""Each table has its own criterion, and each partner its own: none is kept from the one who asked before."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from portal import models as m
from portal.domain.policy import Role
from portal.domain.report import ReportStage
from portal.models.scope_lists import SCOPED
from tests.factories import make_account, make_agreement, make_ministry, make_partner, make_report
from tests.factories.instants import NOW


@pytest.fixture
def partners(session):
    """Two partners with an agreement and an account each."""
    ministry, first, second = make_ministry(session), make_partner(session), make_partner(session)
    for partner in (first, second):
        make_agreement(session, parties=(ministry, partner))
        make_account(session, Role.PARTNER_WRITER, partner)
    session.commit()
    return ministry.id, first.id, second.id


def test_partners_who_ask_one_after_the_other_each_see_their_own(session_of, partners) -> None:
    ministry, first, second = partners
    for own in (first, second, first):
        kept = session_of(own)
        assert set(kept.scalars(select(m.Organisation.id))) == {ministry, own}
        assert kept.scalars(select(m.Account.organisation_id)).all() == [own]
        assert set(kept.scalars(select(m.AgreementParty.organisation_id))) == {ministry, own}


def test_an_alias_and_a_column_keep_to_the_same_rows(session_of, partners) -> None:
    _, first, second = partners
    for own in (first, second):
        kept, other = session_of(own), aliased(m.Account)
        assert kept.scalars(select(other.organisation_id)).all() == [own]
        assert kept.scalar(select(func.count(other.id))) == 1
        assert kept.scalars(select(m.Account).where(select(other.id).where(other.id == m.Account.id).exists())).one()


def test_a_partner_finds_its_own_organisation_without_any_agreement(session, session_of) -> None:
    lonely = make_partner(session)
    session.commit()
    assert session_of(lonely.id).get_one(m.Organisation, lonely.id).id == lonely.id


@pytest.mark.parametrize("kind", list(SCOPED), ids=lambda kind: kind.__name__)
def test_every_table_and_its_alias_can_be_asked(kind, session_of, partners) -> None:
    _, first, _ = partners
    kept = session_of(first)
    assert kept.scalar(select(func.count()).select_from(kind)) == kept.scalar(
        select(func.count()).select_from(aliased(kind))
    )


def test_a_file_of_an_agreement_is_seen_by_its_parties_once_it_is_released(session, session_of, partners) -> None:
    _, first, second = partners
    of_first = session.scalar(select(m.AgreementParty.agreement_id).where(m.AgreementParty.organisation_id == first))
    for name, released_at in (("Keluar", NOW), ("Masih di kantor", None)):
        file = m.AgreementFile(agreement_id=of_first, kind="scan", name=name, media_type="application/pdf", size=9)
        file.digest, file.released_at, file.uploaded_at = "a" * 64, released_at, NOW
        session.add(file)
    session.commit()
    assert session_of(first).scalars(select(m.AgreementFile.name)).all() == ["Keluar"]
    assert session_of(second).scalars(select(m.AgreementFile.name)).all() == []


def test_a_mark_on_a_report_is_seen_by_its_organisation_once_it_was_told(session, session_of, partners) -> None:
    report = make_report(session, stage=ReportStage.RETURNED)
    for item, told_at in (("narrative", NOW), ("evidence", None)):
        mark = m.ReportMark(report_id=report.id, organisation_id=report.organisation_id, number=1, item=item)
        mark.sentence, mark.made_at, mark.told_at = "Lengkapi.", NOW, told_at
        session.add(mark)
    session.commit()
    _, other, _ = partners
    assert session_of(report.organisation_id).scalars(select(m.ReportMark.item)).all() == ["narrative"]
    assert session_of(other).scalars(select(m.ReportMark.item)).all() == []
