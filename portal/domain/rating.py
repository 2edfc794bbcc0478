"""What a partner says about the ministry when an agreement has ended: five short questions and one free sentence.

Only the partner answers. Nobody of the ministry writes or changes an answer; the office reads them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import IntEnum, StrEnum

from portal.domain.agreement import AgreementKind, Stage
from portal.domain.errors import RuleBroken

OFFERED = timedelta(days=180)
"""So long after the end the first page asks; the page of the agreement offers it without end."""
EDITABLE = timedelta(days=14)
"""So long an answer can be changed by those who gave it."""
FEWEST = 3
"""Fewer answers make no average: one partner would be read from it."""

RATED_KINDS = frozenset({AgreementKind.MOU, AgreementKind.PKS, AgreementKind.SYNERGY_NOTE})
"""Instruments that are a cooperation by themselves; addenda and extensions only change one."""


class Question(StrEnum):
    """What is asked, in the order of the form; a column of the table each."""

    CLEAR = "clear"
    TIMELY = "timely"
    REACHABLE = "reachable"
    HELPFUL = "helpful"
    AGAIN = "again"


class Score(IntEnum):
    """How far a partner agrees."""

    NOT_AT_ALL = 1
    LITTLE = 2
    PARTLY = 3
    MOSTLY = 4
    FULLY = 5


@dataclass(frozen=True, kw_only=True, slots=True)
class Answers:
    """What a partner says: a score for each question, and what else it wants to say."""

    scores: Mapping[Question, Score]
    remark: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Summary:
    """Several answers together. `means` is empty where there are fewer than `FEWEST` of them."""

    number: int
    means: Mapping[Question, float]

    @property
    def mean(self) -> float | None:
        """Return the average over all questions, None for too few answers."""
        return sum(self.means.values()) / len(self.means) if self.means else None


@dataclass(frozen=True, kw_only=True, slots=True)
class Ending:
    """What says whether a cooperation is over for one party. `stage_on`: the day on which people ended it."""

    kind: AgreementKind
    stage: Stage
    ends_on: date | None
    stage_on: date | None = None
    withdrawn_on: date | None = None


def ended_on(ending: Ending, today: date) -> date | None:
    """Return since when a cooperation is over for a party on its own `today`; None while it lasts or never began."""
    if ending.kind not in RATED_KINDS:
        return None
    days = [ending.withdrawn_on]
    if ending.stage is Stage.TERMINATED:
        days.append(ending.stage_on or ending.ends_on)
    elif ending.stage in {Stage.ACTIVE, Stage.SUSPENDED}:
        days.append(ending.ends_on + timedelta(days=1) if ending.ends_on else None)
    past = [day for day in days if day is not None and day <= today]
    return min(past, default=None)


def is_offered(ended: date | None, today: date) -> bool:
    """Return whether the first page still asks about a cooperation that is over since `ended`."""
    return ended is not None and today <= ended + OFFERED


def check(answers: Answers, *, ended: date | None) -> None:
    """Raise RuleBroken naming the field unless these answers can be kept."""
    if ended is None:
        raise RuleBroken("Perjanjian ini belum berakhir. Anda dapat menilainya sesudah berakhir.")
    for question in Question:
        if question not in answers.scores:
            raise RuleBroken("Pilih satu jawaban.", field=question.value)


def editable_until(rated_at: datetime) -> datetime:
    """Return until when answers that were first given at `rated_at` can be changed."""
    return rated_at + EDITABLE


def check_editable(rated_at: datetime, *, now: datetime) -> None:
    """Raise RuleBroken once answers stand as they are."""
    if now > editable_until(rated_at):
        raise RuleBroken("Penilaian hanya dapat diubah selama 14 hari. Jawaban Anda tetap kami simpan.")


def summary(each: Iterable[Mapping[Question, Score]]) -> Summary:
    """Return several answers together."""
    told = list(each)
    if len(told) < FEWEST:
        return Summary(number=len(told), means={})
    return Summary(number=len(told), means={q: sum(one[q] for one in told) / len(told) for q in Question})
