"""Finds every row that is about a person, was written by it, or names it: by the marks of `models.personal` alone.

A table that is marked is searched by itself. With `wide` everything is searched, for the office; without it the reads
are kept to what a person may be given at once: no words of the office's own tables, no rows of other organisations in
which only the same name stands.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ColumnElement, String, Table, and_, cast, false, func, or_, select
from sqlalchemy.orm import Session

from portal.domain.personal import DataKind
from portal.models import Account, Base, DataRequest, personal
from portal.models.scope_lists import OFFICE_ONLY

AROUND: Final = 60
"""Letters on each side of a name that is only mentioned."""
_NAMING = frozenset({DataKind.NAME, DataKind.CONTACT})
_FREE = frozenset({DataKind.WORDS, DataKind.RECORD, DataKind.FACT})
_TITLES = frozenset({"code", "title", "action", "subject_kind", "period_key"})
"""Columns that say which record it is."""
_LETS_IN = frozenset({"invitation", "password_reset", "sign_in_code"})
"""Mails that carry what opens the portal: nobody else reads that, not even the office."""
_OFFICE_TABLES = frozenset(each.__tablename__ for each in OFFICE_ONLY)


class Relation(StrEnum):
    """What a row has to do with a person."""

    ABOUT = "about"
    BY = "by"
    MENTIONS = "mentions"


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Who is looked for: an account, names, and addresses at which the person is reached (mail, telephone)."""

    names: tuple[str, ...]
    contacts: tuple[str, ...]
    account_id: int | None = None
    organisation_id: int | None = None

    @property
    def needles(self) -> tuple[str, ...]:
        """Return every text that gives the person away, the longest first."""
        return tuple(sorted({*self.names, *self.contacts}, key=lambda text: (-len(text), text)))


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundRow:
    """One row, and what of it a copy shows."""

    table: str
    id: Any
    relation: Relation
    values: dict[str, Any]


def of_account(account: Account) -> Person:
    """Return whom an account belongs to."""
    return Person(
        names=(account.name,),
        contacts=tuple(each for each in (account.email, account.phone) if each),
        account_id=account.id,
        organisation_id=account.organisation_id,
    )


def tables() -> tuple[Table, ...]:
    """Return the tables that can tell of a person: marked ones, and those with a column that names an account."""
    found = Base.metadata.tables.values()
    linked = {table.name for table in found if account_columns(table)}
    return tuple(table for table in found if table.name in linked | set(personal.PERSONAL))


def of_request(row: DataRequest) -> Person:
    """Return who asks: the owner of an account, else whoever has this name and these addresses."""
    if row.account is not None:
        return of_account(row.account)
    return Person(names=(row.name,), contacts=tuple(each for each in (row.email, row.phone) if each))


def marked(table: str) -> Mapping[str, DataKind]:
    """Return the columns of a table that hold personal data, with the kind of each."""
    return personal.PERSONAL.get(table, {})


def account_columns(table: Table) -> tuple[str, ...]:
    """Return the columns of a table that name an account."""
    return tuple(
        column.name
        for column in table.columns
        if any(key.column.table.name == "account" for key in column.foreign_keys)
    )


def key_of(table: Table) -> str:
    """Return the name of the column that identifies a row."""
    return str(next(iter(table.primary_key.columns)).name)


def find(session: Session, person: Person, *, wide: bool, most: int | None = None) -> Iterator[FoundRow]:
    """Yield every row that has to do with a person, table by table; with `most` the newest so many of each table."""
    for table in sorted(tables(), key=lambda table: table.name):
        condition = _condition(table, person, wide=wide)
        statement = select(table).where(condition).order_by(table.c[key_of(table)].desc()).limit(most)
        for row in session.execute(statement).mappings():
            found = relation(table, dict(row), person)
            values = _shown(table, dict(row), person, found)
            yield FoundRow(table=table.name, id=row[key_of(table)], relation=found, values=values)


def naming(table: Table, person: Person) -> ColumnElement[bool]:
    """Return the condition that a text of a row gives a person away, in any marked column that is no secret."""
    kinds = personal.PERSONAL.get(table.name, {})
    found = [_contains(table, name, person.needles) for name, kind in kinds.items() if kind is not DataKind.SECRET]
    return or_(false(), *found)


