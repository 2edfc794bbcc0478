"""Two people change one record at once: what each of them did, so that nothing is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.domain.errors import Conflict
from portal.domain.marking import N_


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One fact in three versions: as it was, as I want it, as it is stored now; plain values."""

    key: str
    before: Any
    mine: Any
    stored: Any


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """Facts that both changed to something else, that only I changed, and that only others changed."""

    both: tuple[Difference, ...]
    mine: tuple[Difference, ...]
    theirs: tuple[Difference, ...]


def compare(before: Mapping[str, Any], mine: Mapping[str, Any], stored: Mapping[str, Any]) -> Comparison:
    """Compare my facts with the stored ones; `before` is the common start of both."""
    both, only_mine, theirs = [], [], []
    for key in {**stored, **mine}:
        one = Difference(key=key, before=before.get(key), mine=mine.get(key), stored=stored.get(key))
        if one.mine == one.stored:
            continue
        if one.mine == one.before:
            theirs.append(one)
        elif one.stored == one.before:
            only_mine.append(one)
        else:
            both.append(one)
    return Comparison(both=tuple(both), mine=tuple(only_mine), theirs=tuple(theirs))


class EditConflict(Conflict):
    """Somebody saved first; carries who, when, the version that is stored now and what differs."""

    def __init__(self, *, comparison: Comparison, version: int, who: str, when: datetime) -> None:
        """Keep what the conflict page shows."""
        super().__init__(N_("Data ini diubah %(who)s sesudah Anda membukanya. Isian Anda tidak hilang."), who=who)
        self.comparison = comparison
        self.version = version
        self.who = who
        self.when = when
