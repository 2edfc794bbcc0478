"""A word that only one organisation may read, in every row that only it may see: elsewhere it is a leak.

The rows are found by the portal's own lists (`models/scope_lists.py`), so that a new table is marked by itself.
"""

import io
import re
import zipfile
from collections import Counter
from typing import Any, Final

from sqlalchemy import Connection, Select, String, Text, and_, not_, select, update
from sqlalchemy.orm import aliased
from werkzeug.test import TestResponse

from portal.models.scope_criteria import Criterion
from portal.models.scope_lists import SCOPED

READ_BY_PEOPLE: Final = re.compile(
    r"(^|_)(name|title|description|narrative|obstacles|note|reason|answer|basis|article|evidence|office|"
    r"sentence|label|question|subject|body|text|address|street|short_name|bank|holder|purpose|remark)(_printed)?$"
)
"""Columns that hold what people read; codes, keys, sums and addresses of mail stay as they are."""
KEEPS: Final = frozenset({"sort_name", "short_name"})
FOLD: Final = "\r\n "
"""Where calendar files break a line in the middle of a word."""
ANSWERS: Final = '"narrative": "'


def mark(connection: Connection, organisation_id: int, other_id: int, word: str) -> Counter[str]:
    """Write `word` into what the one organisation sees and the other does not; return how many cells, by table."""
    marked: Counter[str] = Counter()
    for cls, criterion in SCOPED.items():
        table: Any = cls.__table__
        key = next(iter(table.primary_key))
        ids = list(connection.scalars(_only(cls, criterion, organisation_id, other_id)))
        for column in table.columns:
            if ids and _is_read(column):
                rows = key.in_(ids) & column.is_not(None) & (column != "")
                done = connection.execute(update(table).where(rows).values({column.name: column + f" {word}"}))
                marked[table.name] += done.rowcount
        if "answers" in table.columns and ids:
            _mark_answers(connection, table, ids, word)
    return marked


def _only(cls: Any, criterion: Criterion, organisation_id: int, other_id: int) -> Select[Any]:
    """The keys of the rows that the one organisation sees and the other does not."""
    alias = aliased(cls)
    key = getattr(alias, next(iter(cls.__table__.primary_key)).name)
    return select(key).where(and_(criterion(alias, organisation_id), not_(criterion(alias, other_id))))


def _is_read(column: Any) -> bool:
    if not isinstance(column.type, String | Text) or column.unique or column.foreign_keys or column.name in KEEPS:
        return False
    return READ_BY_PEOPLE.search(column.name) is not None and (column.type.length or 999) >= 60


def _mark_answers(connection: Connection, table: Any, ids: list[int], word: str) -> None:
    for row in connection.execute(select(table.c.id, table.c.answers).where(table.c.id.in_(ids))).all():
        said = row.answers.replace(ANSWERS, f"{ANSWERS}{word} ")
        connection.execute(update(table).where(table.c.id == row.id).values(answers=said))


def rows_with(connection: Connection, organisation_id: int, other_id: int, word: str) -> list[str]:
    """Return the cells, of rows that only the one organisation sees, in which a word of the other stands."""
    found = []
    for cls, criterion in SCOPED.items():
        table: Any = cls.__table__
        key = next(iter(table.primary_key))
        ids = _only(cls, criterion, organisation_id, other_id)
        for row in connection.execute(select(table).where(key.in_(ids))).mappings():
            found += [f"{table.name}.{name} of {row[key.name]}" for name, value in row.items() if word in str(value)]
    return found


def words_of(answer: TestResponse) -> str:
    """Everything that an answer says: headers, text, and the parts of an office file."""
    told = [f"{name}: {value}" for name, value in answer.headers]
    content = answer.data
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            told += [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    else:
        told.append(content.decode("utf-8", "replace").replace(FOLD, ""))
    return "\n".join(told)
