"""Loading of the shipped clauses: version 1 of each, published. Afterwards the table of versions rules."""

import tomllib
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.domain.clause import Block, Condition
from portal.domain.clause_placing import STEP
from portal.domain.policy import SYSTEM
from portal.domain.publication import Publication
from portal.models import Clause, ClauseVersion
from portal.paths import REFERENCE
from portal.services import audit

FOLDER: Final = REFERENCE / "clauses"


def shipped(folder: Path = FOLDER) -> list[dict[str, Any]]:
    """Return the entries of all files in the order of the field."""
    order = {block.value: place for place, block in enumerate(Block)}
    files = sorted(folder.glob("*.toml"), key=lambda path: (order.get(path.stem, len(order)), path.stem))
    return [row for path in files for row in _read(path.read_text(encoding="utf-8"))]


@lru_cache(maxsize=64)
def _read(text: str) -> list[dict[str, Any]]:
    """Read a file once; nobody changes what is read."""
    found: list[dict[str, Any]] = tomllib.loads(text)["clause"]
    return found


def seed(session: Session, *, now: datetime, folder: Path = FOLDER) -> int:
    """Bring in the shipped clauses that are absent; return how many. Safe to repeat."""
    known = {row.code: row for row in session.scalars(select(Clause))}
    added = []
    for place, row in enumerate(shipped(folder), start=1):
        if row["code"] not in known and row.get("text"):
            known[row["code"]] = _clause(row, position=place * STEP, now=now)
            added.append(row)
    session.add_all(known[row["code"]] for row in added)
    session.flush()
    for row in added:
        if row.get("variant_of") in known:
            known[row["code"]].variant_of_id = known[row["variant_of"]].id
    session.flush()
    if added:
        first = known[added[0]["code"]]
        audit.record(session, "clauses_seeded", subject=first, actor=SYSTEM, now=now, detail={"count": len(added)})
        session.flush()
    return len(added)


def _clause(row: dict[str, Any], *, position: int, now: datetime) -> Clause:
    clause = Clause(
        code=row["code"],
        block=Block(row["block"]),
        position=position,
        kinds=list(row["kinds"]),
        mandatory_kinds=list(row.get("mandatory_kinds", ())),
        condition=Condition(row.get("condition", Condition.ALWAYS)),
        created_at=now,
        updated_at=now,
    )
    clause.versions.append(
        ClauseVersion(
            number=1,
            stage=Publication.PUBLISHED,
            title=row["title"],
            title_en=row.get("title_en", ""),
            text=row["text"].strip(),
            text_en=row.get("text_en", "").strip(),
            guidance=row.get("guidance", "").strip(),
            fallbacks=[{"name": one["name"], "text": one["text"].strip()} for one in row.get("fallbacks", ())],
            patterns=list(row.get("patterns", ())),
            placing={
                "block": row["block"],
                "kinds": list(row["kinds"]),
                "mandatory_kinds": list(row.get("mandatory_kinds", ())),
                "condition": row.get("condition", Condition.ALWAYS.value),
                "after": "",
            },
            made_at=now,
            approved_at=now,
        )
    )
    return clause
