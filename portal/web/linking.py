"""Addresses of pages, built once: a page holds a hundred links, and most are the same on every page."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Any, Final

from flask import Flask, has_request_context
from flask.globals import request_ctx

MOST: Final = 4000
"""So many addresses are kept; the one built longest ago is given up."""

_PLAIN: Final = (str, int)


class LinkingFlask(Flask):
    """Flask that keeps the addresses it has built, by everything that they are built from."""

    def __init__(self, *given: Any, **options: Any) -> None:
        """Begin with no address."""
        super().__init__(*given, **options)
        self._built: OrderedDict[Hashable, str] = OrderedDict()

    def url_for(self, /, endpoint: str, **values: Any) -> str:
        """Return the address of a page below where the portal is mounted; other kinds of addresses are not kept."""
        if not has_request_context() or endpoint[:1] == "." or self.url_default_functions:
            return super().url_for(endpoint, **values)
        for name, value in values.items():
            if type(value) not in _PLAIN or name[:1] == "_":
                return super().url_for(endpoint, **values)
        adapter = request_ctx.url_adapter
        if adapter is None:
            return super().url_for(endpoint, **values)
        key = (adapter.script_name, adapter.default_method, endpoint, *values.items())
        found = self._built.get(key)
        if found is None:
            found = self._built[key] = super().url_for(endpoint, **values)
            if len(self._built) > MOST:
                self._built.popitem(last=False)
        return found
