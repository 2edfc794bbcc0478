"""Running statements that are kept: built once, run again and again."""

from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import CursorResult, Executable
from sqlalchemy.engine.interfaces import CoreExecuteOptionsParameter
from sqlalchemy.orm import Session

from portal.models.scope import OfficeScope

COUNTING: CoreExecuteOptionsParameter = {"preserve_rowcount": True}


def run(session: Session, statement: Executable, values: Mapping[str, Any] | None = None) -> CursorResult[Any]:
    """Run a kept statement; for the office beside the session's own machinery, which would look at it anew each time.

    There is nothing to narrow then. Any other session narrows it as usual.
    """
    if not isinstance(session.info.get("scope"), OfficeScope):
        return cast(CursorResult[Any], session.execute(statement, values))
    session.flush()
    return session.connection().execute(statement, values, execution_options=COUNTING)
