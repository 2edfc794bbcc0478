"""Proposals of the clause library: what a version says, changing it, a clause from nothing.

Approving, declining and retiring are acts of `clauses`. Where a clause belongs and the duties that it proposes are part
of a version and are approved with its words.
"""

import re
import unicodedata
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from portal.domain import clause_check, clause_placing, clause_text, pattern, policy
from portal.domain.clause_placing import Placing
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.pattern import Pattern
from portal.domain.policy import Action, Actor
from portal.domain.publication import Publication
from portal.models import Clause, ClauseVersion, Entry
from portal.queries import clauses as reading
from portal.services import audit, clause_lint, clause_order, edit_conflicts

PROPOSED: Final = "clause_proposed"
BEGUN: Final = "clause_begun"
LONGEST_CODE: Final = 48


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """What a version says; `fallbacks` are pairs of name and text, best first.

    A pattern whose label is the number of an ayat, "ayat-2", asks for a label there (`clause_text.labelled`).
    """

    title: str
    text: str
    placing: Placing
    title_en: str = ""
    text_en: str = ""
    guidance: str = ""
    fallbacks: tuple[tuple[str, str], ...] = ()
    patterns: tuple[Pattern, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A wording that is proposed: why, and the version of the clause it was written upon (0 for a new clause)."""

    wording: Wording
    note: str
    version: int


TEXTS: Final = tuple(one.name for one in fields(Wording) if one.name not in {"fallbacks", "patterns", "placing"})


def wording_of(version: ClauseVersion) -> Wording:
    """Return what a version says; a move that is done already is not asked for again."""
    placing = clause_placing.read(version.placing)
    return Wording(
        **{name: getattr(version, name) for name in TEXTS},
        fallbacks=tuple((one["name"], one["text"]) for one in version.fallbacks),
        patterns=tuple(pattern.read(one) for one in version.patterns),
        placing=placing if version.stage is Publication.DRAFT else replace(placing, after=""),
    )


def newest(clause: Clause) -> ClauseVersion:
    """Return the wording that a change begins with: the waiting proposal, else the published one, else the last."""
    return reading.proposal(clause) or reading.published(clause) or clause.versions[-1]


def plain(wording: Wording) -> dict[str, Any]:
    """Return a wording as plain values by the names of its fields, for comparing and for the trail."""
    texts = {name: getattr(wording, name) for name in TEXTS}
    return {
        **texts,
        **clause_placing.to_plain(wording.placing),
        "fallbacks": [f"{name}: {text}" for name, text in wording.fallbacks],
        "patterns": [pattern.whole_sentence(one) for one in wording.patterns],
    }


def write(row: ClauseVersion, wording: Wording) -> None:
    """Put a wording into a version."""
    for name in TEXTS:
        setattr(row, name, getattr(wording, name))
    row.fallbacks = [{"name": name, "text": text} for name, text in wording.fallbacks]
    row.patterns = [pattern.to_plain(one) for one in wording.patterns]
    row.placing = clause_placing.to_plain(wording.placing)


def propose(session: Session, clause: Clause, change: Change, *, actor: Actor, now: datetime) -> ClauseVersion:
    """Propose a wording, as seen at a version of the clause; a proposal that waits already is rewritten.

    Raises EditConflict, with both people's values, when somebody saved a later version; RuleBroken naming the field
    (and the line of a text that is not in order).
    """
    policy.check(actor, Action.EDIT_CLAUSE)
    start, before = newest(clause), plain(wording_of(newest(clause)))
    if change.version != clause.version:
        edits, mine = and_(Entry.subject_kind == "clause", Entry.subject_id == clause.id), plain(change.wording)
        raise edit_conflicts.told(session, clause, version=change.version, mine=mine, stored=before, edits=edits)
    if clause.retired_at is not None:
        raise RuleBroken(N_("Klausul ini sudah pensiun. Buat varian bila teksnya masih diperlukan."))
    wording = _sound(change, code=clause.code)
    changed = audit.differences(before, plain(wording))
    if not changed:
        raise RuleBroken(N_("Belum ada yang berubah. Ubah teksnya lebih dulu."), field="text")
    row = reading.proposal(clause) or _next_version(clause, like=start)
    write(row, wording)
    row.note, row.made_by_id, row.made_at = change.note.strip(), actor.account_id, now
    if not any(one.approved_at for one in clause.versions):
        clause_order.place(session, clause, wording.placing)
    touch(clause, now=now)
    session.flush()
    detail = {"version": clause.version, "code": clause.code, "number": row.number, "changes": changed}
    audit.record(session, PROPOSED, subject=clause, actor=actor, now=now, detail=detail)
    session.flush()
    return row


def begin(session: Session, change: Change, *, actor: Actor, now: datetime) -> ClauseVersion:
    """Add a clause whose first wording is a proposal; drafts take it once it is approved. Raises as `propose` does."""
    policy.check(actor, Action.EDIT_CLAUSE)
    clause = Clause(code=free_code(session, change.wording.title), created_at=now, updated_at=now)
    wording = _sound(change, code=clause.code)
    placing = wording.placing
    clause.block, clause.condition = placing.block, placing.condition
    clause.kinds, clause.mandatory_kinds, clause.position = [], [], 0
    clause.owner_id = actor.account_id
    row = ClauseVersion(
        number=1, stage=Publication.DRAFT, note=change.note.strip(), made_by_id=actor.account_id, made_at=now
    )
    write(row, wording)
    clause.versions.append(row)
    session.add(clause)
    session.flush()
    clause_order.place(session, clause, placing)
    session.flush()
    detail = {"version": clause.version, "code": clause.code, "number": 1}
    audit.record(session, BEGUN, subject=clause, actor=actor, now=now, detail=detail)
    session.flush()
    return row


def _sound(change: Change, *, code: str) -> Wording:
    """Return the wording with the labels that its patterns ask for; raise RuleBroken naming the field."""
    if not change.wording.title.strip():
        raise RuleBroken(N_("Tulis judul Pasal."), field="title")
    if not change.note.strip():
        raise RuleBroken(N_("Tulis alasan perubahan, supaya Biro Hukum dapat menilainya."), field="note")
    clause_placing.check(change.wording.placing)
    made = labelled(change.wording, code=code)
    clause_check.check(text=made.text, text_en=made.text_en)
    clause_text.check_patterns(made.text, made.patterns)
    kinds = [kind.value for kind in made.placing.kinds]
    for fault in clause_lint.faults(kinds, code=code, text=made.text, text_en=made.text_en):
        raise RuleBroken(fault.finding.message, field=fault.field, **fault.finding.values)
    return made


def labelled(wording: Wording, *, code: str) -> Wording:
    """Return a wording in which every ayat that a pattern names by its number has a label, in both languages."""
    for place, one in enumerate(wording.patterns):
        if number := clause_text.asked_ayat(one.label):
            text, label = clause_text.labelled(wording.text, number, stem=reading.key_of(code))
            text_en = clause_text.labelled(wording.text_en, number, stem=reading.key_of(code), label=label)[0]
            patterns = [*wording.patterns]
            patterns[place] = replace(one, label=label)
            wording = replace(wording, text=text, text_en=text_en, patterns=tuple(patterns))
    return wording


def _next_version(clause: Clause, *, like: ClauseVersion) -> ClauseVersion:
    number = max(one.number for one in clause.versions) + 1
    row = ClauseVersion(clause_id=clause.id, number=number, stage=Publication.DRAFT, placing=dict(like.placing))
    clause.versions.append(row)
    return row


def free_code(session: Session, title: str) -> str:
    """Return a code made of a title, with a number where it is taken."""
    bare = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:LONGEST_CODE].strip("-")
    if not stem[:1].isalpha():
        stem = f"pasal-{stem}".strip("-")
    taken = set(session.scalars(select(Clause.code).where(Clause.code.startswith(stem, autoescape=True))))
    number = next(
        count for count in range(1, len(taken) + 2) if (stem if count == 1 else f"{stem}-{count}") not in taken
    )
    return stem if number == 1 else f"{stem}-{number}"


def touch(clause: Clause, *, now: datetime) -> None:
    """Write the row of the clause even within one instant, so that of two people the second is told."""
    clause.updated_at = now
    flag_modified(clause, "updated_at")
