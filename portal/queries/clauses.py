"""Reads of the clause library: search, one clause with its versions, the wordings that drafts start with."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, String, case, cast, exists, func, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from portal.domain.agreement import AgreementKind
from portal.domain.clause import Article, Block, ClauseTree, Condition, Level, parse
from portal.domain.errors import NotFound
from portal.domain.publication import Publication
from portal.models import Clause, ClauseVersion
from portal.queries import clause_pairs, clause_use

PAGE_SIZE = 25


class Pair(StrEnum):
    """What is asked of the English text beside the Indonesian one."""

    PRESENT = "present"
    MISSING = "missing"
    HALF_CHANGED = "half_changed"


@dataclass(frozen=True, kw_only=True, slots=True)
class ClauseFilter:
    """What is asked of the library; an empty field asks nothing. `is_retired` False leaves retired clauses out."""

    block: Block | None = None
    kind: AgreementKind | None = None
    condition: Condition | None = None
    is_mandatory: bool | None = None
    has_pattern: bool | None = None
    stage: Publication | None = None
    pair: Pair | None = None
    words: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClauseRow:
    """One line of the library: the published wording, else the newest."""

    code: str
    block: Block
    title: str
    first_line: str
    number: int
    stage: Publication
    condition: Condition
    mandatory_kinds: tuple[str, ...]
    has_pattern: bool
    has_english: bool
    is_half_changed: bool
    has_proposal: bool
    variant_of: str | None
    templates: int
    """How many published templates start with it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ClausePage:
    """One page of the library, and how many clauses each block has under the same filter."""

    rows: tuple[ClauseRow, ...]
    total: int
    page: int
    blocks: Mapping[Block, int]


def key_of(code: str) -> str:
    """Return the key that the article of a clause has in a draft."""
    return code.replace("-", "_")


def article(version: ClauseVersion, *, is_included: bool = True, is_mandatory: bool = False) -> Article:
    """Return a wording of the library as the article of a draft."""
    clause = version.clause
    return Article(
        key=key_of(clause.code),
        title=version.title,
        text=version.text,
        title_en=version.title_en,
        text_en=version.text_en,
        block=clause.block.value,
        clause=clause.code,
        version=version.number,
        condition=clause.condition,
        is_included=is_included or is_mandatory,
        is_mandatory=is_mandatory,
    )


def articles(session: Session, slots: Iterable[Mapping[str, Any]]) -> ClauseTree:
    """Return the tree that a draft starts with, of {"code", "is_included", "is_mandatory"} in order.

    A clause that has no published wording any more is left out.
    """
    wanted = list(slots)
    known = current(session, [slot["code"] for slot in wanted])
    return tuple(
        article(
            known[slot["code"]],
            is_included=slot.get("is_included", True),
            is_mandatory=slot.get("is_mandatory", False),
        )
        for slot in wanted
        if slot["code"] in known
    )


def current(session: Session, codes: Collection[str]) -> dict[str, ClauseVersion]:
    """Return the published wording of each clause that has one, by its code."""
    rows = session.scalars(
        select(ClauseVersion)
        .join(ClauseVersion.clause)
        .where(Clause.code.in_(codes), ClauseVersion.stage == Publication.PUBLISHED)
        .options(joinedload(ClauseVersion.clause))
    )
    return {row.clause.code: row for row in rows}


def fitting(session: Session, kind: AgreementKind) -> tuple[ClauseVersion, ...]:
    """Return the published wordings that fit a kind of agreement, in the order of the field."""
    rows = session.scalars(
        select(ClauseVersion)
        .join(ClauseVersion.clause)
        .where(ClauseVersion.stage == Publication.PUBLISHED, _holds(Clause.kinds, kind))
        .order_by(Clause.position, Clause.id)
        .options(joinedload(ClauseVersion.clause))
    )
    return tuple(rows)


def get(session: Session, code: str) -> Clause:
    """Return the clause of a code with its versions and who made and approved them; raise NotFound."""
    people = joinedload(ClauseVersion.made_by), joinedload(ClauseVersion.approved_by)
    found = session.scalar(
        select(Clause)
        .where(Clause.code == code)
        .options(selectinload(Clause.versions).options(*people), joinedload(Clause.owner))
    )
    if found is None:
        raise NotFound
    return found


def published(clause: Clause) -> ClauseVersion | None:
    """Return the wording that drafts take, None when there is none."""
    return next((one for one in clause.versions if one.stage is Publication.PUBLISHED), None)


def proposal(clause: Clause) -> ClauseVersion | None:
    """Return the wording that waits for approval, None when there is none."""
    return next((one for one in reversed(clause.versions) if one.stage is Publication.DRAFT), None)


