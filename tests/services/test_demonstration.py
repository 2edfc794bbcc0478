"""The demonstration: the real set says what its sources say, the sample set is marked and lets every screen live."""

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import create_engine, func, select
from sqlalchemy.orm import Session

from portal.domain import obligation as duty
from portal.domain import upload
from portal.domain.agreement import AgreementKind, Relation, SigningCapacity, Stage, Standing, standing
from portal.domain.dates import office_date
from portal.domain.duty_change import Decision, Fate
from portal.domain.obligation import ObligationKind, ObligationStanding, OccurrenceStage, ScheduleKind
from portal.domain.organisation import Confidence, OrganisationKind
from portal.domain.policy import SYSTEM, Role
from portal.domain.reminder import SubjectKind
from portal.domain.report import ReportStage
from portal.models import (
    Absence,
    Account,
    AccountRole,
    Agreement,
    AgreementFile,
    AgreementParty,
    AgreementRelation,
    Base,
    Entry,
    FactSource,
    Handover,
    Invitation,
    Message,
    Obligation,
    Occurrence,
    OfficeHolder,
    Organisation,
    Reminder,
    ReminderLadder,
    Report,
    ReportFile,
    SigningEvent,
    StageChange,
)
from portal.services import duty_changes, passwords, reference, reminders
from portal.services.demo import loading, people, reminding
from portal.storage import Storage
from tests.harness.databases import Database

pytestmark = pytest.mark.minutes
NOW = datetime(2026, 11, 21, 2, tzinfo=UTC)
TODAY = office_date(NOW)
NEW_YEARS_EVE = datetime(2026, 12, 31, 9, tzinfo=UTC)
CEREMONY = date(2020, 12, 11)


def fill(session: Session, folder: Path, now: datetime) -> tuple[bool, bool]:
    house = loading.House(storage=Storage(folder), base_url="http://localhost")
    reference.load(session, now=now)
    return loading.load_real(session, now=now), loading.load_sample(session, house=house, now=now)


