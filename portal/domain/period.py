"""A span of dates with both ends inside it; the end may be unknown."""

from dataclasses import dataclass
from datetime import date

from portal.domain.errors import RuleBroken


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """From `starts_on` to `ends_on`, both inclusive; None means that the record does not tell."""

    starts_on: date | None
    ends_on: date | None

    def __post_init__(self) -> None:
        """Refuse an end before the start."""
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise RuleBroken("Tulis tanggal berakhir yang sama dengan atau sesudah tanggal mulai.", field="ends_on")

    def contains(self, day: date) -> bool:
        """Return whether `day` lies inside; an unknown border does not exclude."""
        after_start = self.starts_on is None or self.starts_on <= day
        before_end = self.ends_on is None or day <= self.ends_on
        return after_start and before_end

    def overlaps(self, other: "Period") -> bool:
        """Return whether the two spans share a day."""
        starts = [p for p in (self.starts_on, other.starts_on) if p]
        ends = [p for p in (self.ends_on, other.ends_on) if p]
        return not starts or not ends or max(starts) <= min(ends)
