"""What can be asked of the list of agreements, and the same as conditions on the table."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, exists, or_, select, true

from portal.domain.agreement import AgreementKind, Relation, Stage, Standing
from portal.domain.organisation import fold
from portal.models import Agreement, AgreementParty, AgreementRegion, AgreementRelation, Organisation
from portal.queries import kinship
from portal.queries.standing import agreement_is


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementFilter:
    """What is asked of the list; an empty field asks nothing. `with_confidential` is decided by the policy."""

    kinds: frozenset[AgreementKind] = frozenset()
    stages: frozenset[Stage] = frozenset()
    standings: frozenset[Standing] = frozenset()
    unit_code: str | None = None
    province_code: str | None = None
    officer_id: int | None = None
    partner_code: str | None = None
    ending_days: int | None = None
    ending_from: date | None = None
    ending_to: date | None = None
    lacks_parent: bool = False
    outlives_parent: bool = False
    lacks_pks: bool = False
    words: str = ""
    is_sample: bool | None = None
    with_confidential: bool = True


def conditions(asked: AgreementFilter, today: date) -> list[ColumnElement[bool]]:
    """Return the filter as conditions on `agreement`."""
    found: list[ColumnElement[bool]] = [true()]
    if not asked.with_confidential:
        found.append(Agreement.is_confidential.is_(False))
    if asked.kinds:
        found.append(Agreement.kind.in_(asked.kinds))
    if asked.stages:
        found.append(Agreement.stage.in_(asked.stages))
    if asked.standings:
        found.append(agreement_is(asked.standings, today))
    if asked.officer_id is not None:
        found.append(Agreement.officer_id == asked.officer_id)
    if asked.is_sample is not None:
        found.append(Agreement.is_sample.is_(asked.is_sample))
    return [*found, *_ending(asked, today), *_related(asked), *_kin(asked, today), *_words(asked.words)]


def _ending(asked: AgreementFilter, today: date) -> list[ColumnElement[bool]]:
    """Only agreements that are in force on `today` are said to end."""
    first, last = asked.ending_from, asked.ending_to
    if asked.ending_days is not None:
        first, last = today, today + timedelta(days=asked.ending_days)
    if first is None or last is None:
        return []
    started = or_(Agreement.starts_on.is_(None), Agreement.starts_on <= today)
    return [Agreement.stage == Stage.ACTIVE, started, Agreement.ends_on.between(max(first, today), last)]


def _related(asked: AgreementFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.unit_code:
        units = select(Organisation.id).where(Organisation.code == asked.unit_code)
        found.append(Agreement.unit_id.in_(units))
    if asked.province_code:
        places = select(AgreementRegion.agreement_id).where(AgreementRegion.province_code == asked.province_code)
        found.append(Agreement.id.in_(places))
    if asked.partner_code:
        seats = select(AgreementParty.agreement_id).join(AgreementParty.organisation)
        found.append(Agreement.id.in_(seats.where(Organisation.code == asked.partner_code)))
    return found


def _kin(asked: AgreementFilter, today: date) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.lacks_parent:
        found += [Agreement.kind == AgreementKind.PKS, ~has_parent()]
    if asked.outlives_parent:
        found.append(kinship.outlives_parent(today))
    if asked.lacks_pks:
        found.append(kinship.lacks_pks(today))
    return found


def has_parent() -> ColumnElement[bool]:
    """Return the condition that an agreement names its parent."""
    return exists(
        select(AgreementRelation.id).where(
            AgreementRelation.agreement_id == Agreement.id, AgreementRelation.relation == Relation.PARENT
        )
    )


def _words(words: str) -> list[ColumnElement[bool]]:
    """Every word must occur in the title, the code, or the name, short name or number of a party."""
    return [Agreement.search_text.contains(word, autoescape=True) for word in fold(words).split()]
