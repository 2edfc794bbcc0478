"""The pages of the trail: filters, pages by key, before and after, the file with its hash; nothing restricted leaks."""

import ast
import csv
import hashlib
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

import portal
from portal.domain.policy import SYSTEM, Actor, Role
from portal.domain.wording.events import EVENTS
from portal.domain.wording.things import THINGS
from portal.models import Entry
from portal.services import audit
from tests.factories import make_account, make_agreement
from tests.factories.instants import NOW
from tests.harness.pages import Page
from tests.harness.sample import SampleHouse


def text_of(page: Page) -> str:
    return " ".join(" ".join(page.all("//main//text()")).split())


def lines(page: Page) -> list[str]:
    return page.all("//table//td[1]/a/text()")


@pytest.fixture
def happened(session):
    """Somebody edits an open and a restricted agreement; somebody else is refused at the door."""
    officer, other = (make_account(session, Role.OFFICER, name=name) for name in ("Ratna Contoh", "Bimo Contoh"))
    plain = make_agreement(session)
    secret = make_agreement(session, is_confidential=True)
    actor = Actor(account_id=officer.id, name=officer.name, organisation_id=None)
    changes = {"changes": {"title": ["Judul lama", "=Judul baru"]}}
    audit.record(session, "agreement_edited", subject=plain, actor=actor, now=NOW, detail=changes)
    hidden = {"changes": {"title": ["Sangat rahasia", "Tetap rahasia"]}}
    audit.record(session, "agreement_edited", subject=secret, actor=actor, now=NOW, detail=hidden)
    theirs = Actor(account_id=other.id, name=other.name, organisation_id=None)
    audit.record(session, "sign_in_refused", subject=other, actor=theirs, now=NOW - timedelta(days=3))
    session.commit()
    return plain, secret


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("orang=ratna", ["Data naskah diubah", "Data naskah diubah"]),
        ("hasil=ditolak", ["Percobaan masuk ditolak"]),
        ("hasil=berhasil&perbuatan=agreement_edited&dari=2026-11-21&sampai=2026-11-21", ["Data naskah diubah"] * 2),
        ("benda=account", ["Percobaan masuk ditolak"]),
        ("sampai=2026-11-19", ["Percobaan masuk ditolak"]),
        ("orang=ratna&hasil=ditolak", []),
    ],
)
def test_the_trail_is_filtered_by_what_the_address_says(as_staff, happened, query, found):
    page = as_staff(Role.LEGAL).read(f"/kantor/audit?{query}")
    assert lines(page) == found
    if not found:
        assert "Tidak ada kejadian pada rentang ini" in text_of(page)


def test_one_agreement_is_found_by_its_code(as_staff, happened):
    plain, _secret = happened
    assert len(lines(as_staff(Role.HEAD).read(f"/kantor/audit?naskah={plain.code.lower()}"))) == 1


def test_pages_are_turned_by_key_and_every_entry_is_seen_once(session, as_staff):
    account = make_account(session)
    for number in range(120):
        audit.record(session, "account_changed", subject=account, actor=SYSTEM, now=NOW, detail={"number": number})
    session.commit()
    visitor, seen, address = as_staff(Role.ADMIN), [], "/kantor/audit?perbuatan=account_changed"
    while address:
        page = visitor.read(address)
        seen += page.all("//table//td[1]/a/@href")
        older = page.all("//a[contains(., 'Lebih lama')]/@href")
        address = older[0] if older else ""
    assert (len(seen), len(set(seen))) == (120, 120)


def test_an_entry_shows_before_and_after(session, as_staff, happened):
    number = session.scalars(select(Entry.id).where(Entry.agreement_id == happened[0].id)).one()
    said = text_of(as_staff(Role.LEGAL).page("staff.audit.show", number=number))
    missing = [w for w in ("Judul lama", "=Judul baru", "Ratna Contoh", "21 Nov 2026") if w not in said]
    assert missing == [], said
    assert as_staff(Role.LEGAL).get("staff.audit.show", number=10**6).status_code == 404


def test_what_is_done_on_a_page_is_sealed_and_told_as_whole(session, as_staff):
    admin, person = as_staff(Role.ADMIN), make_account(session)
    page = admin.page("staff.users.edit", number=person.id)
    admin.submit(page, "Simpan", {"name": "Nama Baru"})
    number = session.scalars(select(Entry.id).where(Entry.action == "account_changed")).one()
    said = text_of(admin.page("staff.audit.show", number=number))
    assert all(word in said for word in ("Data akun diubah", "Nama Baru", "Utuh"))


def test_an_administrator_reads_nothing_of_a_restricted_agreement(session, as_staff, happened):
    number = session.scalars(select(Entry.id).where(Entry.agreement_id == happened[1].id)).one()
    admin, legal = as_staff(Role.ADMIN), as_staff(Role.LEGAL)
    page = text_of(admin.page("staff.audit.show", number=number))
    assert "rahasia" not in page.lower()
    assert "dibatasi" in page
    assert "Sangat rahasia" in text_of(legal.page("staff.audit.show", number=number))
    assert b"rahasia" not in admin.get("staff.audit.export").data
    assert b"Sangat rahasia" in legal.get("staff.audit.export").data


def test_the_file_ends_with_the_hash_of_the_rest_and_holds_no_formula(as_staff, happened):
    answer = as_staff(Role.LEGAL).open("/kantor/audit/unduh?orang=ratna")
    body, last = answer.data.rsplit(b"SHA-256,", 1)
    assert last.strip().decode() == hashlib.sha256(body).hexdigest() == answer.headers["X-Content-SHA256"]
    rows = list(csv.reader(io.StringIO(body.decode())))
    assert [row[3] for row in rows[1:]] == ["agreement_edited"] * 2
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


@pytest.mark.parametrize("role", [Role.OFFICER, Role.DIRECTOR])
def test_the_trail_is_for_administrators_heads_and_legal_staff(as_staff, role):
    visitor = as_staff(role)
    assert [visitor.get(f"staff.audit.{name}").status_code for name in ("index", "export")] == [403, 403]


def recorded() -> set[str]:
    """Every act that a service writes down by its name, also where the name stands in a constant of its module."""
    found = set()
    for path in Path(portal.__file__).parent.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        names = {
            target.id: node.value.value
            for node in tree.body
            if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant)
            for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
            if isinstance(target, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"audit.record", "_record"} and node.args[1:]:
                act = node.args[1]
                said = act.value if isinstance(act, ast.Constant) else names.get(ast.unparse(act))
                found |= {said} if isinstance(said, str) else set()
    return found


def test_every_act_that_is_written_down_has_its_sentence():
    assert len(recorded()) > 100
    assert recorded() - set(EVENTS) == set()


@pytest.mark.minutes
@pytest.mark.sqlite_only
def test_everything_that_the_sample_set_did_has_sentence_and_name(make_sample: Callable[..., SampleHouse]):
    rows = make_sample().session.execute(select(Entry.action, Entry.subject_kind).distinct()).all()
    assert len(rows) > 40
    assert {row.action for row in rows} - set(EVENTS) == set()
    assert {row.subject_kind for row in rows} - set(THINGS) == set()
