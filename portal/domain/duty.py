"""Rules of a duty between parties: who may owe whom, when an occurrence may be met by hand.

Dates are made in `schedule`; reports have their own rules in `report`.
"""

import re

from portal.domain.agreement import Stage
from portal.domain.errors import RuleBroken
from portal.domain.obligation import REPORTED, UNFINISHED, ObligationKind, OccurrenceStage

LIVING = frozenset({Stage.ACTIVE, Stage.SUSPENDED})
"""Stages in which duties bind: an unsigned paper obliges nobody."""


def check_parties(debtors: frozenset[int], creditors: frozenset[int], *, parties: frozenset[int]) -> None:
    """Raise RuleBroken unless both sides are named and all of them are parties of the agreement.

    A joint duty (a meeting, a visit) has the same parties on both sides.
    """
    if not debtors:
        raise RuleBroken("Pilih pihak yang wajib melaksanakan.", field="debtors")
    if not creditors:
        raise RuleBroken("Pilih pihak yang menerima.", field="creditors")
    if not debtors <= parties:
        raise RuleBroken("Pihak yang wajib harus tercatat sebagai pihak pada naskah.", field="debtors")
    if not creditors <= parties:
        raise RuleBroken("Pihak yang menerima harus tercatat sebagai pihak pada naskah.", field="creditors")


def is_reported(kind: ObligationKind, *, has_partner_debtor: bool) -> bool:
    """Return whether the duty is met by a report that is accepted, not by a tick (design: domain §4.4)."""
    return kind in REPORTED and has_partner_debtor


def check_mark_met(stage: OccurrenceStage, kind: ObligationKind, *, has_partner_debtor: bool) -> None:
    """Raise RuleBroken unless an officer may note that the duty was fulfilled."""
    if is_reported(kind, has_partner_debtor=has_partner_debtor):
        raise RuleBroken("Kewajiban ini dipenuhi dengan laporan mitra yang diterima. Periksa laporannya lebih dulu.")
    _check_unfinished(stage)


def _check_unfinished(stage: OccurrenceStage) -> None:
    if stage not in UNFINISHED:
        raise RuleBroken("Tenggat ini sudah selesai. Muat ulang halaman untuk melihat keadaan terakhir.")


_ARTICLE = re.compile(r"Pasal \d+")


def article_label(article: str | None) -> str:
    """Return "Pasal 7" for "Pasal 7 ayat (2)": where a duty stands; nothing for one that names no Pasal."""
    found = _ARTICLE.match(article or "")
    return found.group() if found else ""
