"""Notes what every request that went well wrote: tables by statement, entries of the trail by their action."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, request, request_finished, request_started
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session, UOWTransaction

from portal.models import Entry

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
WRITE = re.compile(r"\s*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
REFUSED = 400


@dataclass(frozen=True, kw_only=True)
class Trace:
    """One unsafe request that went well."""

    endpoint: str
    tables: frozenset[str]
    """What was written to."""
    actions: frozenset[str]
    """What the entries of the trail say was done."""


@dataclass
class Notes:
    """The requests that were noted, and what the running one has written."""

    traces: list[Trace] = field(default_factory=list)
    tables: set[str] = field(default_factory=set)
    actions: set[str] = field(default_factory=set)

    def begin(self, sender: Flask, **rest: Any) -> None:
        """Forget what was written between requests."""
        self.tables, self.actions = set(), set()

    def end(self, sender: Flask, response: Response, **rest: Any) -> None:
        """Keep what an unsafe request wrote, if it was not refused."""
        if request.method not in SAFE and response.status_code < REFUSED and request.endpoint:
            tables, actions = frozenset(self.tables), frozenset(self.actions)
            self.traces.append(Trace(endpoint=request.endpoint, tables=tables, actions=actions))

    def statement(self, conn: Any, cursor: Any, statement: str, *rest: Any) -> None:
        """Note the table of a statement that writes."""
        found = WRITE.match(statement)
        if found:
            self.tables.add(found[1].lower())

    def flush(self, session: Session, context: UOWTransaction) -> None:
        """Note the entries that are new."""
        self.actions |= {row.action for row in session.new if isinstance(row, Entry)}


@contextmanager
def noted() -> Iterator[Notes]:
    """Note every request until the end of the block."""
    notes = Notes()
    begin, end = notes.begin, notes.end
    request_started.connect(begin)
    request_finished.connect(end)
    event.listen(Engine, "before_cursor_execute", notes.statement)
    event.listen(Session, "after_flush", notes.flush)
    try:
        yield notes
    finally:
        request_started.disconnect(begin)
        request_finished.disconnect(end)
        event.remove(Engine, "before_cursor_execute", notes.statement)
        event.remove(Session, "after_flush", notes.flush)
