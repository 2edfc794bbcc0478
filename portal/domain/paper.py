"""The paper of a text and the side on which the first party signs it."""

from enum import StrEnum


class SignatureSide(StrEnum):
    """On which side the first party signs; both are in use (design: domain §2.2 block 12)."""

    FIRST_LEFT = "first_left"
    FIRST_RIGHT = "first_right"


class Paper(StrEnum):
    """Paper of Indonesian offices."""

    A4 = "a4"
    F4 = "f4"
