"""The card of a partner on the office's page of it: the light with its reasons, papers, what waits."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from portal.domain import readiness
from portal.extensions import session
from portal.queries import organisation_card as reading
from portal.queries import partner_performance, ratings
from portal.web import card_words, rating_words
from portal.web.staff import organisation_documents, organisation_likeness, organisation_merges

if TYPE_CHECKING:
    from portal.models import OfficeHolder, Organisation


def shown(row: "Organisation", holders: "Sequence[OfficeHolder]", today: date) -> dict[str, Any]:
    """Return light and papers of a partner, and how much of what it sent waits."""
    if row.is_ours:
        return {
            "light": None,
            "reasons": [],
            "documents": [],
            "waiting": 0,
            "alike": [],
            "performance": [],
            "merged": [],
        }
    papers = reading.current(reading.list_documents(session(), row.id))
    found = readiness.judge(row.lks, holders, today, papers)
    return {
        "light": card_words.light(found),
        "reasons": card_words.reasons(found),
        "documents": [organisation_documents.line(row, paper, today) for paper in papers],
        "waiting": reading.number_waiting(session(), row.id),
        "alike": organisation_likeness.of_organisation(row),
        "merged": organisation_merges.into(row),
        "performance": _performance(row, today),
    }


def _performance(row: "Organisation", today: date) -> list[dict[str, Any]]:
    """Return how the partner's reports went, and how it rates the ministry."""
    told = card_words.performance(partner_performance.of_organisation(session(), row, today=today))
    return told + rating_words.together(ratings.summary_of_partner(session(), row.id))
