"""A copy names every marked column; after erasing nothing is left of the person, on both databases (platform E26)."""

import json

import pytest
from sqlalchemy import JSON, String, func, select, update

from portal.domain.errors import RuleBroken
from portal.domain.personal import DataKind
from portal.domain.policy import SYSTEM, Actor, Role
from portal.jobs import runner
from portal.models import Account, AuditHead, Base, Contact, Entry, Message, OfficeHolder, personal
from portal.models.base import EnumText
from portal.queries import audit_chain, personal_export, personal_rows
from portal.queries.personal_rows import Person
from portal.services import accounts, audit, erasure, notices
from tests.factories import make_account, make_agreement, make_partner
from tests.factories.instants import NOW
from tests.harness import rows

NAME, EMAIL, PHONE = "Siti Kenari Maryam", "siti.kenari@contoh.test", "0812-7777-1234"
TABLES = Base.metadata.tables
GIVEN_BY_HASH_ONLY = {"sign_in_lock"}
SHORT = 100


def words(column):
    """A text that names the person and fits into a column."""
    length = getattr(column.type, "length", None) or 4000
    full = f"{column.table.name} {column.name}: {NAME}, {EMAIL} {PHONE}"
    return full if length >= SHORT else NAME if length >= len(NAME) else "id"


def told(column, kind):
    """What stands in a marked column about the person."""
    if kind is DataKind.NAME:
        return NAME
    if kind is DataKind.CONTACT:
        return EMAIL if column.type.length > len(PHONE) * 4 else PHONE
    if kind is DataKind.RECORD:
        return {"isi": [{"siapa": f"dari {NAME.upper()}"}], EMAIL: 1}
    return words(column)


@pytest.fixture
def person(session):
    """A house with two rows in every table; each marked column of each row names the owner of the second account."""
    session.commit()
    with session.get_bind().begin() as connection:
        rows.fill(connection, Base.metadata)
        for table, kinds in personal.PERSONAL.items():
            if table in {"account", "entry"}:
                continue
            open_ = {name: kind for name, kind in kinds.items() if kind is not DataKind.SECRET}
            values = {name: told(TABLES[table].c[name], kind) for name, kind in open_.items()}
            if values:
                connection.execute(update(TABLES[table]).values(values))
        if connection.dialect.name == "postgresql":
            for name in ("entry", "plan_change", "register_change"):
                connection.execute(select(func.setval(func.pg_get_serial_sequence(name, "id"), 100)))
        # The trail is only ever added to.
        entry = {
            "at": NOW,
            "action": "uji",
            "subject_kind": "contact",
            "detail": told(TABLES["entry"].c.detail, DataKind.RECORD),
        }
        connection.execute(TABLES["entry"].insert().values(entry))
        account = {"name": NAME, "email": EMAIL, "phone": PHONE, "greeting": f"Ibu {NAME}"}
        connection.execute(update(TABLES["account"]).where(TABLES["account"].c.id == 2).values(account))
    return personal_rows.of_account(session.get_one(Account, 2))


def dump(session):
    """Every text of every table as it is stored, by table and column."""
    session.expire_all()
    found = {}
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, String | JSON) and not isinstance(column.type, EnumText):
                values = session.execute(select(column)).scalars().all()
                found[table.name, column.name] = json.dumps(values, ensure_ascii=False).lower()
    return found


def hits(session):
    """The columns in which name, address or number still stand."""
    needles = [each.lower() for each in (NAME, EMAIL, PHONE)]
    return {place for place, text in dump(session).items() if any(needle in text for needle in needles)}


def test_a_copy_for_the_office_shows_every_marked_column_and_no_secret(session, person):
    copy = personal_export.copy_of(session, person, wide=True, now=NOW)
    shown = {record["table"]: json.dumps([row["values"] for row in record["rows"]]) for record in copy["records"]}
    assert set(personal.PERSONAL) - set(shown) == GIVEN_BY_HASH_ONLY
    for table, kinds in personal.PERSONAL.items():
        for name, kind in kinds.items():
            if kind is DataKind.SECRET:
                assert f'"{name}"' not in shown.get(table, "")
            elif (table, name) != ("account", "language"):
                assert f'"{name}"' in shown[table], f"{table}.{name}"


