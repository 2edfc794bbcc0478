"""Roles that people hold for a period on a basis: what a term must say. Who may give them is in `policy`."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.period import Period
from portal.domain.policy import PARTNER_ROLES, STAFF_ROLES, Role


class Tenure(StrEnum):
    """How a role is held: in full, or for the time being in place of who holds it (Plt., Plh.)."""

    FULL = "full"
    ACTING = "acting"
    DAILY = "daily"


PREFIXES = {Tenure.FULL: "", Tenure.ACTING: "Plt., ", Tenure.DAILY: "Plh., "}
"""How the basis of a role begins in the record; Plt. and Plh. stand in letters of the office in either language."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """A role for a period, both ends inside, with the letter on which it rests."""

    role: Role
    starts_on: date
    ends_on: date | None
    tenure: Tenure
    letter: str

    @property
    def period(self) -> Period:
        """Return the days of the role."""
        return Period(starts_on=self.starts_on, ends_on=self.ends_on)

    @property
    def basis(self) -> str:
        """Return the basis as it is recorded: "Plt., SP-12/2026"."""
        return PREFIXES[self.tenure] + self.letter.strip()


def read_basis(basis: str | None) -> tuple[Tenure, str]:
    """Return how a role is held and on which letter, from what is recorded."""
    text = basis or ""
    for tenure in (Tenure.ACTING, Tenure.DAILY):
        if text.startswith(PREFIXES[tenure]):
            return tenure, text.removeprefix(PREFIXES[tenure])
    return Tenure.FULL, text


def check(term: Term, *, in_office: bool) -> None:
    """Raise RuleBroken unless a person of this side can hold such a term."""
    if term.role not in (STAFF_ROLES if in_office else PARTNER_ROLES):
        raise RuleBroken(N_("Peran ini bukan untuk orang dari lembaga ini. Pilih peran lain."), field="role")
    if not term.letter.strip():
        raise RuleBroken(N_("Tulis nomor surat yang menjadi dasar peran ini."), field="letter")
    if term.tenure is not Tenure.FULL and term.ends_on is None:
        raise RuleBroken(N_("Plt. dan Plh. selalu sementara. Isi hari terakhirnya."), field="ends_on")
    if term.ends_on is not None and term.ends_on < term.starts_on:
        raise RuleBroken(N_("Hari terakhir tidak boleh sebelum hari pertama."), field="ends_on")
