"""Running statements that are kept: built once, run again and again."""

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import CursorResult, Executable
from sqlalchemy.engine.interfaces import CoreExecuteOptionsParameter
from sqlalchemy.orm import Session

from portal.models.scope import GateScope, OrganisationScope

COUNTING: CoreExecuteOptionsParameter = {"preserve_rowcount": True}


def run(session: Session, statement: Executable, values: Mapping[str, Any] | None = None) -> CursorResult[Any]:
    """Run a kept statement; for the office beside the session's own machinery, which would look at it anew each time.

    There is nothing to narrow then. A session that is kept to something narrows it as usual.
    """
    if isinstance(session.info.get("scope"), GateScope | OrganisationScope):
        return cast(CursorResult[Any], session.execute(statement, values))
    session.flush()
    return session.connection().execute(statement, values, execution_options=COUNTING)
