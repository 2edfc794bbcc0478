"""The trail is one unbroken chain, and whatever is done to it beside the portal is found (design: platform E25)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from portal.domain.audit_chain import Head
from portal.domain.policy import SYSTEM
from portal.extensions import separate_session, separate_session_of
from portal.jobs import runner, sign_trail
from portal.models import AuditHead, Entry
from portal.models.scope import GateScope, OfficeScope, ScopedSession
from portal.queries import audit_chain
from portal.services import audit, audit_heads
from tests.factories import make_partner
from tests.factories.instants import NOW

ENTRIES = 9
COLUMNS = ("at", "actor_id", "organisation_id", "action", "subject_kind", "subject_id", "agreement_id", "request_id")


@pytest.fixture
def keys(app):
    return app.config["SETTINGS"].audit_keys


@pytest.fixture
def partner(session):
    made = make_partner(session)
    subject = SimpleNamespace(__tablename__="organisation", id=made.id)
    session.commit()
    return subject


@pytest.fixture
def chain(app, partner):
    """A trail of some commits; the number of entries."""
    for number in range(0, ENTRIES, 3):
        with runner.transaction(app) as session:
            for more in range(3):
                detail = {"n": number + more, "isi": "Ibu Siti – “kutipan” ½", "pecahan": 1.5, "kosong": None}
                audit.record(session, "uji", subject=partner, actor=SYSTEM, now=NOW, detail=detail)
    return ENTRIES


def verify(app, *outside):
    with runner.reading(app) as session:
        return audit_chain.verify(session, app.config["SETTINGS"].audit_keys, outside)


def test_commits_of_the_office_make_one_chain(app, chain):
    found = verify(app)
    assert (found.checked, found.sequence, found.fault) == (chain, chain, None)


def test_a_partner_and_the_gate_seal_what_they_add(app, chain, partner, session):
    with app.app_context(), separate_session_of(partner.id) as theirs:
        audit.record(theirs, "uji_mitra", subject=partner, actor=SYSTEM, now=NOW)
        theirs.commit()
    with app.app_context(), separate_session(GateScope()) as gate:
        gate.add(Entry(at=NOW, action="uji_gerbang", subject_kind="organisation", subject_id=1, detail={}))
        gate.commit()
    found = verify(app)
    assert (found.checked, found.fault) == (chain + 2, None)


def test_what_is_rolled_back_leaves_no_place_behind(app, chain, partner):
    with runner.transaction(app) as session:
        audit.record(session, "uji", subject=partner, actor=SYSTEM, now=NOW)
        inner = session.begin_nested()
        audit.record(session, "batal", subject=partner, actor=SYSTEM, now=NOW)
        session.flush()
        inner.rollback()
        with session.begin_nested():
            audit.record(session, "tetap", subject=partner, actor=SYSTEM, now=NOW)
    with runner.transaction(app, keep=False) as session:
        audit.record(session, "batal", subject=partner, actor=SYSTEM, now=NOW)
        session.flush()
    with runner.transaction(app) as session:
        audit.record(session, "uji", subject=partner, actor=SYSTEM, now=NOW)
    found = verify(app)
    assert (found.checked, found.fault) == (chain + 3, None)


def test_what_was_there_before_the_chain_is_sealed_once(app, session, partner, keys):
    for _ in range(3):
        audit.record(session, "dulu", subject=partner, actor=SYSTEM, now=NOW)
    session.commit()
    with runner.transaction(app) as office:
        assert [audit_heads.begin(office, keys[0]), audit_heads.begin(office, keys[0])] == [3, 0]
    assert verify(app).checked == 3
    audit.record(session, "menyusul tanpa segel", subject=partner, actor=SYSTEM, now=NOW)
    session.commit()
    with runner.transaction(app) as office:
        assert audit_heads.begin(office, keys[0]) == 0
    assert "tidak bersegel" in str(verify(app).fault)


def test_a_new_key_goes_on_where_the_old_one_ended(app, make_app, chain, partner, keys):
    new = make_app(audit_key="k" * 40, audit_key_old=keys[0].decode())
    with runner.transaction(new) as session:
        audit.record(session, "uji", subject=partner, actor=SYSTEM, now=NOW)
    found = verify(new)
    assert (found.checked, found.fault) == (chain + 1, None)
    assert "Isi baris 10 berubah" in str(verify(app).fault)


def drop_guards(connection: Connection) -> None:
    sqlite = connection.dialect.name == "sqlite"
    for name in ("entry_is_kept", "entry_is_unchanged" if sqlite else "entry_is_whole"):
        connection.execute(text(f"DROP TRIGGER {name}" + ("" if sqlite else " ON entry")))


def fault_after(engine: Engine, keys, tamper: Callable[[Connection], None], *outside: Head):
    """What the check says after a tampering without the guards; everything is as before afterwards."""
    with engine.connect() as connection, connection.begin() as outer:
        drop_guards(connection)
        tamper(connection)
        with ScopedSession(bind=connection, join_transaction_mode="create_savepoint") as session:
            session.work_for(OfficeScope())
            found = audit_chain.verify(session, keys, outside)
        outer.rollback()
    return found.fault


def change(row: int, column: str, other: int) -> Callable[[Connection], None]:
    """Give a column of a row another value: that of another row, or one that no row has."""
    values = {
        "at": "'2026-01-02 03:04:05.000000'",
        "actor_id": "999999",
        "organisation_id": "NULL",
        "agreement_id": "999999",
        "subject_id": "777",
        "detail": """'{"n": 777}'""",
        "previous_hash": f"'{'0' * 64}'",
        "mac": f"'{'0' * 64}'",
        "detail_digest": f"'{'0' * 64}'",
        "sequence": "NULL" if other % 2 else "777",
        "id": "7777",
    }

    def tamper(connection: Connection) -> None:
        value = values.get(column, "'lain'")
        where = f"sequence = {row}"
        if column == "organisation_id":
            value = "(SELECT max(id) + 1 FROM entry)" if other % 2 else "999999"
        _without_keys(connection)
        connection.execute(text(f"UPDATE entry SET {column} = {value} WHERE {where}"))

    return tamper


def _without_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA defer_foreign_keys = ON"))
    else:
        connection.execute(text("SET LOCAL session_replication_role = replica"))


def delete(row: int) -> Callable[[Connection], None]:
    return lambda connection: connection.execute(text(f"DELETE FROM entry WHERE sequence = {row}"))


def close_up(row: int) -> Callable[[Connection], None]:
    """Delete a row and let those behind it move up."""

    def tamper(connection: Connection) -> None:
        delete(row)(connection)
        for place in range(row + 1, ENTRIES + 1):
            connection.execute(text(f"UPDATE entry SET sequence = {place - 1} WHERE sequence = {place}"))

    return tamper


def swap(row: int, other: int) -> Callable[[Connection], None]:
    def tamper(connection: Connection) -> None:
        for before, after in ((row, 9000), (other, row), (9000, other)):
            connection.execute(text(f"UPDATE entry SET sequence = {after} WHERE sequence = {before}"))

    return tamper


def insert(row: int, place: str) -> Callable[[Connection], None]:
    """Put a copy of a row in: without a seal, or behind the last with the seal of the copied one."""
    told = "at, actor_id, organisation_id, action, subject_kind, subject_id, agreement_id, detail, request_id"
    seal = "detail_digest, previous_hash, mac"

    def tamper(connection: Connection) -> None:
        names = told if place == "NULL" else f"{told}, {seal}"
        copied = f"SELECT {place}, 5000, {names} FROM entry WHERE sequence = {row}"
        connection.execute(text(f"INSERT INTO entry (sequence, id, {names}) {copied}"))

    return tamper


ROWS = st.integers(1, ENTRIES)
TAMPERINGS = st.one_of(
    st.tuples(
        st.just("change"), ROWS, st.sampled_from((*COLUMNS, "detail", "mac", "previous_hash", "sequence", "id")), ROWS
    ),
    st.tuples(st.just("digest"), ROWS),
    st.tuples(st.just("delete"), st.integers(1, ENTRIES - 1)),
    st.tuples(st.just("close_up"), st.integers(1, ENTRIES - 1)),
    st.tuples(st.just("swap"), ROWS, ROWS).filter(lambda it: it[1] != it[2]),
    st.tuples(st.just("insert"), ROWS, st.sampled_from(("NULL", str(ENTRIES + 1)))),
)
DOES = {
    "change": change,
    "digest": lambda row: change(row, "detail_digest", 0),
    "delete": delete,
    "close_up": close_up,
    "swap": swap,
    "insert": insert,
}


def test_any_single_tampering_is_found(app, engine, chain, keys):
    seen = set()

    @settings(max_examples=150)
    @given(TAMPERINGS)
    def check(case):
        seen.add(case[0])
        assert fault_after(engine, keys, DOES[case[0]](*case[1:])) is not None, case

    check()
    assert seen == set(DOES)
    assert verify(app).is_whole


def test_a_tail_that_was_cut_off_is_shown_by_a_head_kept_elsewhere(app, engine, chain, keys):
    found = verify(app)
    head = Head.sign(keys[0], date(2026, 11, 21), found.sequence, found.mac)
    assert fault_after(engine, keys, delete(ENTRIES)) is None
    assert str(fault_after(engine, keys, delete(ENTRIES), head)) == (
        "Rantai terpotong: baris 9, kepala tanggal 2026-11-21, tidak ada lagi."
    )
    assert verify(app, Head.read(head.line)).is_whole
    assert "tidak ditandatangani" in str(verify(app, replace(head, mac="0" * 64)).fault)
    other = Head.sign(keys[0], head.day, head.sequence, "0" * 64)
    assert "berbeda dari kepala" in str(verify(app, other).fault)


def test_the_database_refuses_to_change_or_remove_an_entry(engine, chain):
    for statement in (
        "DELETE FROM entry WHERE sequence = 2",
        "DELETE FROM entry",
        "UPDATE entry SET action = 'lain' WHERE sequence = 2",
        "UPDATE entry SET detail = '{}' WHERE sequence = 2",
        "UPDATE entry SET organisation_id = NULL",
        "UPDATE entry SET mac = NULL WHERE sequence = 2",
        f"UPDATE entry SET mac = '{'0' * 64}' WHERE sequence = 2",
        *(["TRUNCATE entry"] if engine.dialect.name == "postgresql" else []),
    ):
        with pytest.raises(DBAPIError, match="Jejak hanya ditambah"), engine.begin() as connection:
            connection.execute(text(statement))


def test_a_detail_is_erased_with_an_entry_that_names_it_and_never_in_silence(app, engine, chain, keys):
    with runner.transaction(app) as session:
        rows = session.query(Entry).order_by(Entry.id).limit(2).all()
        erased = [row.id for row in rows]
        audit.erase_details(session, rows, reason="Masa simpan lewat", actor=SYSTEM, now=NOW)
    with runner.reading(app) as session:
        told = session.query(Entry).order_by(Entry.id.desc()).first()
        assert (told.action, told.detail["ids"]) == ("details_erased", erased)
        assert session.get_one(Entry, erased[0]).detail == {"erased": True}
    assert verify(app).is_whole
    with runner.transaction(app) as session:
        rows = session.query(Entry).order_by(Entry.id).limit(2).all()
        assert audit.erase_details(session, rows, reason="Sekali lagi", actor=SYSTEM, now=NOW) is None

    def in_silence(connection):
        connection.execute(text("""UPDATE entry SET detail = '{"erased": true}' WHERE sequence = 4"""))

    assert "Rincian baris 4 dihapus tanpa catatan" in str(fault_after(engine, keys, in_silence))


def test_the_head_of_a_day_is_kept_signed_and_sent_once(make_app, chain, outbox, tmp_path):
    app = make_app(audit_mailbox="arsip@contoh.test", audit_heads_file=tmp_path / "kepala.txt")
    assert sign_trail.run(app, now=NOW, slot="2026-11-21") == "9 baris jejak diperiksa, rantai utuh"
    assert sign_trail.run(app, now=NOW, slot="2026-11-21") is None
    sign_trail.run(app, now=NOW)
    sign_trail.run(app, now=NOW + timedelta(days=1), slot="2026-11-22")
    with runner.reading(app) as session:
        kept = [audit_heads.line(row) for row in session.query(AuditHead).order_by(AuditHead.day)]
    assert (tmp_path / "kepala.txt").read_text().splitlines() == kept
    assert [mail.recipient for mail in outbox.of("audit_head")] == ["arsip@contoh.test"] * 2
    assert [mail.values["line"] for mail in outbox.of("audit_head")] == kept
    assert verify(app, *(Head.read(line) for line in kept)).is_whole
