"""The drafting workspace: its nine sections and what a text needs beyond the facts of the agreement."""

from enum import StrEnum
from typing import Final


class Section(StrEnum):
    """The sections of the workspace, in order (design: ux §8)."""

    TEMPLATE = "template"
    PARTIES = "parties"
    RECITALS = "recitals"
    ARTICLES = "articles"
    OBLIGATIONS = "obligations"
    TERM = "term"
    FUNDING = "funding"
    OPTIONS = "options"
    REVIEW = "review"


class SectionState(StrEnum):
    """How far a section is; words on screen in `wording`."""

    EMPTY = "empty"
    STARTED = "started"
    COMPLETE = "complete"
    BLOCKED = "blocked"


EXTRA: Final = (
    "recitals",
    "legal_bases",
    "targets",
    "funding_note",
    "changes",
    "governing_language",
    "stamp_required",
    "data_elements",
)
"""Names in `Draft.facts`: lists of texts, texts, and for `changes` a list of {"article", "old", "new"}."""
