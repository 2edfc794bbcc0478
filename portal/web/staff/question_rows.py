"""Questions of partners as rows of the office's pages."""

from typing import TYPE_CHECKING, Any

from flask import url_for

from portal.extensions import session
from portal.queries import questions as reading
from portal.web import question_words

if TYPE_CHECKING:
    from portal.models import Agreement, AgreementQuestion

Item = dict[str, Any]

SHOWN = 5
"""So many questions stand on the page of an agreement."""


def card(agreement: "Agreement") -> Item:
    """Return what the page of an agreement shows of its questions."""
    found = reading.of_agreement(session(), agreement.id)
    return {
        "rows": [line(agreement.code, each) for each in found[:SHOWN]],
        "count": len(found),
        "href": url_for("staff.questions.index", code=agreement.code) if found else None,
    }


def line(code: str, question: "AgreementQuestion") -> Item:
    """Return one question as a row that leads to its page."""
    href = url_for("staff.questions.show", code=code, question_id=question.id)
    return question_words.line(question, href, with_party=True)
