"""Public codes: KIND-YEAR-NNNN of agreements, 4+4 letters of reports (Settled 11)."""

from portal.domain.agreement import AgreementKind

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so that a code can be read aloud."""

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
