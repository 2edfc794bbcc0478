"""The blueprint of the drafting workspace, the words of its addresses, and how each page finds its draft."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, abort, redirect, request, url_for

from portal.domain.drafting import Section
from portal.domain.errors import NotFound, RuleBroken
from portal.extensions import session
from portal.queries import agreements, drafts
from portal.services import draft_rights
from portal.web import guard
from portal.web.languages import sentence

if TYPE_CHECKING:
    from portal.models import Agreement, Draft

blueprint = Blueprint("drafting", __name__, url_prefix="/naskah/<code>/susun")

WORDS: Final[Mapping[Section, str]] = {
    Section.TEMPLATE: "templat",
    Section.PARTIES: "pihak",
    Section.RECITALS: "dasar",
    Section.ARTICLES: "pasal",
    Section.OBLIGATIONS: "kewajiban",
    Section.TERM: "masa",
    Section.FUNDING: "biaya",
    Section.OPTIONS: "pilihan",
    Section.REVIEW: "periksa",
}
"""The words of addresses for the sections."""

SHOWN: Final = 8
"""So many Word files are named beside a draft."""

_SECTIONS: Final = {word: section for section, word in WORDS.items()}


def readable(code: str) -> "Agreement":
    """Return the agreement of this address; strangers to it get "not found" or the reason."""
    return agreements.get_for(session(), code, actor=guard.actor())


def draft_of(code: str) -> "Draft":
    """Return the draft of the agreement of this address; raise NotFound while there is none.

    When its text may not be written any more, pages that would write lead to the one that shows it.
    """
    found = drafts.get(session(), readable(code).id)
    if request.method == "GET" and not draft_rights.in_time(found.agreement):
        abort(redirect(url_for("staff.drafting.closed", code=code)))
    return found


def refusal(call: Callable[[], object]) -> str:
    """Return why a rule refuses what `call` does, with all of it rolled back; nothing when it is done."""
    try:
        call()
    except RuleBroken as broken:
        session().rollback()
        return sentence(broken)
    return ""


def section_named(word: str) -> Section:
    """Return the section that a word of an address stands for; raise NotFound."""
    if word not in _SECTIONS:
        raise NotFound
    return _SECTIONS[word]


def address(code: str, section: Section, **values: Any) -> str:
    """Return the address of a section."""
    return url_for("staff.drafting.section", code=code, part=WORDS[section], **values)


@blueprint.context_processor
def _list() -> dict[str, Any]:
    """Give every page of this blueprint the way back to the list."""
    return {"list_href": url_for("staff.agreements.index")}