@pytest.fixture(scope="module")
def folder(loaded_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of both sets as loaded on the day of the tests."""
    return Path(shutil.copytree(loaded_sample, tmp_path_factory.mktemp("both") / "copy"))


@pytest.fixture
def kept(folder: Path) -> Storage:
    """The files of the sets."""
    return Storage(folder / "files")


@pytest.fixture(scope="module")
def both(folder: Path) -> Iterator[Session]:
    """The two sets on the day of the tests; only read by the tests."""
    engine = create_engine(f"sqlite:///{folder / 'sample.sqlite'}")
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture(scope="module")
def new_year(databases: Callable[[str], Database], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The two sets as loaded on another day, in PostgreSQL."""
    database = databases("postgresql")
    database.reset()
    engine = create_engine(database.url)
    with Session(engine) as session:
        fill(session, tmp_path_factory.mktemp("new-year"), NEW_YEARS_EVE)
        session.flush()
        yield session
        session.rollback()
    engine.dispose()


def agreements(session: Session, *, is_sample: bool) -> list[Agreement]:
    return list(session.scalars(select(Agreement).where(Agreement.is_sample.is_(is_sample)).order_by(Agreement.id)))


def count(session: Session, kind: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(kind))


# The real set


def test_real_agreements_tell_no_number_end_start_value_or_signatory_that_no_source_tells(both):
    real = agreements(both, is_sample=False)
    assert len(real) == 10
    for agreement in real:
        silent = ("starts_on", "ends_on", "term_years", "notice_count", "value_rupiah", "officer_id", "purpose")
        assert {getattr(agreement, name) for name in silent} == {None}
        for party in agreement.parties:
            printed = (party.number_printed, party.address_printed, party.signatory_name, party.contact_name)
            assert set(printed) == {None}


def test_real_bodies_have_no_invented_address_phone_or_mail(both):
    real = both.scalars(select(Organisation).where(Organisation.is_sample.is_(False))).all()
    assert {value for o in real for value in (o.address, o.phone, o.email, o.regency)} == {None}


def test_six_agreements_of_one_ceremony_are_active_with_unknown_end(both):
    event = both.scalars(select(SigningEvent)).one()
    signed = [a for a in agreements(both, is_sample=False) if a.signing_event_id == event.id]
    assert (event.held_on, event.place, len(signed)) == (CEREMONY, "Jakarta", 6)
    assert {a.signed_on for a in signed} == {CEREMONY}
    assert {standing(a, TODAY) for a in signed} == {Standing.END_UNKNOWN}
    assert len({party.organisation_id for a in signed for party in a.parties}) == 7
    assert "Rp325.000.000" in event.note


def test_lpsk_has_two_unsigned_drafts_one_the_parent_of_the_other(both):
    lpsk = both.scalars(select(Organisation).where(Organisation.code == "lpsk")).one()
    papers = [a for a in agreements(both, is_sample=False) if lpsk.id in {p.organisation_id for p in a.parties}]
    by_kind = {a.kind: a for a in papers}
    assert set(by_kind) == {AgreementKind.MOU, AgreementKind.PKS}
    assert {(a.stage, a.signed_on) for a in papers} == {(Stage.EXPLORATION, None)}
    link = both.scalars(
        select(AgreementRelation).where(AgreementRelation.agreement_id == by_kind[AgreementKind.PKS].id)
    ).one()
    assert (link.relation, link.other_id) == (Relation.PARENT, by_kind[AgreementKind.MOU].id)


def test_an_acting_head_is_recorded_as_such_and_signs_nothing(both):
    person = both.scalars(select(OfficeHolder).where(OfficeHolder.name == "Susilaningtyas")).one()
    assert person.capacity is SigningCapacity.DAILY_ACTING
    signatories = set(both.scalars(select(AgreementParty.signatory_name)))
    assert person.name not in signatories


def test_talks_stay_talks(both):
    unsigned = [a for a in agreements(both, is_sample=False) if a.signed_on is None]
    assert Counter(a.stage for a in unsigned) == {Stage.EXPLORATION: 4}


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        ("agreement", select(Agreement.id).where(Agreement.is_sample.is_(False))),
        ("organisation", select(Organisation.id).where(Organisation.is_sample.is_(False))),
        (
            "office_holder",
            select(OfficeHolder.id).join(OfficeHolder.organisation).where(Organisation.is_sample.is_(False)),
        ),
        ("signing_event", select(SigningEvent.id)),
    ],
)
def test_every_real_row_has_a_source_that_nobody_has_verified_yet(both, kind, rows):
    ids = set(both.scalars(rows))
    facts = both.scalars(select(FactSource).where(FactSource.subject_kind == kind)).all()
    assert ids
    assert {fact.subject_id for fact in facts} == ids
    assert all(fact.source for fact in facts)
    assert {fact.verified_by_id for fact in facts} == {None}
    assert {fact.confidence for fact in facts} <= {Confidence.REPORTED, Confidence.PROPOSED}


def test_facts_of_agreements_carry_the_day_of_their_source(both):
    facts = both.scalars(select(FactSource).where(FactSource.subject_kind == "agreement")).all()
    assert {fact.source_on for fact in facts} == {
        date(2020, 9, 12),
        date(2020, 12, 12),
        date(2025, 2, 18),
        date(2025, 10, 23),
    }


# The sample set


def test_every_row_of_the_sample_set_is_marked(both):
    content = reference.read("sample_organisations")
    codes = [row["code"] for row in (*content["unit"], *content["organisation"])]
    marked = both.scalars(select(Organisation.code).where(Organisation.is_sample.is_(True))).all()
    assert sorted(marked) == sorted([*codes, "MTR-0001"]), "one partner is recorded a second time"
    assert {account.is_sample for account in both.scalars(select(Account))} == {True}
    assert len(agreements(both, is_sample=True)) == len(reference.read("sample_agreements")["agreement"])


def test_sample_agreements_bind_sample_bodies_only(both):
    for agreement in agreements(both, is_sample=True):
        assert all(party.organisation.is_sample for party in agreement.parties)
        assert any(party.organisation.is_ours for party in agreement.parties)
        assert agreement.unit.is_sample


