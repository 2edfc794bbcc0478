"""The agenda of a day: a rung is told where a target stands on it, of its own ladder or of the one for all."""

import json
from datetime import date, timedelta

import pytest

from portal.domain.calendar import WorkingCalendar
from portal.domain.reminder import Audience, SubjectKind, Window
from portal.queries.reminder_subjects import LadderChoice
from portal.services.plan_agenda import Rung, Track, lines
from tests.factories.instants import TODAY

NEAR = Window(step=-7, first_on=TODAY, last_on=TODAY + timedelta(days=7))
FAR = Window(step=-30, first_on=TODAY + timedelta(days=8), last_on=TODAY + timedelta(days=30))
OTHER, OWN = 4, 5
SOON, LATER, NEVER = (TODAY + timedelta(days=days) for days in (7, 8, 31))


def steps(targets: list[tuple[date, int | None]], ladder: LadderChoice, ladder_id: int | None = None) -> list[int]:
    """The steps that a track tells among these targets."""
    rungs = tuple(Rung(window=window, audiences=frozenset({Audience.DEBTOR})) for window in (NEAR, FAR))
    track = Track(kind=SubjectKind.OCCURRENCE, rungs=rungs, ladder=ladder, ladder_id=ladder_id)
    return [rung.window.step for rung in track.among(targets).rungs]


@pytest.mark.parametrize(
    ("targets", "told"),
    [
        ([(SOON, None)], [-7]),
        ([(LATER, OWN)], [-30]),
        ([(SOON, OTHER), (LATER, None)], [-7, -30]),
        ([(NEVER, None)], []),
        ([], []),
    ],
)
def test_the_ladder_of_a_whole_kind_looks_at_every_target(targets, told):
    assert steps(targets, LadderChoice.ANY) == told


def test_the_usual_ladder_leaves_targets_with_one_of_their_own_alone():
    assert steps([(SOON, OWN), (LATER, None)], LadderChoice.DEFAULT) == [-30]


def test_a_ladder_of_their_own_looks_at_its_targets_only():
    assert steps([(SOON, OWN), (LATER, OTHER), (LATER, None)], LadderChoice.OWN, OWN) == [-7]


@pytest.mark.parametrize(("dialect", "zone"), [("sqlite", ""), ("postgresql", "+00:00")])
def test_a_step_may_begin_with_the_end_of_the_working_day_on_which_it_came(dialect, zone):
    """A week before Saturday is a Saturday: the step came on Friday the 13th, which ends at 17.00 UTC."""
    rungs = (Rung(window=Window(step=-7, first_on=TODAY, last_on=TODAY), audiences=frozenset({Audience.DEBTOR})),)
    track = Track(kind=SubjectKind.OCCURRENCE, rungs=rungs)
    calendar = WorkingCalendar(holidays=frozenset(), years=frozenset({2026}))
    [line] = json.loads(lines(track, calendar, dialect=dialect))
    assert (line["first_on"], line["last_on"]) == ("2026-11-21", "2026-11-21")
    assert line["may_begin"] == f"2026-11-13 17:00:00.000000{zone}"
