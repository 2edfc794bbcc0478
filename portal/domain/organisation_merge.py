"""When two records of one partner may be made into one, which facts stay, and how long it can be undone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from portal.domain.errors import RuleBroken

UNDO = timedelta(days=30)
"""So long a merge can be undone."""

COMPARED = (
    "short_name",
    "address",
    "regency",
    "province_code",
    "phone",
    "email",
    "lks.legal_form",
    "lks.deed_number",
    "lks.deed_on",
    "lks.deed_notary",
    "lks.approval_number",
    "lks.tax_number",
    "lks.registration_type",
    "lks.registration_number",
    "lks.registration_issuer",
    "lks.registration_issued_on",
    "lks.registration_expires_on",
    "lks.accreditation",
    "lks.accreditation_number",
    "lks.accreditation_issued_on",
    "lks.accreditation_expires_on",
    "lks.bank_name",
    "lks.bank_account_number",
    "lks.bank_account_name",
    "lks.client_groups",
    "lks.atensi",
)
"""Facts of which one of two values stays."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sides:
    """What bars a merge: what the two records are, whether one stands above the other, agreements they share."""

    same: bool = False
    is_ours: bool = False
    kinds_differ: bool = False
    is_merged: bool = False
    is_above: bool = False
    common_agreements: int = 0


def check(sides: Sides) -> None:
    """Raise RuleBroken, saying what to do instead, unless the one record can be merged into the other."""
    if sides.same or sides.is_ours or sides.kinds_differ:
        raise RuleBroken("Pilih dua catatan mitra yang berbeda dan sejenis.")
    if sides.is_merged:
        raise RuleBroken("Salah satu catatan ini sudah digabung. Muat ulang halaman.")
    if sides.is_above:
        raise RuleBroken("Yang satu tercatat sebagai induk yang lain. Bila keliru, hapus dulu induknya, lalu ulangi.")
    if sides.common_agreements:
        raise RuleBroken(
            "Keduanya menjadi pihak pada naskah yang sama. Bila keliru, ubah dulu para pihak naskah itu, lalu ulangi."
        )


def differing(kept: Mapping[str, Any], gone: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return {fact: [of the one that stays, of the one that goes]} where both tell something else."""
    return {key: [kept.get(key), gone.get(key)] for key in COMPARED if _told(gone.get(key), kept.get(key))}


def _told(gone: Any, kept: Any) -> bool:
    return gone not in (None, "", []) and gone != kept


def check_undo(merged_at: datetime, undone_at: datetime | None, *, newer: int, now: datetime) -> None:
    """Raise RuleBroken unless a merge can be undone; `newer` counts what was added to the moved agreements since."""
    if undone_at is not None:
        raise RuleBroken("Penggabungan ini sudah dibatalkan. Muat ulang halaman.")
    if now > merged_at + UNDO:
        raise RuleBroken("Penggabungan hanya dapat dibatalkan dalam 30 hari.")
    if newer:
        raise RuleBroken("Pada naskah yang dipindahkan sudah ada data baru, jadi penggabungan tidak dapat dibatalkan.")
