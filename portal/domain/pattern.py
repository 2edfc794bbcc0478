"""Obligation patterns of clauses: who owes what to whom, by when, with which evidence, before the parties are known.

A pattern is a record in a clause of the library; choosing the clause proposes the obligation. Its days are counted by
`schedule`, once the agreement has dates (design: domain §4.1-4.3).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from portal.domain import schedule as dates
from portal.domain import schedule_check, wording
from portal.domain.agreement import MAX_PARTIES, MIN_PARTIES
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.obligation import (
    Cadence,
    DayType,
    EventType,
    ObligationKind,
    OffsetUnit,
    PeriodAnchor,
    RelativeAnchor,
    Roll,
    ScheduleKind,
)
from portal.domain.period import Period
from portal.domain.wording.deadlines import due_in_words

OURS: Final = "kementerian"
PARTNERS: Final = "mitra"
OTHERS: Final = "lainnya"
ALL: Final = "semua"
PLACES: Final = ("KESATU", "KEDUA", "KETIGA", "KEEMPAT", "KELIMA")
"""Words for parties: by what they are, or by their place in the text."""

LONGEST_TITLE: Final = 240

_SAID: Final[Mapping[str, str]] = {
    OURS: "Kementerian Sosial",
    PARTNERS: "mitra",
    OTHERS: "pihak lainnya",
    ALL: "para pihak",
}
_NO_TERM: Final = dates.Anchors(term=Period(starts_on=None, ends_on=None))


@dataclass(frozen=True, kw_only=True, slots=True)
class Pattern:
    """One obligation that a clause proposes; the names are those of `Obligation`.

    `debtors` and `creditors` hold words: "kementerian", "mitra", "lainnya" (all who are not on the other side),
    "semua", or a place "KESATU" to "KELIMA". `label` names the ayat it comes from, "" for the whole Pasal.
    """

    kind: ObligationKind
    title: str
    debtors: tuple[str, ...]
    creditors: tuple[str, ...]
    schedule: ScheduleKind
    cadence: Cadence | None = None
    cadence_months: int | None = None
    period_anchor: PeriodAnchor | None = None
    relative_anchor: RelativeAnchor | None = None
    event_type: EventType | None = None
    yearly_check: bool = False
    offset_count: int = 0
    offset_unit: OffsetUnit = OffsetUnit.DAYS
    day_type: DayType = DayType.CALENDAR
    roll: Roll = Roll.NONE
    evidence: str = ""
    label: str = ""

    @property
    def fixed_on(self) -> None:
        """Return nothing: no date is known before there is an agreement."""
        return

    def as_schedule(self) -> dates.Schedule:
        """Return how its dates arise."""
        return dates.Schedule(
            schedule=self.schedule,
            cadence=self.cadence,
            cadence_months=self.cadence_months,
            period_anchor=self.period_anchor,
            relative_anchor=self.relative_anchor,
            event_type=self.event_type,
            yearly_check=self.yearly_check,
            offset_count=self.offset_count,
            offset_unit=self.offset_unit,
            day_type=self.day_type,
            roll=self.roll,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Seats:
    """The places of the parties in one obligation, counted from 1, in order."""

    debtors: tuple[int, ...]
    creditors: tuple[int, ...]


_ENUMS: Final[Mapping[str, type[StrEnum]]] = {
    "kind": ObligationKind,
    "schedule": ScheduleKind,
    "cadence": Cadence,
    "period_anchor": PeriodAnchor,
    "relative_anchor": RelativeAnchor,
    "event_type": EventType,
    "offset_unit": OffsetUnit,
    "day_type": DayType,
    "roll": Roll,
}
_REQUIRED: Final = ("kind", "title", "debtors", "creditors", "schedule")


def read(plain: Mapping[str, Any]) -> Pattern:
    """Read a pattern from plain JSON; raises RuleBroken with the field that is not as it should be."""
    for name in plain:
        if name not in Pattern.__dataclass_fields__:
            raise RuleBroken(N_("Pola kewajiban memuat isian “%(name)s” yang tidak dikenal."), field=name, name=name)
    for name in _REQUIRED:
        if not plain.get(name):
            raise RuleBroken(N_("Isian “%(name)s” pada pola kewajiban belum diisi."), field=name, name=name)
    made = Pattern(**{name: _value(name, value) for name, value in plain.items()})
    _check(made)
    return made


def to_plain(pattern: Pattern) -> dict[str, Any]:
    """Write a pattern as plain JSON: what `read` reads back to the same pattern."""
    written = {name: getattr(pattern, name) for name in Pattern.__dataclass_fields__}
    return {
        name: _plain(value)
        for name, value in written.items()
        if value is not None and (name != "yearly_check" or value)
    }


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.value if isinstance(value, StrEnum) else value


def _value(name: str, value: Any) -> Any:
    if name in _ENUMS:
        return _member(name, value)
    if name in {"offset_count", "cadence_months", "yearly_check"}:
        return _plainly(name, value)
    if name in {"debtors", "creditors"}:
        return _words(name, [value] if isinstance(value, str) else value)
    if not isinstance(value, str):
        raise RuleBroken(N_("Isian “%(name)s” pada pola kewajiban harus berupa teks."), field=name, name=name)
    return " ".join(value.split())


def _plainly(name: str, value: Any) -> int | bool | None:
    if name == "yearly_check":
        return value is True
    if value is None and name == "cadence_months":
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise RuleBroken(N_("Tulis lamanya dengan angka bulat."), field=name)
    return value


def _member(name: str, value: Any) -> StrEnum | None:
    if value is None and name not in _REQUIRED:
        return None
    try:
        return _ENUMS[name](value)
    except ValueError:
        known = ", ".join(_ENUMS[name])
        raise RuleBroken(
            N_("“%(value)s” tidak dikenal. Pilih salah satu: %(known)s."), field=name, value=value, known=known
        ) from None


def _words(name: str, words: Iterable[Any]) -> tuple[str, ...]:
    found = tuple(words)
    for word in found:
        if word not in _SAID and word not in PLACES:
            known = ", ".join((*_SAID, *PLACES))
            raise RuleBroken(
                N_("“%(value)s” tidak dikenal. Pilih salah satu: %(known)s."), field=name, value=word, known=known
            )
    return found


def _check(pattern: Pattern) -> None:
    """Refuse what cannot become an obligation."""
    if len(pattern.title) > LONGEST_TITLE:
        raise RuleBroken(
            N_("Persingkat isi kewajiban menjadi paling banyak %(n)s huruf."), field="title", n=LONGEST_TITLE
        )
    if pattern.schedule is ScheduleKind.FIXED:
        raise RuleBroken(
            N_("Pola kewajiban tidak dapat memuat tanggal tertentu. Hitung dari peristiwa atau periode."),
            field="schedule",
        )
    if OTHERS in pattern.debtors and OTHERS in pattern.creditors:
        raise RuleBroken(N_("“lainnya” hanya dapat dipakai di satu sisi."), field="creditors")
    if pattern.debtors == pattern.creditors and not {ALL, PARTNERS} & set(pattern.debtors):
        raise RuleBroken(N_("Satu pihak tidak berutang kepada dirinya sendiri. Pilih pihak lain."), field="creditors")
    schedule_check.check(pattern.as_schedule(), _NO_TERM)


def sentence(pattern: Pattern) -> str:
    """Say a pattern in Indonesian: what, who to whom, by when, with which evidence."""
    due = due_in_words(pattern) or "berlaku selama perjanjian"
    joint = pattern.debtors == pattern.creditors
    who = (
        f"bersama {_said(pattern.debtors)}" if joint else f"{_said(pattern.debtors)} kepada {_said(pattern.creditors)}"
    )
    proof = f" Bukti: {pattern.evidence}." if pattern.evidence else ""
    return f"{wording.capitalised(pattern.title)}. Kewajiban {who}, {due}.{proof}"


def whole_sentence(pattern: Pattern) -> str:
    """Say a pattern with everything that tells it from others: kind, periods, holidays and ayat besides `sentence`."""
    more = [wording.label(pattern.kind)]
    if pattern.schedule is ScheduleKind.RECURRING and pattern.period_anchor:
        more.append(wording.label(pattern.period_anchor))
    if pattern.yearly_check:
        more.append("diperiksa setiap tahun")
    if pattern.roll is not Roll.NONE:
        more.append(wording.label(pattern.roll))
    if pattern.label:
        more.append(pattern.label)
    return f"{sentence(pattern)} [{'; '.join(more)}]"


def _said(words: tuple[str, ...]) -> str:
    return wording.joined([_SAID.get(word, f"PIHAK {word}") for word in words])


def seats(pattern: Pattern, *, count: int, ours: int) -> Seats:
    """Return who of `count` parties owes and is owed, when our own party has place `ours`.

    Raises RuleBroken when the pattern speaks of a place that the agreement does not have.
    """
    if not MIN_PARTIES <= count <= MAX_PARTIES or not 1 <= ours <= count:
        raise RuleBroken(N_("Lengkapi para pihak lebih dahulu."), field="parties")
    debtors = _places(pattern.debtors, count=count, ours=ours, against=())
    creditors = _places(pattern.creditors, count=count, ours=ours, against=debtors)
    if OTHERS in pattern.debtors:
        debtors = _places(pattern.debtors, count=count, ours=ours, against=creditors)
    if not debtors or not creditors:
        raise RuleBroken(N_("Pola kewajiban ini tidak menyisakan pihak di salah satu sisi."), field="parties")
    return Seats(debtors=debtors, creditors=creditors)


def _places(words: tuple[str, ...], *, count: int, ours: int, against: Collection[int]) -> tuple[int, ...]:
    everybody = range(1, count + 1)
    found: set[int] = set()
    for word in words:
        if word in PLACES:
            found |= {PLACES.index(word) + 1}
        else:
            found |= {
                OURS: {ours},
                PARTNERS: set(everybody) - {ours},
                OTHERS: set(everybody) - set(against),
                ALL: set(everybody),
            }[word]
    if max(found, default=0) > count:
        raise RuleBroken(
            N_("Pola kewajiban menyebut PIHAK %(place)s, sedangkan naskah ini hanya mempunyai %(n)s pihak."),
            place=PLACES[max(found) - 1],
            n=count,
        )
    return tuple(sorted(found))
