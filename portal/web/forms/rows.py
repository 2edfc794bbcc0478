"""Rows of a form that grow, shrink and change places by buttons, without script: what was typed is rearranged."""

from collections.abc import Callable

from werkzeug.datastructures import MultiDict

Typed = MultiDict[str, str]
Row = list[tuple[str, str]]

SAVE = "save"


def rearranged(typed: Typed, act: str, *, most: int) -> Typed:
    """Return what was typed after a button was pressed.

    `act` is `<list>.add`, `<list>.remove.<n>`, `<list>.up.<n>` or `<list>.down.<n>`, rows counting from 0;
    anything else changes nothing. A list holds at most `most` rows.
    """
    name, _dot, rest = act.partition(".")
    verb, _dot, place = rest.partition(".")
    rows = _rows(typed, name)
    if verb not in _VERBS or (verb != "add" and not (place.isdecimal() and int(place) < len(rows))):
        return typed
    _VERBS[verb](rows, int(place or 0))
    return _with_rows(typed, name, rows[:most])


def _rows(typed: Typed, name: str) -> list[Row]:
    found: dict[int, Row] = {}
    for key, value in typed.items(multi=True):
        first, _dash, rest = key.partition("-")
        place, _dash, field = rest.partition("-")
        if first == name and place.isdecimal() and field:
            found.setdefault(int(place), []).append((field, value))
    return [found[place] for place in sorted(found)]


def _with_rows(typed: Typed, name: str, rows: list[Row]) -> Typed:
    kept = [(key, value) for key, value in typed.items(multi=True) if not key.startswith(f"{name}-")]
    for place, row in enumerate(rows):
        kept += [(f"{name}-{place}-{field}", value) for field, value in row]
    return MultiDict(kept)


def _add(rows: list[Row], place: int) -> None:
    del place
    fields = [field for field, _value in rows[0]] if rows else ["row"]
    rows.append([(field, "") for field in dict.fromkeys(fields)])


def _remove(rows: list[Row], place: int) -> None:
    del rows[place]


def _up(rows: list[Row], place: int) -> None:
    if place > 0:
        rows[place - 1], rows[place] = rows[place], rows[place - 1]


def _down(rows: list[Row], place: int) -> None:
    if place + 1 < len(rows):
        rows[place + 1], rows[place] = rows[place], rows[place + 1]


_VERBS: dict[str, Callable[[list[Row], int], None]] = {"add": _add, "remove": _remove, "up": _up, "down": _down}
