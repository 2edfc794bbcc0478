"""A copy of what is kept about a person, as words for a page: kinds of records, why each is kept, and their rows."""

import json
from datetime import date, datetime
from typing import Any

from flask import Response
from flask_babel import gettext as _

from portal import clock
from portal.domain import processing
from portal.domain.policy import Role
from portal.domain.wording.fields_of_entries import ENTRY_FIELDS
from portal.domain.wording.personal import COLUMNS, TABLES
from portal.extensions import separate_session
from portal.queries import own_account, personal_export, personal_rows
from portal.web import downloads
from portal.web.filters import date_short, datetime_zone, label

ROWS = 10
"""So many rows of each kind stand on the page; the file has all."""
LETTERS = 400
WHICH = frozenset({"code", "title", "role", "number", "period_key", "starts_on", "ends_on"})
"""Columns that say which record it is, personal or not."""
UNREADABLE = frozenset({"body_html"})
"""The same words stand beside it for people; the file has both."""
Copy = dict[str, Any]
Item = dict[str, Any]


def own(account_id: int, *, most: int | None = None) -> Copy:
    """Return the copy that a person gets at once about itself.

    It is read beside the request's own session, which for partners sees only their organisation: a trail kept by the
    office about an account belongs to the copy, too. Only rows tied to this person are asked for.
    """
    with separate_session() as extra:
        person = personal_rows.of_account(own_account.get(extra, account_id))
        return personal_export.copy_of(extra, person, wide=False, now=clock.now(), most=most)


def as_json(copy: Copy, *, name: str) -> Response:
    """Return a copy as a file that other programs read."""
    text = json.dumps(copy, ensure_ascii=False, indent=1)
    return downloads.made(name=name, content=text.encode(), media_type="application/json")


def cards(copy: Copy, *, is_own: bool) -> list[Item]:
    """Return every kind of record with its purpose and its first rows, in the order of the register."""
    order = {table: place for place, each in enumerate(processing.REGISTER) for table in each.tables}
    records = sorted(copy["records"], key=lambda record: (order[record["table"]], record["table"]))
    return [_card(record, is_own=is_own) for record in records]


def _card(record: Item, *, is_own: bool) -> Item:
    return {
        "id": record["table"].replace("_", "-"),
        "label": _(TABLES[record["table"]]),
        "why": " ".join(_(record[part]) for part in ("purpose", "kept")),
        "rows": [_row(record["table"], row, is_own=is_own) for row in record["rows"][:ROWS]],
        "has_more": len(record["rows"]) > ROWS,
    }


def _row(table: str, row: Item, *, is_own: bool) -> Item:
    shown = (personal_rows.marked(table).keys() | WHICH) - UNREADABLE
    values = {name: value for name, value in row["values"].items() if name in shown and value not in (None, "", {}, [])}
    return {
        "title": _relation(row["relation"], is_own=is_own),
        "when": _when(row["values"]),
        "facts": [{"label": _name(name), "value": _text(name, value)} for name, value in values.items()],
    }


def _name(column: str) -> str:
    return _(COLUMNS.get(column) or ENTRY_FIELDS.get(column, column))


def _relation(relation: str, *, is_own: bool) -> str:
    if is_own:
        return str({"about": _("Tentang Anda"), "by": _("Anda kerjakan"), "mentions": _("Menyebut Anda")}[relation])
    words = {"about": _("Tentang orang ini"), "by": _("Dikerjakan orang ini"), "mentions": _("Menyebut orang ini")}
    return str(words[relation])


def _when(values: Item) -> str:
    moments = [value for name, value in values.items() if (name == "at" or name.endswith("_at")) and value]
    return datetime_zone(datetime.fromisoformat(moments[0])) if moments else ""


def _text(name: str, value: Any) -> str:
    if name == "role" and value in set(Role):
        return label(Role(value))
    if name.endswith("_on") and isinstance(value, str):
        return date_short(date.fromisoformat(value))
    said = _words(value)
    return said if len(said) <= LETTERS else said[:LETTERS] + "…"


def _words(value: Any) -> str:
    """Say a value as a person would read it; what lies inside another value stands in brackets."""
    if isinstance(value, dict):
        return "; ".join(f"{_name(key)}: {_inner(each)}" for key, each in value.items())
    if isinstance(value, list):
        return "; ".join(_inner(each) for each in value)
    return "–" if value is None else str(value)


def _inner(value: Any) -> str:
    return f"({_words(value)})" if isinstance(value, dict | list) else _words(value)