def _condition(table: Table, person: Person, *, wide: bool) -> ColumnElement[bool]:
    kinds = personal.PERSONAL.get(table.name, {})
    own = _own_organisation(table, person)
    found: list[ColumnElement[bool]] = [false()]
    if person.account_id is not None:
        linked = ("id",) if table.name == "account" else account_columns(table)
        found += [table.c[name] == person.account_id for name in linked]
        if table.name == "entry":
            found.append(and_(table.c.subject_kind == "account", table.c.subject_id == person.account_id))
    contacts = [each.lower() for each in person.contacts]
    for name, kind in kinds.items():
        if kind is DataKind.CONTACT:
            found.append(func.lower(table.c[name]).in_(contacts))
        elif kind is DataKind.NAME:
            same = func.lower(table.c[name]).in_([each.lower() for each in person.names])
            found.append(same if wide else and_(same, own))
        elif kind in _FREE and wide:
            found.append(_contains(table, name, person.needles))
        elif kind in _FREE and table.name not in _OFFICE_TABLES:
            found.append(and_(_contains(table, name, person.contacts), own))
    return or_(*found)


def _own_organisation(table: Table, person: Person) -> ColumnElement[bool]:
    if "organisation_id" not in table.c or person.organisation_id is None:
        return false()
    return table.c.organisation_id == person.organisation_id


def _contains(table: Table, name: str, needles: tuple[str, ...]) -> ColumnElement[bool]:
    """Return whether a text, or JSON as it is stored, contains one of some texts, whatever the case of its letters."""
    text = func.lower(cast(table.c[name], String))
    forms = {form for needle in needles for form in (needle, json.dumps(needle)[1:-1])}
    return or_(false(), *(text.contains(form.lower(), autoescape=True) for form in sorted(forms)))


def relation(table: Table, row: dict[str, Any], person: Person) -> Relation:
    """Return what a row of a table has to do with a person."""
    if _is_about(table, row, person):
        return Relation.ABOUT
    linked = account_columns(table)
    if person.account_id is not None and any(row[name] == person.account_id for name in linked):
        return Relation.BY
    return Relation.MENTIONS


def _is_about(table: Table, row: dict[str, Any], person: Person) -> bool:
    if person.account_id is not None:
        owners = {"id"} if table.name == "account" else personal.OWNERS & set(account_columns(table))
        if any(row[name] == person.account_id for name in owners):
            return True
        if table.name == "entry" and (row["subject_kind"], row["subject_id"]) == ("account", person.account_id):
            return True
    known = {each.lower() for each in person.needles}
    kinds = personal.PERSONAL.get(table.name, {})
    return any(str(row[name]).lower() in known for name, kind in kinds.items() if kind in _NAMING)


def _shown(table: Table, row: dict[str, Any], person: Person, found: Relation) -> dict[str, Any]:
    kinds = marked(table.name)
    hidden = personal.INTERNAL | {name for name, kind in kinds.items() if kind is DataKind.SECRET}
    if table.name == "message" and row["template"] in _LETS_IN:
        hidden |= {"values", "body_text", "body_html"}
    open_ = {name: value for name, value in row.items() if name not in hidden}
    if found is Relation.ABOUT:
        return open_
    shown = {name: text for name in open_ if name in kinds and (text := _excerpt(open_[name], person.needles))}
    if found is Relation.BY:
        # What an act changed is mostly about others.
        own = None if table.name == "entry" else person.organisation_id
        is_own = own is not None and row.get("organisation_id") == own
        written = {DataKind.WORDS, DataKind.RECORD} if is_own else {DataKind.WORDS}
        shown |= {
            name: value for name, value in open_.items() if kinds.get(name) in written or _is_fact(name, value, kinds)
        }
    return shown


def _is_fact(name: str, value: Any, kinds: Any) -> bool:
    return name in _TITLES or (name not in kinds and isinstance(value, int | date | StrEnum))


def _excerpt(value: Any, needles: tuple[str, ...]) -> str:
    """Return what stands around the first text that gives the person away, of a record only the fields that do."""
    if isinstance(value, str):
        return _around(value, needles)
    fields = ((name, _around(text, needles)) for name, text in _fields(value))
    return "; ".join(f"{name}: {text}" if name else text for name, text in fields if text)


def _fields(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text of a record with the name of its field; the items of a list share the list's name."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _fields(each, str(key))
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _fields(each, name)
    elif value is not None:
        yield name, str(value)


def _around(text: str, needles: tuple[str, ...]) -> str:
    for needle in needles:
        place = text.lower().find(needle.lower())
        if place >= 0:
            start, end = max(0, place - AROUND), place + len(needle) + AROUND
            return ("…" if start else "") + text[start:end] + ("…" if end < len(text) else "")
    return ""