def test_after_erasing_only_the_archive_of_agreements_names_the_person(session, person):
    marked = {(t, c) for t, kinds in personal.PERSONAL.items() for c in kinds if kinds[c] is not DataKind.SECRET}
    assert hits(session) == marked - {("account", "language")}
    erasure.wipe(session, person, actor=SYSTEM, now=NOW)
    erasure.blank_account(session.get_one(Account, 2), now=NOW)
    session.commit()
    kept = {(table, column) for table, columns in personal.ARCHIVED.items() for column in columns}
    assert hits(session) - kept == set()
    assert session.get_one(Account, 2).name == "Orang #2 (data dihapus)"


@pytest.fixture
def admin(session):
    """Who decides."""
    made = make_account(session, Role.ADMIN, name="Admin Contoh")
    return Actor(
        account_id=made.id, name=made.name, organisation_id=made.organisation_id, roles=frozenset({Role.ADMIN})
    )


@pytest.fixture
def siti(session):
    """A partner's person with a past."""
    partner = make_partner(session)
    made = make_account(session, Role.PARTNER_RESPONSIBLE, partner, name=NAME, email=EMAIL, phone=PHONE)
    session.add(Contact(organisation_id=partner.id, name=NAME, email=EMAIL))
    session.add(OfficeHolder(organisation_id=partner.id, name=NAME, office="Ketua"))
    session.commit()
    return made


def test_the_chain_of_the_trail_verifies_after_erasing(app, session, siti, admin):
    keys, number = app.config["SETTINGS"].audit_keys, siti.id
    session.commit()
    with runner.transaction(app) as work:
        own = work.get_one(Account, number)
        actor = Actor(account_id=own.id, name=own.name, organisation_id=own.organisation_id)
        audit.record(work, "account_changed", subject=own, actor=actor, now=NOW, detail={"name": ["Siti K.", NAME]})
        values = {"asked_at": NOW.isoformat()}
        notices.enqueue(work, template="test_mail", account=own, values=values, slot="uji", now=NOW)
    with runner.transaction(app) as work:
        erasure.erase_account(work, work.get_one(Account, number), actor=admin, now=NOW)
    assert hits(session) == set()
    session.commit()
    with runner.transaction(app, keep=False) as work:
        verdict = audit_chain.verify(work, keys, ())
    assert verdict.is_whole, str(verdict.fault)
    assert verdict.checked >= 3
    assert "Siti K." not in json.dumps([each.detail for each in session.scalars(select(Entry))])
    assert session.scalars(select(Message.values)).one() == {}


def test_an_erased_person_is_let_in_no_more(session, siti, admin):
    erasure.erase_account(session, siti, actor=admin, now=NOW)
    session.commit()
    browser = accounts.Browser(address="127.0.0.1")
    found = accounts.try_sign_in(session, email=EMAIL, password="rahasia", browser=browser, second_step=False, now=NOW)
    assert found.token is None


def test_who_still_holds_work_and_oneself_are_not_erased(session, admin):
    officer = make_account(session, Role.OFFICER)
    make_agreement(session, officer_id=officer.id)
    with pytest.raises(RuleBroken, match="Mutasikan dulu"):
        erasure.erase_account(session, officer, actor=admin, now=NOW)
    with pytest.raises(RuleBroken, match="administrator lain"):
        erasure.erase_account(session, session.get_one(Account, admin.account_id), actor=admin, now=NOW)


def test_somebody_without_an_account_is_erased_and_a_namesake_stays(session, siti, admin):
    other = make_partner(session)
    session.add(Contact(organisation_id=other.id, name="Budi Jalak", email="budi@contoh.test", phone="0813"))
    session.commit()
    person = Person(names=("Budi Jalak",), contacts=("0813", "budi@contoh.test"))
    erasure.erase_known(session, person, subject=siti, actor=admin, now=NOW)
    session.commit()
    assert session.scalars(select(Contact.name)).all() == [NAME]
    assert session.scalars(select(AuditHead)).all() == []
