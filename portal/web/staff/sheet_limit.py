"""How many rows of a list go into an Excel file, and the row that says that there are more."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from flask_babel import gettext as _

from portal.documents.table_file import Value
from portal.web.filters import number

MOST_ROWS = 50_000
ASKED_FOR = MOST_ROWS + 1
"""One more is read than is written, so that a list that is cut says so."""


def limited(rows: Iterable[Sequence[Value]], *, most: int = MOST_ROWS) -> Iterator[Sequence[Value]]:
    """Yield the rows that a file takes, and last, where there are more, the sentence that says what to do."""
    every = iter(rows)
    yield from islice(every, most)
    if next(every, None) is not None:
        yield [_("Hanya %(n)s baris pertama. Persempit saringan untuk mengunduh sisanya.", n=number(most))]
