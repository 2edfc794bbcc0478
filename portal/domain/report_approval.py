"""Who sends a report for its organisation: the responsible person, or a writer who was given approval by that person.

An organisation that has no responsible person in the portal cannot be asked; there a writer sends (design: ux W9).
"""

from collections.abc import Collection

from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.policy import Role

ASK_FIRST = N_("Laporan dikirim oleh penanggung jawab lembaga Anda. Tekan Minta persetujuan.")

SAY_WHY = N_("Tulis apa yang perlu diperbaiki. Penyusun membaca kalimat ini.")


def may_send(roles: Collection[Role], *, has_responsible: bool) -> bool:
    """Return whether a person of these roles sends at once, rather than asking for approval."""
    return Role.PARTNER_RESPONSIBLE in roles or not has_responsible


def check_reason(reason: str) -> str:
    """Return why a report is handed back to its writer; raise RuleBroken when nothing is said."""
    said = " ".join(reason.split())
    if not said:
        raise RuleBroken(SAY_WHY, field="reason")
    return said
