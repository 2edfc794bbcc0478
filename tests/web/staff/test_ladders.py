"""Ladders of reminders: read in words, changed after seeing what follows, copied, and given to a duty."""

from datetime import date

import pytest
from sqlalchemy import select

from portal.domain.policy import Role
from portal.domain.reminder import SubjectKind
from portal.models import Agreement, Occurrence, Reminder, ReminderLadder
from portal.services import reminders
from tests.factories import make_account, make_agreement, make_ministry, make_obligation, make_occurrence, make_partner
from tests.factories.calendar_days import make_calendar
from tests.factories.instants import NOW


@pytest.fixture
def legal(session, as_staff):
    """The legal bureau; a partner owes a report in ten days, and of one in three days it was told."""
    make_calendar(session)
    reminders.seed_rules(session, now=NOW)
    ministry, debtor = make_ministry(session), make_partner(session)
    officer = make_account(session, Role.OFFICER, ministry)
    make_account(session, Role.PARTNER_WRITER, debtor)
    agreement = make_agreement(
        session, (ministry, debtor), officer_id=officer.id, unit_id=ministry.id, ends_on=date(2028, 4, 11)
    )
    make_occurrence(session, make_obligation(session, agreement, title="Laporan panti"), due_on=date(2026, 12, 1))
    reminders.sweep(session, now=NOW)
    return as_staff(Role.LEGAL)


def default(session):
    return session.scalars(
        select(ReminderLadder).where(
            ReminderLadder.subject_kind == SubjectKind.OCCURRENCE, ReminderLadder.is_default.is_(True)
        )
    ).one()


def test_the_effect_is_shown_before_anything_is_saved(session, legal):
    form = legal.page("staff.ladders.edit", number=default(session).id)
    page = legal.submit(form, "Lihat akibatnya", {"debtor_mail": "-7, -2", "officer_bell": "-2"})
    assert "2 pengingat bertambah" in page.main
    assert "1 dibatalkan" in page.main
    assert "Laporan panti" in page.main
    session.expire_all()
    assert len(default(session).rules) > 40
    assert session.scalars(select(Reminder)).one().end_reason is None
    done = legal.submit(page, "Simpan")
    assert "1 pengingat yang belum dikirim dibatalkan" in done.text
    session.expire_all()
    assert {rule.step for rule in default(session).rules if rule.audience == "debtor"} == {-7, -2}
    assert session.scalars(select(Reminder)).one().end_reason == "rule_changed"


def test_days_that_are_no_numbers_are_told_at_their_field(session, legal):
    form = legal.page("staff.ladders.edit", number=default(session).id)
    page = legal.submit(form, "Simpan", {"debtor_mail": "seminggu"}, expect=422)
    assert "Tulis angka hari yang dipisah koma" in page.main
    page = legal.submit(form, "Simpan", {"debtor_mail": "-9000"}, expect=422)
    assert "-730" in page.main


def test_the_second_of_two_editors_is_told(session, legal):
    first = legal.page("staff.ladders.edit", number=default(session).id)
    second = legal.page("staff.ladders.edit", number=default(session).id)
    legal.submit(first, "Simpan", {"debtor_mail": "-7"})
    page = legal.submit(second, "Simpan", {"debtor_mail": "-8"}, expect=409)
    assert "Orang lain sudah mengubah" in page.text


def test_a_copy_is_given_to_a_duty_and_its_dates_follow(session, legal):
    form = legal.page("staff.ladders.copy", number=default(session).id)
    legal.submit(form, "Salin", {"name": "Mendesak"})
    page = legal.submit(
        legal.page("staff.ladders.copy", number=default(session).id), "Salin", {"name": "Mendesak"}, expect=422
    )
    assert "Sudah ada tangga dengan nama ini" in page.main
    made = session.scalars(select(ReminderLadder).where(ReminderLadder.name == "Mendesak")).one()
    duty = {"code": session.scalars(select(Agreement.code)).one(), "number": 1}
    page = legal.page("staff.obligations.show", **duty)
    done = legal.submit(page, "Simpan", {"ladder": str(made.id)})
    assert "Tangga pengingat disimpan" in done.text
    session.expire_all()
    assert session.scalars(select(Occurrence)).one().ladder_id == made.id
    assert "dipakai 1 kewajiban" in legal.page("staff.ladders.index").main
    legal.submit(legal.page("staff.obligations.show", **duty), "Simpan", {"ladder": ""})
    session.expire_all()
    assert session.scalars(select(Occurrence)).one().ladder_id is None


def test_an_officer_reads_the_rules_and_is_told_who_changes_them(session, legal, as_staff):
    officer = as_staff()
    page = officer.page("staff.ladders.index")
    assert "Hanya administrator, kepala unit, dan Biro Hukum" in page.main
    assert "30 hari sebelumnya" in page.main
    officer.page("staff.ladders.edit", number=default(session).id, expect=403)


def test_a_ladder_that_is_gone_is_told_on_the_page_of_the_duty(session, legal):
    copy = legal.page("staff.ladders.copy", number=default(session).id)
    legal.submit(copy, "Salin", {"name": "Mendesak"})
    page = legal.page("staff.obligations.show", code=session.scalars(select(Agreement.code)).one(), number=1)
    for gone in ("99", "9" * 26, "entah"):
        assert "Tangga yang dipilih tidak ada lagi" in legal.submit(page, "Simpan", {"ladder": gone}).text
