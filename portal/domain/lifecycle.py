"""Transition tables: which stage may follow which. Used by agreements and reports."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from portal.domain.errors import RuleBroken

StageT = TypeVar("StageT", bound=StrEnum)


@dataclass(frozen=True, kw_only=True, slots=True)
class Transitions(Generic[StageT]):
    """The stages that people may choose after each stage."""

    table: Mapping[StageT, frozenset[StageT]]

    def after(self, stage: StageT) -> frozenset[StageT]:
        """Return the stages that may follow `stage`."""
        return self.table[stage]

    def check(self, before: StageT, after: StageT) -> None:
        """Raise RuleBroken unless `after` may follow `before`."""
        if after not in self.table[before]:
            raise RuleBroken(
                "Perpindahan tahap ini tidak dapat dilakukan. Muat ulang halaman untuk melihat tahap terakhir."
            )
