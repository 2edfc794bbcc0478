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
    "aid_items",
    "english_parties",
    "title_en",
    "purpose_en",
    "recitals_en",
    "legal_bases_en",
    "scope_en",
    "no_duties",
)
"""Names in `Draft.facts`: lists of texts, texts, and records.

`changes` is a list of {"article", "old", "new"}, `aid_items` one of {"name", "quantity", "unit", "condition"};
`english_parties` holds {"name", "office"} by the code of the organisation.
"""

REFUSED: Final = "refused"
"""Under this name the raw texts of a section hold the rule that refused its facts together, beside pairs as typed."""

BILINGUAL: Final = "id-en"
"""The language of a template in two columns."""
