"""Reads of the clause library for one draft: what can still be added to it, and the variants of an article."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from portal.domain.agreement import AgreementKind
from portal.domain.clause import ClauseTree
from portal.models import Clause, ClauseVersion
from portal.queries import clauses


def variants(session: Session, code: str, kind: AgreementKind) -> tuple[ClauseVersion, ...]:
    """Return the published wordings of the other clauses of a family: parent, variants and their siblings."""
    own = session.scalar(select(Clause).where(Clause.code == code))
    if own is None:
        return ()
    root = own.variant_of_id or own.id
    found = clauses.fitting(session, kind)
    return tuple(one for one in found if one.clause_id != own.id and root in {one.clause_id, one.clause.variant_of_id})


def families(session: Session) -> dict[str, str]:
    """Return for the code of every clause the code that it is a variant of, or its own."""
    parent = aliased(Clause)
    rows = session.execute(select(Clause.code, parent.code).outerjoin(parent, parent.id == Clause.variant_of_id))
    return {code: root or code for code, root in rows}


def addable(session: Session, tree: ClauseTree, kind: AgreementKind) -> tuple[ClauseVersion, ...]:
    """Return the published wordings that fit and are not in the tree, in the order of the field."""
    present = {one.clause for one in tree}
    return tuple(one for one in clauses.fitting(session, kind) if one.clause.code not in present)


def with_words(found: Iterable[ClauseVersion], words: str) -> tuple[ClauseVersion, ...]:
    """Return the wordings that have every word in their title or text."""
    asked = words.casefold().split()
    return tuple(one for one in found if all(word in f"{one.title}\n{one.text}".casefold() for word in asked))
