"""Two people change one record at once: what each of them did, so that nothing is lost."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from portal.domain.errors import Conflict
from portal.domain.marking import N_

_MARK = re.compile(r"([0-9a-f]{16})(?:\.([0-9]{1,8}))?", re.ASCII)


@dataclass(frozen=True, kw_only=True, slots=True)
class PageMark:
    """Which opened page sends a save, and how many it sent before: `9f86d081884c7d65.3`.

    A page that lost the answer to a save does not know that it was stored. By its mark it finds its own again; two
    pages of one person stay two, so that neither overwrites what the other shows.
    """

    page: str
    number: int = 0

    @classmethod
    def read(cls, text: str | None) -> Self | None:
        """Return the mark that a page sent, None when it is none."""
        found = _MARK.fullmatch(text or "")
        return cls(page=found[1], number=int(found[2] or 0)) if found else None

    def __str__(self) -> str:
        """Return the mark as a page carries it."""
        return f"{self.page}.{self.number}"


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
