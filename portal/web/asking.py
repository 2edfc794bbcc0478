"""What is asked, without what no page, database or office file can carry; numbers in addresses stay within a table's.

Controls other than tabs and line ends, halves of letters and letters that do not exist are left out of whatever people
type, before anybody reads it. An address with a number that no row can have names nothing.
"""

import re
from typing import Final

from flask import Flask, Request
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from werkzeug.routing import IntegerConverter
from werkzeug.utils import cached_property

MOST: Final = 2**31 - 1
_UNCARRIED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class PlainRequest(Request):
    """A request of which queries and forms hold text that can be shown, kept and printed."""

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """The query, plain."""
        return plain(super().args)

    def _load_form_data(self) -> None:
        super()._load_form_data()
        self.__dict__["form"] = plain(self.__dict__["form"])


class RowNumber(IntegerConverter):
    """A number in an address, at most what a column of numbers holds."""

    def to_python(self, value: str) -> int:
        """Return the number; one that is too large is treated as the largest, which no row has."""
        return min(int(super().to_python(value)), MOST)


def plain(typed: MultiDict[str, str]) -> ImmutableMultiDict[str, str]:
    """Return typed values by name, in their order; what came without a name is left out."""
    pairs = ((name, value) for name, value in typed.items(multi=True) if isinstance(name, str))
    return ImmutableMultiDict((_UNCARRIED.sub("", name), _UNCARRIED.sub("", value)) for name, value in pairs)


def register(app: Flask) -> None:
    """Let the app read requests so. Before any page is joined, as rules keep the converter they were made with."""
    app.request_class = PlainRequest
    app.url_map.converters["int"] = RowNumber