def numbered_version(clause: Clause, number: int) -> ClauseVersion:
    """Return the wording with this number; raise NotFound."""
    found = next((one for one in clause.versions if one.number == number), None)
    if found is None:
        raise NotFound
    return found


def _holds(column: Any, kind: AgreementKind) -> ColumnElement[bool]:
    """Tell whether a list of codes, kept as JSON, names a kind."""
    return cast(column, String).contains(f'"{kind.value}"')


def _conditions(asked: ClauseFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [true()]
    if asked.kind is not None:
        found.append(_holds(Clause.kinds, asked.kind))
    if asked.condition is not None:
        found.append(Clause.condition == asked.condition)
    if asked.is_mandatory is not None:
        is_free = cast(Clause.mandatory_kinds, String) == "[]"
        found.append(~is_free if asked.is_mandatory else is_free)
    if asked.has_pattern is not None:
        is_bare = cast(ClauseVersion.patterns, String) == "[]"
        found.append(~is_bare if asked.has_pattern else is_bare)
    return [*found, _stage(asked.stage), *(_has_word(word) for word in asked.words.lower().split())]


def _pair(pair: Pair | None, halves: Collection[int]) -> ColumnElement[bool]:
    if pair is None:
        return true()
    if pair is Pair.HALF_CHANGED:
        return ClauseVersion.id.in_(halves)
    return (ClauseVersion.text_en == "") if pair is Pair.MISSING else (ClauseVersion.text_en != "")


def _stage(stage: Publication | None) -> ColumnElement[bool]:
    if stage is Publication.DRAFT:
        return _has_proposal()
    if stage is None:
        return Clause.retired_at.is_(None)
    return ClauseVersion.stage == stage


def _has_proposal() -> ColumnElement[bool]:
    waiting = ClauseVersion.__table__.alias("waiting")
    return exists(select(waiting.c.id).where(waiting.c.clause_id == Clause.id, waiting.c.stage == Publication.DRAFT))


def _has_word(word: str) -> ColumnElement[bool]:
    columns = (ClauseVersion.title, ClauseVersion.text, ClauseVersion.title_en, ClauseVersion.text_en, Clause.code)
    return or_(*(func.lower(column).contains(word, autoescape=True) for column in columns))


def shown() -> Any:
    """Return the id of the wording that stands for a clause: the published one, else the newest."""
    one = ClauseVersion.__table__.alias("shown")
    rank = case((one.c.stage == Publication.PUBLISHED, 0), else_=1)
    return (
        select(one.c.id)
        .where(one.c.clause_id == Clause.id)
        .order_by(rank, one.c.number.desc())
        .limit(1)
        .correlate(Clause)
        .scalar_subquery()
    )


def search(session: Session, asked: ClauseFilter, *, page: int = 1) -> ClausePage:
    """Return one page of the library in the order of the field."""
    halves = clause_pairs.half_changed_versions(session)
    joined = select(Clause).join(ClauseVersion, ClauseVersion.id == shown())
    joined = joined.where(*_conditions(asked), _pair(asked.pair, halves))
    counted = joined.with_only_columns(Clause.block, func.count(Clause.id)).group_by(Clause.block)
    blocks = {row[0]: row[1] for row in session.execute(counted)}
    total = sum(blocks.values()) if asked.block is None else blocks.get(asked.block, 0)
    page = min(max(page, 1), max(1, -(-total // PAGE_SIZE)))
    parent = Clause.__table__.alias("parent")
    rows = session.execute(
        joined.with_only_columns(Clause, ClauseVersion, _has_proposal().label("has_proposal"), parent.c.code)
        .outerjoin(parent, parent.c.id == Clause.variant_of_id)
        .where(true() if asked.block is None else Clause.block == asked.block)
        .order_by(Clause.position, Clause.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    used = clause_use.templates_by_clause(session)
    found = tuple(_row(row, used, halves) for row in rows)
    ordered = {block: blocks[block] for block in Block if block in blocks}
    return ClausePage(rows=found, total=total, page=page, blocks=ordered)


def _row(found: Any, used: Mapping[str, int], halves: Collection[int]) -> ClauseRow:
    clause, version, has_proposal, variant_of = found
    lines = [line.text for line in parse(version.text) if line.level is not Level.COMMAND]
    return ClauseRow(
        code=clause.code,
        block=clause.block,
        title=version.title,
        first_line=next(iter(lines), ""),
        number=version.number,
        stage=version.stage,
        condition=clause.condition,
        mandatory_kinds=tuple(clause.mandatory_kinds),
        has_pattern=bool(version.patterns),
        has_english=bool(version.text_en),
        is_half_changed=version.id in halves,
        has_proposal=has_proposal,
        variant_of=variant_of,
        templates=used.get(clause.code, 0),
    )
