"""The people of a partner's team as words: lines of the list, the choice of roles."""

from collections.abc import Collection
from typing import Any

from flask_babel import gettext as _

from portal.domain.policy import Role
from portal.queries.teams import Person
from portal.services.teams import GIVEN
from portal.web.filters import abilities, date_long, label


def line(row: Person) -> dict[str, Any]:
    """Return one person: name, address, roles in words, when they were last there."""
    last = date_long(row.last_sign_in_at.date()) if row.last_sign_in_at else None
    return {
        "id": row.id,
        "name": row.name,
        "email": row.email,
        "roles": ", ".join(label(role) for role in row.roles),
        "last": _("terakhir masuk %(date)s", date=last) if last else _("belum pernah masuk"),
        "active": row.is_active,
    }


def choices(chosen: Collection[Role]) -> list[dict[str, Any]]:
    """Return the roles that a manager gives; `chosen` are ticked."""
    return [{"value": role, "label": label(role), "selected": role in chosen} for role in GIVEN]


def explained() -> list[dict[str, str]]:
    """Return each role with what it can do, in one line."""
    return [{"role": label(role), "text": " ".join(abilities(role))} for role in GIVEN]
