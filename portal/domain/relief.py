"""Relief from one dated duty: more time, release, or rest, asked for by either side and decided with a record.

What a granted relief does to the date is in `services.reliefs`; the stages of the occurrence are in `obligation`.
"""

from enum import StrEnum


class ReliefKind(StrEnum):
    """What is asked for."""

    EXTENSION = "extension"
    WAIVER = "waiver"
    HOLD = "hold"


class ReliefStage(StrEnum):
    """What people decided about a request."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
