"""Pieces of pages that are kept as they were drawn, by everything they show: the frame, the lines of a list.

A piece is drawn anew as soon as anything that it shows is different; what is personal or secret is never part of one.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar, cast

from flask import Flask, current_app, request
from flask_babel import get_locale

MOST: Final = 1000
"""So many pieces are kept by each process; the one shown longest ago is given up."""

Piece = TypeVar("Piece")


class Drawings:
    """The pieces that one application keeps."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = threading.Lock()
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

    def keep(self, key: Hashable, draw: Callable[[], Any]) -> Any:
        """Return the piece of `key`, drawn when there is none."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = draw()
        with self._lock:
            self._kept[key] = found
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return found


def keep(name: str, shown: Hashable, draw: Callable[[], Piece]) -> Piece:
    """Return a piece in the reader's language; `shown` is everything that it shows and that its links rest on.

    Under the language come where the portal is mounted and the address of the icons, which every piece uses.
    """
    drawings: Drawings = current_app.extensions["drawings"]
    if current_app.jinja_env.auto_reload:
        return draw()
    icons = current_app.jinja_env.globals["asset"]("img/icons.svg")  # type: ignore[operator]
    key = (name, str(get_locale()), request.root_path, icons, shown)
    return cast("Piece", drawings.keep(key, draw))


def macro(template: str, name: str) -> Any:
    """Return a macro that needs nothing but its arguments."""
    return getattr(current_app.jinja_env.get_template(template).module, name)


def register(app: Flask) -> None:
    """Give the app its own pieces: two apps of one process never share any."""
    app.extensions["drawings"] = Drawings()
