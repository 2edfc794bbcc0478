"""Public codes: KIND-YEAR-NNNN of agreements, 4+4 letters of reports (Settled 11)."""

from portal.domain.agreement import AgreementKind

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so that a code can be read aloud."""

_LOOK_ALIKES = str.maketrans("OIL", "011")
_SPOKEN_LETTERS = 8

PREFIX = {
    AgreementKind.MOU: "MOU",
    AgreementKind.PKS: "PKS",
    AgreementKind.SYNERGY_NOTE: "NKS",
    AgreementKind.AMENDMENT: "ADD",
    AgreementKind.EXTENSION: "PPJ",
    AgreementKind.TERMINATION: "PGK",
}


def agreement_code(kind: AgreementKind, year: int, sequence: int) -> str:
    """Return the public code of an agreement, e.g. PKS-2024-0214; it never changes after creation."""
    return f"{PREFIX[kind]}-{year}-{sequence:04d}"


def spoken_code(number: int) -> str:
    """Return eight Crockford letters in two groups for a number below 2**40, e.g. 8K2M-7Q4D."""
    letters = "".join(CROCKFORD[(number >> (5 * place)) & 31] for place in reversed(range(8)))
    return f"{letters[:4]}-{letters[4:]}"


def heard_code(typed: str) -> str | None:
    """Return a spoken code as `spoken_code` writes it, however it was typed; None when it is none.

    Small letters, spaces and hyphens do not matter; O is read as 0, I and L as 1.
    """
    letters = "".join(sign for sign in typed.upper() if sign.isalnum()).translate(_LOOK_ALIKES)
    if len(letters) != _SPOKEN_LETTERS or any(sign not in CROCKFORD for sign in letters):
        return None
    return f"{letters[:4]}-{letters[4:]}"
