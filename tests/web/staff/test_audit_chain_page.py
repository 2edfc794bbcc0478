"""The page of the chain checks when asked and shows the heads; the page of jobs shows the last backup."""

from datetime import timedelta

from sqlalchemy import text

from portal.domain.policy import Role
from portal.jobs import runner, sign_trail
from portal.models import BackupRun


def test_the_chain_is_checked_on_the_page_and_what_is_wrong_is_told(as_staff, app, session, engine, clock):
    admin = as_staff(Role.ADMIN)
    assert "Belum ada kepala rantai" in admin.page("staff.audit_chain.show").main
    admin.submit(admin.page("staff.jobs.index"), "Kirim surel uji")
    sign_trail.run(app, now=clock.now, slot="hari")
    page = admin.page("staff.audit_chain.show", periksa="ya").main
    assert "Rantai utuh." in page
    assert "Utuh" in page
    with engine.begin() as connection:
        connection.execute(
            text("INSERT INTO entry (at, action, subject_kind, detail) SELECT at, 'x', 'y', detail FROM entry")
        )
    page = admin.page("staff.audit_chain.show", periksa="ya").main
    assert "baris tidak bersegel, yang pertama nomor" in page
    with runner.reading(app) as reader:
        assert reader.execute(text("SELECT count(*) FROM audit_head")).scalar_one() == 1


def test_who_may_not_read_the_trail_does_not_see_its_chain(as_staff):
    assert as_staff(Role.OFFICER).get("staff.audit_chain.show").status_code == 403


def test_the_last_backup_is_red_when_it_failed_is_old_or_was_never_made(as_staff, session, clock):
    admin = as_staff(Role.ADMIN)
    never = "Portal ini belum pernah dicadangkan"
    assert never in admin.page("staff.home.show").main
    assert never not in as_staff().page("staff.home.show").main
    assert never in admin.page("staff.jobs.index").main
    good = {"outcome": "ok", "name": "simpul-a.tar.age", "size": 2_000_000}
    session.add(BackupRun(started_at=clock.now - timedelta(hours=25), ended_at=clock.now, **good))
    assert "Cadangan" not in admin.page("staff.home.show").main
    assert "simpul-a.tar.age" in admin.page("staff.jobs.index").main
    clock.set(clock.now + timedelta(hours=2))
    assert "Cadangan terakhir dibuat" in admin.page("staff.home.show").main
    session.add(BackupRun(started_at=clock.now, ended_at=clock.now, outcome="failed", detail="Cakram penuh"))
    assert "Cadangan gagal: Cakram penuh" in admin.page("staff.home.show").main
