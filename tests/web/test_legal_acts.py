"""Legal acts ask for the password or a code once more, and go on with what was sent; the session gets a new token."""

import pytest
from sqlalchemy import select

from portal.domain.agreement import Stage
from portal.domain.policy import Role
from portal.models import Agreement, Entry, SignInSession, StageChange
from tests.factories import make_account, make_agreement, make_partner
from tests.factories.accounts import PASSWORD
from tests.factories.calendar import make_calendar
from tests.harness.visitors import COOKIE, Visitor
from tests.web.test_authenticator import code, set_up


@pytest.fixture
def row(session):
    """An agreement in force."""
    make_calendar(session)
    return make_agreement(session)


def form_of_cancelling(visitor, row):
    """The filled-in form whose button ends an agreement, its effect already seen."""
    page = visitor.page("staff.agreements.stage", code=row.code, ke="diakhiri")
    return visitor.submit(page, "Lihat akibat", {"reason": "Sepakat berpisah", "entered_on": "2026-11-20"})


def stage(session, row):
    session.expire_all()
    return session.get(Agreement, row.id).stage


def test_within_fifteen_minutes_nothing_is_asked(as_staff, session, row, clock):
    visitor = as_staff()
    clock.advance(minutes=14)
    visitor.submit(form_of_cancelling(visitor, row), "Akhiri naskah")
    assert stage(session, row) is Stage.TERMINATED


def test_later_the_password_is_asked_and_the_act_goes_on_by_itself(as_staff, session, row, clock):
    visitor = as_staff()
    page = form_of_cancelling(visitor, row)
    clock.advance(minutes=15)
    asked = visitor.understand(visitor.send(page, "Akhiri naskah"), page.path, expect=401)
    assert "Isian Anda tidak hilang" in asked.text
    assert stage(session, row) is Stage.ACTIVE
    done = visitor.submit(asked, "Lanjutkan", {"proof": PASSWORD})
    assert "Tahap naskah sekarang" in done.text
    assert stage(session, row) is Stage.TERMINATED
    assert session.scalars(select(StageChange.reason)).all()[-1] == "Sepakat berpisah"


def test_the_session_goes_on_with_a_new_token_and_the_old_one_is_refused(as_staff, session, row, clock):
    visitor = as_staff()
    page, copied = form_of_cancelling(visitor, row), dict(visitor.cookies)[COOKIE]
    clock.advance(minutes=15)
    asked = visitor.understand(visitor.send(page, "Akhiri naskah"), page.path, expect=401)
    visitor.submit(asked, "Lanjutkan", {"proof": PASSWORD})
    assert visitor.http.get_cookie(COOKIE).value != copied
    assert visitor.read("/kantor")
    assert Visitor(visitor.app, session, token=copied).open("/kantor").headers["Location"].startswith("/masuk")
    assert len(session.scalars(select(SignInSession)).all()) == 1


def test_a_wrong_password_keeps_everything_and_locks_at_the_fifth(as_staff, session, row, clock):
    visitor = as_staff()
    page = form_of_cancelling(visitor, row)
    clock.advance(minutes=15)
    asked = visitor.understand(visitor.send(page, "Akhiri naskah"), page.path, expect=401)
    for _ in range(4):
        asked = visitor.submit(asked, "Lanjutkan", {"proof": "salah-sekali-ini"}, expect=422)
        assert "Kata sandi tidak cocok." in asked.text
    asked = visitor.submit(asked, "Lanjutkan", {"proof": "salah-sekali-ini"}, expect=422)
    assert "Terlalu banyak percobaan. Coba lagi sesudah 21 Nov 2026, 09.16 WIB." in asked.text
    assert "Terlalu banyak" in visitor.submit(asked, "Lanjutkan", {"proof": PASSWORD}, expect=422).text
    assert stage(session, row) is Stage.ACTIVE
    assert session.scalars(select(Entry.action)).all().count("proof_refused") == 5
    other = Visitor(visitor.app, session)
    typed = {"email": visitor.account.email, "password": PASSWORD}
    assert "Terlalu banyak" in other.submit(other.read("/masuk"), "Masuk", typed, expect=422).text
    clock.advance(minutes=1)
    visitor.submit(asked, "Lanjutkan", {"proof": PASSWORD})
    assert stage(session, row) is Stage.TERMINATED


def test_with_the_app_a_code_is_asked_and_the_password_does_not_do(as_staff, session, row, clock):
    visitor = as_staff()
    text_key, _ = set_up(visitor, clock)
    page = form_of_cancelling(visitor, row)
    clock.advance(minutes=15)
    asked = visitor.understand(visitor.send(page, "Akhiri naskah"), page.path, expect=401)
    asked = visitor.submit(asked, "Lanjutkan", {"proof": PASSWORD}, expect=422)
    assert "Kode tidak cocok." in asked.text
    visitor.submit(asked, "Lanjutkan", {"proof": code(text_key, clock)})
    assert stage(session, row) is Stage.TERMINATED


def test_looking_at_what_would_happen_is_no_legal_act(as_staff, row, clock):
    visitor = as_staff()
    clock.advance(minutes=20)
    assert "Sepakat berpisah" in form_of_cancelling(visitor, row).text


def test_a_proof_does_not_replace_the_right_to_act(as_account, session, clock):
    viewer = as_account(make_account(session, Role.PARTNER_VIEWER, make_partner(session)))
    token = dict(viewer.read("/akun").form("Ganti kata sandi").fields)["csrf_token"]
    clock.advance(minutes=16)
    sent = {"csrf_token": token, "proof": PASSWORD}
    assert viewer.post("partner.team.end_access", sent, number=1).status_code == 403


def test_a_proof_without_the_token_of_the_form_is_refused(as_staff, session, row, clock):
    visitor = as_staff()
    clock.advance(minutes=16)
    sent = {"to": "terminated", "proof": PASSWORD}
    assert visitor.post("staff.agreements.change_stage", sent, code=row.code).status_code == 400
    assert stage(session, row) is Stage.ACTIVE


@pytest.mark.parametrize("path", ["/akun/aplikasi", "/akun/aplikasi/cadangan", "/akun/aplikasi/lepas"])
def test_the_ways_into_ones_account_change_with_a_fresh_proof_only(as_staff, clock, path):
    visitor = as_staff()
    token = dict(visitor.read("/akun").form("Ganti kata sandi").fields)["csrf_token"]
    clock.advance(minutes=16)
    assert visitor.open(path, method="POST", data={"csrf_token": token}).status_code == 401


def test_what_counts_as_a_legal_act_is_written_in_one_list(app):
    declared = {
        endpoint
        for endpoint, view in app.view_functions.items()
        if getattr(view, "access", None) is not None and view.access.proof
    }
    assert declared >= {
        "staff.agreements.change_stage",
        "staff.agreements.release_file",
        "staff.clauses.approve",
        "staff.doc_templates.make_public",
        "staff.organisation_merges.merge",
        "staff.organisation_merges.undo",
        "staff.personal_data.erase",
        "partner.reports.submit",
        "partner.team.roles",
        "partner.team.end_access",
    }
