"""Geometry of the drawings: numbers in, numbers out, drawn as SVG and tables by the components.

Holds no colours, no words and no markup; percentages run from 0 to 100, lengths are units of the drawing.
"""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

# Column and row of each province on the tile map (design: ux §4).
_POSITIONS = {
    "AC": (1, 1), "SU": (1, 2), "SB": (1, 3), "RI": (2, 3), "KR": (3, 2), "BE": (1, 4), "JA": (2, 4),
    "SS": (2, 5), "BB": (3, 5), "LA": (2, 6), "BT": (3, 7), "JK": (4, 7), "JB": (5, 7), "JT": (6, 7),
    "YO": (6, 8), "JI": (7, 7), "BA": (8, 7), "NB": (9, 7), "NT": (10, 7), "KB": (4, 3), "KT": (5, 3),
    "KI": (6, 3), "KU": (6, 2), "KS": (6, 4), "GO": (8, 2), "SA": (9, 2), "ST": (8, 3), "SR": (8, 4),
    "SN": (8, 5), "SG": (9, 4), "MU": (10, 2), "MA": (10, 5), "PD": (11, 3), "PB": (12, 3), "PA": (13, 3),
    "PT": (12, 4), "PE": (13, 4), "PS": (13, 5),
}  # fmt: skip
# Lowest count of steps 1 to 4 of the map's scale; below the first stands step 0.
MAP_STEPS = (1, 5, 15, 40)


@dataclass(frozen=True, kw_only=True, slots=True)
class TermBar:
    """The term of an agreement as a bar: how much has passed, where today and the renewal window stand."""

    elapsed: float
    window_from: float
    window_width: float
    label_before: bool
    label_at: float
    elapsed_days: int
    remaining_days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Column:
    """One stacked column: the first part stands on the axis, the second upon it; x and widths in percent."""

    label: str
    first: int
    second: int
    x: float
    width: float
    first_y: float
    first_height: float
    second_y: float
    second_height: float
    middle: float
    total_y: float

    @property
    def total(self) -> int:
        """Both parts together."""
        return self.first + self.second


@dataclass(frozen=True, kw_only=True, slots=True)
class ColumnChart:
    """Stacked columns in a drawing `height` pixels high and as wide as there is room, the axis at `axis_y`."""

    height: int
    axis_y: float
    label_y: float
    columns: tuple[Column, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class MonthDay:
    """One cell of a month: its date and whether it belongs to the month shown."""

    on: date
    inside: bool
    today: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Tile:
    """One province on the tile map: where it stands and how dark it is (step 0 to 4)."""

    code: str
    column: int
    row: int
    count: int
    step: int


def term_bar(*, starts_on: date, ends_on: date, today: date, window_days: int = 0) -> TermBar:
    """Place today and the renewal window (`window_days` before the end) on the term; both ends count."""
    length = max((ends_on - starts_on).days, 1)
    passed = min(max((today - starts_on).days, 0), length)
    window = min(max(window_days, 0), length)
    elapsed = _percent(passed, length)
    before = elapsed > 50  # noqa: PLR2004  (the label leans to the side with more room)
    return TermBar(
        elapsed=elapsed,
        window_from=_percent(length - window, length),
        window_width=_percent(window, length),
        label_before=before,
        label_at=min(elapsed + 0.7, 100.0) if before else max(elapsed - 0.7, 0.0),
        elapsed_days=passed,
        remaining_days=(ends_on - today).days,
    )


def column_chart(
    labels: Sequence[str], first: Sequence[int], second: Sequence[int], *, height: int = 240
) -> ColumnChart:
    """Lay out stacked columns, one a label; three sequences of equal length, at most twelve.

    Raises ValueError if the lengths differ.
    """
    top, axis_y = 18.0, height - 22.0
    highest = max((a + b for a, b in zip(first, second, strict=True)), default=0) or 1
    unit = (axis_y - top) / highest
    slot = 100 / max(len(labels), 1)
    columns = tuple(
        _column(label, a, b, left=index * slot, slot=slot, unit=unit, axis_y=axis_y)
        for index, (label, a, b) in enumerate(zip(labels, first, second, strict=True))
    )
    return ColumnChart(height=height, axis_y=axis_y, label_y=height - 6.0, columns=columns)


def bar_percents(values: Sequence[int], *, total: int | None = None) -> tuple[float, ...]:
    """Length of each bar in percent of `total`, or of the longest bar where no total is given."""
    whole = total if total is not None else max(values, default=0)
    return tuple(_percent(min(value, whole), whole) for value in values)


def month_grid(year: int, month: int, *, today: date) -> tuple[tuple[MonthDay, ...], ...]:
    """Weeks of a month, Monday first, filled up with days of the neighbouring months."""
    first = date(year, month, 1)
    start = first - timedelta(days=first.weekday())
    days_in_month = calendar.monthrange(year, month)[1]
    weeks = (first.weekday() + days_in_month + 6) // 7
    days = [start + timedelta(days=offset) for offset in range(weeks * 7)]
    cells = [MonthDay(on=day, inside=day.month == month, today=day == today) for day in days]
    return tuple(tuple(cells[index : index + 7]) for index in range(0, len(cells), 7))


def tile_map(counts: dict[str, int]) -> tuple[Tile, ...]:
    """The 38 provinces with their counts, ordered as one reads: by row, then by column.

    Raises KeyError if a code is not a province of the map.
    """
    for code in counts:
        _POSITIONS[code]
    tiles = (
        Tile(code=code, column=column, row=row, count=counts.get(code, 0), step=map_step(counts.get(code, 0)))
        for code, (column, row) in _POSITIONS.items()
    )
    return tuple(sorted(tiles, key=lambda tile: (tile.row, tile.column)))


def map_step(count: int) -> int:
    """Step 0 to 4 of the scale in which a count falls."""
    return sum(count >= lowest for lowest in MAP_STEPS)


def _column(  # noqa: PLR0913  (all six belong to one place in the drawing)
    label: str, first: int, second: int, *, left: float, slot: float, unit: float, axis_y: float
) -> Column:
    width = round(slot * 0.62, 2)
    first_height, second_height = round(first * unit, 2), round(second * unit, 2)
    first_y = round(axis_y - first_height, 2)
    second_y = round(first_y - second_height, 2)
    return Column(
        label=label,
        first=first,
        second=second,
        x=round(left + (slot - width) / 2, 2),
        width=width,
        first_y=first_y,
        first_height=first_height,
        second_y=second_y,
        second_height=second_height,
        middle=round(left + slot / 2, 2),
        total_y=round(second_y - 6, 2),
    )


def _percent(part: float, whole: float) -> float:
    return round(100 * part / whole, 2) if whole else 0.0
