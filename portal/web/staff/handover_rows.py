"""What is handed over in words: groups with their lists, numbers of open work, the record."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from flask import url_for
from flask_babel import gettext as _

from portal.domain.dates import office_date
from portal.domain.handover import Holding
from portal.domain.policy import Action, may
from portal.queries import handovers as reading
from portal.queries.handovers import Thing
from portal.web import guard
from portal.web.filters import date_long, datetime_zone, label

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from portal.models import Account, Handover

Item = dict[str, Any]
Held = Mapping[Holding, tuple[int, ...]]


def _readable() -> bool:
    return bool(may(guard.actor(), Action.SEE_CONFIDENTIAL))


def _thing(kind: Holding, thing: Thing) -> Item:
    if kind is Holding.DEPUTY:
        first, _slash, last = (thing.title or "").partition("/")
        span = {"first": date_long(date.fromisoformat(first)), "last": date_long(date.fromisoformat(last))}
        return {"code": thing.code, "title": _("cuti %(first)s sampai %(last)s", **span), "href": None}
    addresses = {
        Holding.AGREEMENT: "staff.agreements.show",
        Holding.CLAUSE: "staff.clauses.show",
        Holding.BULK_RUN: "staff.bulk.show",
    }
    is_hidden = thing.title is None
    return {
        "code": thing.code,
        "title": _("Naskah dibatasi") if is_hidden else thing.title,
        "href": None if is_hidden else url_for(addresses[kind], code=thing.code),
    }


def groups(session: "Session", held: Held) -> list[Item]:
    """Return what a person holds, kind by kind, with a list of each."""
    found = []
    for kind, ids in held.items():
        rows = reading.things(session, kind, ids, readable=_readable())
        found.append(
            {"kind": kind.value, "title": label(kind), "count": len(ids), "rows": [_thing(kind, row) for row in rows]}
        )
    return found


def numbers(found: Mapping[str, int]) -> list[Item]:
    """Return the open work that goes with agreements."""
    titles = {
        "duties": _("Tenggat yang terbuka"),
        "reports": _("Laporan yang menunggu telaah"),
        "questions": _("Pertanyaan yang belum dijawab"),
        "drafts": _("Draf yang sedang disusun"),
    }
    return [{"label": title, "value": found.get(name, 0)} for name, title in titles.items()]


def preview(held: Held, taken: "Mapping[Holding, Account]") -> list[Item]:
    """Return what would go to whom, and what stays."""
    return [
        {
            "label": label(kind),
            "value": _("%(n)s kepada %(name)s", n=len(ids), name=taken[kind].name)
            if kind in taken
            else _("%(n)s tetap, belum dialihkan", n=len(ids)),
        }
        for kind, ids in held.items()
    ]


def record(session: "Session", row: "Handover") -> Item:
    """Return the record of a hand-over."""
    people = reading.names(session, [group["successor_id"] for group in row.content["groups"]])
    parts = []
    for group in row.content["groups"]:
        kind, ids = Holding(group["kind"]), group["ids"]
        rows = reading.things(session, kind, ids, readable=_readable())
        parts.append(
            {
                "id": kind.value,
                "title": label(kind),
                "count": len(ids),
                "successor": people[group["successor_id"]].name,
                "unit": people[group["successor_id"]].organisation.name,
                "rows": [_thing(kind, each) for each in rows],
            }
        )
    return {
        "row": row,
        "day": date_long(office_date(row.made_at)),
        "when": datetime_zone(row.made_at),
        "parts": parts,
        "numbers": numbers(row.content["numbers"]),
        "signers": [row.account.name, *dict.fromkeys(part["successor"] for part in parts)],
    }
