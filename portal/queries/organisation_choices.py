"""Units and provinces as forms and filters offer them: code and name alone, by questions that are built once."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.models import Organisation, Province


class CodeName(NamedTuple):
    """Something that is chosen from a list, by its code."""

    code: str
    name: str


_UNITS = (
    select(Organisation.code, Organisation.name, Organisation.short_name)
    .where(Organisation.is_ours.is_(True))
    .order_by(Organisation.sort_key)
)
_PROVINCES = select(Province.code, Province.name).order_by(Province.name)


def list_units(session: Session) -> Sequence[CodeName]:
    """Return the ministry and its units, by name; short where they have a short name."""
    return [CodeName(code, short or name) for code, name, short in session.execute(_UNITS)]


def list_provinces(session: Session) -> Sequence[CodeName]:
    """Return the 38 provinces, by name."""
    return [CodeName(code, name) for code, name in session.execute(_PROVINCES)]
