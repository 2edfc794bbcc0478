"""Reads of the clause library for one draft: what can still be added to it, and the variants of an article."""

from sqlalchemy import select
from sqlalchemy.orm import Session

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


def addable(session: Session, tree: ClauseTree, kind: AgreementKind, words: str = "") -> tuple[ClauseVersion, ...]:
    """Return the published wordings that fit and are not in the tree, with every word of `words` in title or text.

    In the order of the field.
    """
    present = {one.clause for one in tree}
    asked = words.casefold().split()
    return tuple(
        one
        for one in clauses.fitting(session, kind)
        if one.clause.code not in present and all(word in f"{one.title}\n{one.text}".casefold() for word in asked)
    )
