"""How grave a finding about a text is. The rules themselves lie in `review`."""

from enum import StrEnum


class Severity(StrEnum):
    """What a finding means for the text."""

    ERROR = "error"
    """Must be mended, or let stand with a reason where the rule allows it."""
    WARNING = "warning"
    """Should be looked at; the text can be made nevertheless."""
