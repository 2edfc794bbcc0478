"""The numbers behind the drawings: terms, columns, bars, months and the tile map."""

import tomllib
from datetime import date

import pytest

from portal import charts, paths

SPRING, AUTUMN = date(2024, 4, 12), date(2027, 4, 11)


def test_a_term_shows_how_much_has_passed():
    bar = charts.term_bar(starts_on=SPRING, ends_on=AUTUMN, today=date(2026, 11, 21), window_days=180)
    assert bar.elapsed_days == 953
    assert bar.remaining_days == 141
    assert bar.elapsed == pytest.approx(87.11, abs=0.01)
    assert bar.window_from + bar.window_width == pytest.approx(100, abs=0.02)
    assert bar.label_before


@pytest.mark.parametrize(
    ("today", "elapsed", "remaining"),
    [(date(2024, 1, 1), 0, 1196), (SPRING, 0, 1094), (AUTUMN, 100, 0), (date(2028, 1, 1), 100, -265)],
)
def test_today_never_leaves_the_bar(today, elapsed, remaining):
    bar = charts.term_bar(starts_on=SPRING, ends_on=AUTUMN, today=today)
    assert bar.elapsed == elapsed
    assert bar.remaining_days == remaining
    assert 0 <= bar.label_at <= 100


def test_a_window_longer_than_the_term_covers_it_whole():
    bar = charts.term_bar(starts_on=SPRING, ends_on=date(2024, 5, 12), today=SPRING, window_days=180)
    assert (bar.window_from, bar.window_width) == (0, 100)


def test_a_term_of_one_day_has_a_length():
    assert charts.term_bar(starts_on=SPRING, ends_on=SPRING, today=SPRING).elapsed == 0


def test_columns_stand_on_the_axis_and_upon_each_other():
    chart = charts.column_chart(("Jan", "Feb"), (2, 8), (0, 6))
    low, high = chart.columns
    assert high.total == 14
    assert high.first_y + high.first_height == pytest.approx(chart.axis_y, abs=0.02)
    assert high.second_y + high.second_height == pytest.approx(high.first_y, abs=0.02)
    assert high.second_y == pytest.approx(18, abs=0.02)
    assert low.second_height == 0
    assert 0 <= low.x < low.x + low.width <= high.x < high.x + high.width <= 100


def test_columns_of_nothing_are_flat():
    chart = charts.column_chart(("Jan",), (0,), (0,))
    assert chart.columns[0].first_height == 0
    assert chart.columns[0].second_y == chart.axis_y


def test_columns_need_as_many_numbers_as_labels():
    with pytest.raises(ValueError, match="shorter"):
        charts.column_chart(("Jan", "Feb"), (1, 2), (1,))


def test_bars_are_measured_against_the_whole_or_the_longest():
    assert charts.bar_percents((141, 31, 14), total=186) == (75.81, 16.67, 7.53)
    assert charts.bar_percents((5, 10)) == (50, 100)
    assert charts.bar_percents((0, 0)) == (0, 0)
    assert charts.bar_percents(()) == ()


@pytest.mark.parametrize(
    ("year", "month", "weeks"), [(2026, 11, 6), (2027, 2, 4), (2026, 10, 5), (2024, 2, 5), (2026, 12, 5)]
)
def test_a_month_begins_on_monday_and_holds_each_of_its_days_once(year, month, weeks):
    grid = charts.month_grid(year, month, today=date(2026, 11, 21))
    days = [day for week in grid for day in week]
    inside = [day.on.day for day in days if day.inside]
    assert len(grid) == weeks
    assert all(week[0].on.weekday() == 0 and len(week) == 7 for week in grid)
    assert inside == list(range(1, len(inside) + 1))
    assert any(day.inside for day in grid[0])
    assert any(day.inside for day in grid[-1])


def test_only_today_is_today():
    days = [day for week in charts.month_grid(2026, 11, today=date(2026, 11, 21)) for day in week]
    assert [day.on for day in days if day.today] == [date(2026, 11, 21)]


def test_the_map_has_38_provinces_and_none_stands_on_another():
    tiles = charts.tile_map({})
    assert len(tiles) == 38
    assert len({tile.code for tile in tiles}) == 38
    assert len({(tile.column, tile.row) for tile in tiles}) == 38
    assert all(1 <= tile.column <= 13 and 1 <= tile.row <= 8 for tile in tiles)


def test_the_map_stands_as_the_table_of_provinces_says():
    table = tomllib.loads((paths.REFERENCE / "provinces.toml").read_text("utf-8"))
    listed = {(row["code"], row["column"], row["row"]) for row in table["province"]}
    assert {(tile.code, tile.column, tile.row) for tile in charts.tile_map({})} == listed


def test_the_map_carries_counts_and_refuses_what_is_no_province():
    by_code = {tile.code: tile for tile in charts.tile_map({"JB": 52, "BB": 0})}
    assert (by_code["JB"].count, by_code["JB"].step) == (52, 4)
    assert (by_code["BB"].count, by_code["BB"].step) == (0, 0)
    with pytest.raises(KeyError):
        charts.tile_map({"XX": 1})


@pytest.mark.parametrize(("count", "step"), [(0, 0), (1, 1), (4, 1), (5, 2), (14, 2), (15, 3), (39, 3), (40, 4)])
def test_each_count_has_its_step_on_the_scale(count, step):
    assert charts.map_step(count) == step
