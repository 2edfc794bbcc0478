"""What parties give each other: money in stages and goods with a record of hand-over (design: domain §5.6).

The rules of one entry, the sharing of a sum over stages, and the sums of several entries. Rows are in `models`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from portal.domain.errors import RuleBroken


class ContributionKind(StrEnum):
    """What is given."""

    MONEY = "money"
    GOODS = "goods"
    SERVICE = "service"


class ContributionStage(StrEnum):
    """What people decided about one entry."""

    PLANNED = "planned"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"


MOST_STAGES = 12
WHOLE = 100


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """One entry as people write it down; parties are ids of organisations, amounts whole rupiah."""

    giver_id: int
    receiver_id: int
    kind: ContributionKind
    description: str
    instalment: int | None = None
    amount_rupiah: int | None = None
    quantity: int | None = None
    unit: str | None = None
    planned_on: date | None = None
    occurrence_id: int | None = None
    note: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Delivery:
    """What was handed over, and what proves it: the record of hand-over (BAST) or the proof of payment."""

    delivered_on: date
    record_number: str | None = None
    record_on: date | None = None
    file_id: int | None = None


def check_promise(promise: Promise, *, parties: frozenset[int]) -> None:
    """Raise RuleBroken, naming the field, unless one party of the agreement gives another something that is told."""
    if promise.giver_id not in parties:
        raise RuleBroken("Pilih pihak yang memberi.", field="giver_id")
    if promise.receiver_id not in parties:
        raise RuleBroken("Pilih pihak yang menerima.", field="receiver_id")
    if promise.giver_id == promise.receiver_id:
        raise RuleBroken("Pemberi dan penerima harus berbeda.", field="receiver_id")
    if not promise.description.strip():
        raise RuleBroken("Tulis apa yang diberikan.", field="description")
    _check_measure(promise)


def _check_measure(promise: Promise) -> None:
    is_money = promise.kind is ContributionKind.MONEY
    if is_money and not promise.amount_rupiah:
        raise RuleBroken("Isi jumlah uangnya.", field="amount_rupiah")
    if is_money and promise.quantity is not None:
        raise RuleBroken("Jumlah satuan hanya untuk barang dan jasa.", field="quantity")
    if (promise.quantity is None) != (not (promise.unit or "").strip()):
        raise RuleBroken("Isi jumlah dan satuannya bersama-sama.", field="quantity")
    if not is_money and promise.instalment is not None:
        raise RuleBroken("Tahap hanya untuk uang.", field="instalment")


def check_delivery(stage: ContributionStage, kind: ContributionKind, delivery: Delivery, *, today: date) -> None:
    """Raise RuleBroken unless the entry may be noted as handed over; goods need the number of their record."""
    check_open(stage, allowed=frozenset({ContributionStage.PLANNED, ContributionStage.DELIVERED}))
    if delivery.delivered_on > today:
        raise RuleBroken("Tanggal penyerahan tidak boleh sesudah hari ini.", field="delivered_on")
    if delivery.record_on is not None and delivery.record_on > today:
        raise RuleBroken("Tanggal berita acara tidak boleh sesudah hari ini.", field="record_on")
    if kind is ContributionKind.GOODS and not (delivery.record_number or "").strip():
        raise RuleBroken("Penyerahan barang memerlukan nomor berita acara serah terima.", field="record_number")


def check_open(
    stage: ContributionStage, *, allowed: frozenset[ContributionStage] = frozenset({ContributionStage.PLANNED})
) -> None:
    """Raise RuleBroken unless the entry is in a stage in which it may be changed."""
    if stage not in allowed:
        raise RuleBroken("Catatan ini sudah selesai. Muat ulang halaman untuk melihat keadaan terakhir.")


def read_percents(text: str) -> tuple[int, ...]:
    """Return the parts of "70/30" or "40, 30, 30"; raises RuleBroken (field `percents`) unless they make 100."""
    parts = [part for part in re.split(r"[\s/,;+%-]+", text.strip()) if part]
    if not all(part.isascii() and part.isdecimal() for part in parts):
        raise RuleBroken("Tulis persen sebagai angka bulat, misalnya 70/30.", field="percents")
    percents = tuple(int(part[:4]) for part in parts)
    if not 2 <= len(percents) <= MOST_STAGES or 0 in percents:  # noqa: PLR2004 (one stage is no stages)
        raise RuleBroken("Tulis dua sampai dua belas tahap, misalnya 70/30.", field="percents")
    if sum(percents) != WHOLE:
        raise RuleBroken("Jumlah semua tahap harus 100 persen.", field="percents")
    return percents


def shares(amount: int, percents: Sequence[int]) -> tuple[int, ...]:
    """Return what falls to each stage, in whole rupiah; the last one takes what rounding left over."""
    parts = [amount * percent // WHOLE for percent in percents[:-1]]
    return (*parts, amount - sum(parts))


class HasAmount(Protocol):
    """What the sums need to know of one entry."""

    @property
    def stage(self) -> ContributionStage:
        """Return what people decided."""

    @property
    def amount_rupiah(self) -> int | None:
        """Return its money, or the value of its goods, if known."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sums:
    """What was promised and what of it was handed over, in rupiah; entries without a value are only counted."""

    promised: int
    delivered: int
    without_value: int


def sums(rows: Iterable[HasAmount]) -> Sums:
    """Return the sums of entries; those that were cancelled count for nothing."""
    living = [row for row in rows if row.stage is not ContributionStage.CANCELLED]
    done = [row.amount_rupiah or 0 for row in living if row.stage is ContributionStage.DELIVERED]
    return Sums(
        promised=sum(row.amount_rupiah or 0 for row in living),
        delivered=sum(done),
        without_value=sum(row.amount_rupiah is None for row in living),
    )
