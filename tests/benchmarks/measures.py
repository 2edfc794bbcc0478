"""How the benchmarks measure: CPU of this process, rounds taken in turn, the least of each; and the peer."""

import io
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import docxtpl
import jinja2

from portal.documents.filters import pairs

Work = Callable[[], object]


def least(works: Mapping[str, Work], *, rounds: int) -> dict[str, float]:
    """The least CPU seconds of each work over the rounds; within a round the works take turns."""
    kept: dict[str, float] = {}
    for _ in range(rounds):
        for name, work in works.items():
            start = time.process_time()
            work()
            took = time.process_time() - start
            kept[name] = min(kept.get(name, took), took)
    return kept


def environment() -> jinja2.Environment:
    """The environment of the peer: values escaped, our filter of pairs."""
    made = jinja2.Environment(autoescape=True)
    made.filters["pasangkan"] = pairs
    return made


def docxtpl_draft(content: bytes, data: Mapping[str, Any]) -> bytes:
    """One draft by docxtpl, the way its documentation says: a new object for each document."""
    template = docxtpl.DocxTemplate(io.BytesIO(content))
    template.render(dict(data), jinja_env=environment(), autoescape=True)
    kept = io.BytesIO()
    template.save(kept)
    return kept.getvalue()


def docxtpl_drafts(content: bytes, rows: Sequence[Mapping[str, Any]]) -> list[bytes]:
    """Many drafts by docxtpl."""
    return [docxtpl_draft(content, row) for row in rows]