def test_sample_names_are_none_of_the_real_ones(both):
    names = {
        flag: set(both.scalars(select(Organisation.sort_key).where(Organisation.is_sample.is_(flag))))
        for flag in (True, False)
    }
    assert not names[True] & names[False]


def test_sample_numbers_mails_and_phones_can_belong_to_nobody(both):
    parties = [party for a in agreements(both, is_sample=True) for party in a.parties]
    assert all("CTH" in party.number_printed for party in parties if party.number_printed)
    assert all(party.contact_email.endswith(".example") for party in parties if party.contact_email)
    assert all(party.contact_phone.startswith("+62 800 0000") for party in parties if party.contact_phone)
    assert all(account.email.endswith(".example") for account in both.scalars(select(Account)))


def test_only_signed_agreements_have_numbers(both):
    for agreement in agreements(both, is_sample=True):
        numbers = {party.number_printed is not None for party in agreement.parties}
        assert numbers == {agreement.signed_on is not None}


def check_agreements_of_every_sort(session: Session, today: date) -> None:
    sample = agreements(session, is_sample=True)
    assert {a.kind for a in sample} == set(AgreementKind)
    assert {a.stage for a in sample} == set(Stage)
    assert {standing(a, today) for a in sample} == {*Standing, None}


def check_duties_of_every_sort(session: Session, today: date) -> None:
    found = session.scalars(select(Obligation)).all()
    assert {each.kind for each in found} == set(ObligationKind)
    assert {each.schedule for each in found} == set(ScheduleKind)
    occurrences = session.scalars(select(Occurrence)).all()
    assert {each.stage for each in occurrences} == set(OccurrenceStage)
    standings = {duty.standing(each, today) for each in occurrences}
    assert standings >= set(ObligationStanding) - {ObligationStanding.DUE_TODAY}


def test_every_kind_stage_and_standing_occurs(both):
    check_agreements_of_every_sort(both, TODAY)
    check_duties_of_every_sort(both, TODAY)


@pytest.mark.postgresql
def test_every_kind_stage_and_standing_occurs_on_another_day_too(new_year):
    check_agreements_of_every_sort(new_year, office_date(NEW_YEARS_EVE))
    check_duties_of_every_sort(new_year, office_date(NEW_YEARS_EVE))


def test_reports_in_every_stage_and_people_in_every_role(both):
    assert set(both.scalars(select(Report.stage))) == set(ReportStage)
    assert set(both.scalars(select(AccountRole.role))) == set(Role)
    assert set(both.scalars(select(Invitation.email))) == {"yakobus@sagara.example", "hana@kemensos.example"}


def test_organisations_of_every_kind_but_the_ministry_itself(both):
    kinds = set(both.scalars(select(Organisation.kind).where(Organisation.is_sample.is_(True))))
    assert kinds == set(OrganisationKind) - {OrganisationKind.MINISTRY}


def test_agreements_of_three_and_of_five_parties(both):
    sizes = Counter(len(a.parties) for a in agreements(both, is_sample=True))
    assert sizes[3] >= 5
    assert sizes[5] == 1


def test_living_children_of_ended_parents(both):
    links = both.scalars(select(AgreementRelation).where(AgreementRelation.relation == Relation.PARENT)).all()
    living = (Standing.IN_FORCE, Standing.ENDING_SOON)
    orphans = [
        link
        for link in links
        if standing(link.other, TODAY) is Standing.ENDED and standing(link.agreement, TODAY) in living
    ]
    assert len(orphans) == 2
    assert set(both.scalars(select(AgreementRelation.relation))) == set(Relation)


def test_stages_were_entered_in_order_and_never_after_today(both):
    for agreement in agreements(both, is_sample=True):
        days = both.scalars(
            select(StageChange.entered_on).where(StageChange.agreement_id == agreement.id).order_by(StageChange.id)
        ).all()
        assert all(earlier <= later <= TODAY for earlier, later in pairwise([*days, TODAY]))


def test_nobody_signed_on_a_weekend(both):
    assert all(a.signed_on.weekday() < 5 for a in agreements(both, is_sample=True) if a.signed_on)


def test_entries_are_dated_on_the_days_they_stand_for_and_never_later_than_now(both):
    instants = both.scalars(select(Entry.at)).all()
    assert max(instants) <= NOW
    assert min(instants).year < 2022


