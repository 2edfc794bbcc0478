"""Saving by itself when something goes wrong: the session ended, the answer was lost, no script runs."""

import re

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from portal.domain.agreement import Stage
from portal.domain.drafting import Section
from portal.domain.policy import SYSTEM
from portal.models import DraftSection
from portal.queries import drafts
from portal.services import drafts as writing
from tests.factories import make_agreement
from tests.factories.accounts import PASSWORD
from tests.factories.calendar import make_calendar
from tests.factories.instants import NOW
from tests.factories.libraries import seed_libraries

pytestmark = pytest.mark.sqlite_only
SCRIPT = {"HX-Request": "true"}


@pytest.fixture
def row(session, app):
    """A PKS whose draft is begun."""
    make_calendar(session)
    seed_libraries(session, app.extensions["storage"])
    made = make_agreement(session, stage=Stage.DRAFTING, signed_on=None)
    writing.ensure(session, made, actor=SYSTEM, now=NOW)
    return made


@pytest.fixture
def writer(as_staff):
    """An officer."""
    return as_staff()


@pytest.fixture
def section(writer, row):
    """The third section, opened."""
    return writer.page("staff.drafting.section", code=row.code, part="dasar")


def fields(opened, **typed):
    """What the form of a section sends, some of it typed over."""
    kept = [pair for pair in opened.form("Simpan bagian ini").fields if pair[0] not in typed]
    return MultiDict([*kept, *typed.items()])


def recitals(session, row):
    """The recitals as they are stored now."""
    session.expire_all()
    return drafts.get(session, row.id).facts.get("recitals")


def test_after_the_session_a_script_is_told_and_gets_no_page(writer, section, row, session, clock):
    clock.advance(hours=9)
    path = writer.path("staff.drafting.autosave", code=row.code, part="dasar")
    headers = SCRIPT | {"Referer": f"http://localhost{section.path}"}
    answer = writer.open(path, method="POST", data=fields(section, recitals="terlambat"), headers=headers)
    assert answer.status_code == 401
    assert f"/masuk?lanjut={section.path}" in answer.text
    assert "stamp" not in answer.text
    assert recitals(session, row) is None


def test_without_script_what_was_sent_after_the_session_is_sent_again(writer, section, row, session, clock):
    clock.advance(hours=9)
    sent = writer.open(section.path, method="POST", data=fields(section, recitals="bahwa <b>ini</b>\r\ntidak hilang"))
    page = writer.understand(sent, section.path, expect=401)
    assert "tidak hilang: masuk lagi" in page.main
    page = writer.submit(page, "Masuk", {"email": writer.account.email, "password": "salah-sekali-ini"}, expect=422)
    page = writer.submit(page, "Masuk", {"email": writer.account.email, "password": PASSWORD})
    assert page.heading == "Isian Anda belum tersimpan"
    writer.http.set_cookie("simpul", writer.http.get_cookie("simpul").value)
    page = writer.submit(page, "Simpan isian saya")
    assert "tersimpan" in page.main
    assert recitals(session, row) == ["bahwa <b>ini</b>", "tidak hilang"]


def test_what_another_person_stored_meanwhile_is_not_overwritten_by_it(writer, section, row, clock, as_staff):
    clock.advance(hours=9)
    sent = writer.open(section.path, method="POST", data=fields(section, recitals="punya saya"))
    other = as_staff()
    theirs = other.page("staff.drafting.section", code=row.code, part="dasar")
    other.submit(theirs, "Simpan bagian ini", {"recitals": "punya orang lain"})
    page = writer.understand(sent, section.path, expect=401)
    page = writer.submit(page, "Masuk", {"email": writer.account.email, "password": PASSWORD})
    page = writer.submit(page, "Simpan isian saya", expect=409)
    assert "Diubah orang lain pada waktu yang sama" in page.main


def test_the_page_tells_its_mark_and_the_mark_that_saved_last(writer, section, row, session):
    path = writer.path("staff.drafting.autosave", code=row.code, part="dasar")
    page, number = dict(section.form("Simpan bagian ini").fields)["page"].split(".")
    assert re.fullmatch("[0-9a-f]{16}", page)
    assert number == "0"
    assert section.all("//form/@data-last") == [""]
    for count, text in enumerate(["satu", "satu dua"], start=1):
        answer = writer.open(path, method="POST", data=fields(section, recitals=text, page=f"{page}.{count}"))
        assert "Tersimpan" in answer.text
    assert recitals(session, row) == ["satu dua"]
    stored = session.scalars(select(DraftSection.page_mark).where(DraftSection.section == Section.RECITALS)).one()
    again = writer.page("staff.drafting.section", code=row.code, part="dasar")
    assert again.all("//form/@data-last") == [stored] == [f"{page}.2"]
    assert dict(again.form("Simpan bagian ini").fields)["page"] != f"{page}.0"
    assert again.all("//form/@data-kept") == [f"simpul.{writer.account.id}.{row.code}.dasar"]