def test_demo_accounts_are_those_in_the_database_and_open_with_the_password(both):
    told = people.accounts()
    stored = {account.email: account for account in both.scalars(select(Account).where(Account.is_active.is_(True)))}
    assert {account.email for account in told} == set(stored)
    assert {account.name for account in told} == {account.name for account in stored.values()}
    assert all(passwords.matches(stored[account.email].password_hash, account.password) for account in told[:2])


def test_who_left_handed_over_first_and_nobody_signs_in_with_that_account(both):
    gone = both.scalars(select(Account).where(Account.is_active.is_(False))).one()
    record = both.scalars(select(Handover)).one()
    assert (record.account_id, gone.password_hash) == (gone.id, None)
    assert both.scalars(select(Absence.deputy_id)).all() == [record.content["groups"][0]["successor_id"]]


def test_somebody_goes_on_leave_with_a_deputy_and_one_duty_has_a_ladder_of_its_own(both):
    leave = both.scalars(select(Absence)).one()
    assert TODAY < leave.starts_on < leave.ends_on
    assert leave.deputy_id not in {None, leave.account_id}
    duty_of_its_own = both.scalars(select(Obligation).where(Obligation.ladder_id.is_not(None))).one()
    given = both.get_one(ReminderLadder, duty_of_its_own.ladder_id)
    assert (given.name, given.is_default) == (reminding.URGENT, False)
    dates = both.scalars(select(Occurrence.ladder_id).where(Occurrence.obligation_id == duty_of_its_own.id))
    assert set(dates) == {given.id}


def test_only_mails_of_the_last_days_wait_to_be_sent(both):
    assert Counter(both.scalars(select(Message.template))) == {
        "card_decided": 1,
        "draft_answered": 1,
        "draft_shared": 4,
        "handover_received": 1,
        "invitation": 2,
        "question_answered": 1,
        "question_asked": 2,
        "relief_asked": 1,
        "report_returned": 1,
    }
    assert count(both, Reminder) == 0


def test_files_are_kept_and_say_that_they_are_samples(both, kept):
    for kind, expected in ((ReportFile, 50), (AgreementFile, 20)):
        files = both.scalars(select(kind)).all()
        assert len(files) > expected
        assert {file.media_type for file in files} == {"application/pdf"}
    for file in both.scalars(select(AgreementFile)):
        content = kept.read(file.digest)
        assert file.released_at
        assert upload.check(file.name, content) == file.media_type
        assert b"CONTOH" in content


@pytest.mark.postgresql
def test_loading_twice_changes_nothing(new_year, tmp_path):
    tables = (Organisation, Account, Agreement, Obligation, Occurrence, Report, Entry, FactSource, Message)
    before = {kind.__tablename__: count(new_year, kind) for kind in tables}
    assert fill(new_year, tmp_path, NEW_YEARS_EVE) == (False, False)
    assert {kind.__tablename__: count(new_year, kind) for kind in tables} == before


@pytest.mark.postgresql
def test_the_first_sweep_plans_some_reminders_and_none_of_what_lay_in_the_past(new_year):
    with new_year.begin_nested() as point:
        result = reminders.sweep(new_year, now=NEW_YEARS_EVE)
        past = select(Reminder.id).where(
            Reminder.subject_kind == SubjectKind.OCCURRENCE, Reminder.target_on < office_date(NEW_YEARS_EVE)
        )
        told = new_year.scalars(past).all()
        point.rollback()
    assert 10 < result.planned < 100
    assert not result.held
    assert told == []


def test_a_sample_that_waits_for_its_signature_shows_which_dates_signing_brings(both):
    signing = [row for row in agreements(both, is_sample=True) if row.stage is Stage.SIGNING]
    waiting = next(row for row in signing if row.kind is AgreementKind.PKS)
    decision = Decision(to=Stage.ACTIVE, entered_on=TODAY, signed_on=TODAY)
    plan = duty_changes.of_decision(both, waiting, decision, actor=SYSTEM, now=NOW).own
    assert plan.counts == {Fate.ADDED.value: 8}
    assert not both.dirty
