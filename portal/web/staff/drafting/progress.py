"""How far a draft is: the state of each section, its content in one line, who writes it now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import ngettext

from portal import clock
from portal.domain import clause, draft_sections
from portal.domain.agreement_facts import AgreementFacts
from portal.domain.draft_sections import Work
from portal.domain.drafting import Section, SectionState
from portal.extensions import session
from portal.queries import agreements, drafts
from portal.services import draft_duties
from portal.web import guard
from portal.web.filters import date_long, datetime_zone, label
from portal.web.staff.drafting.pages import address

if TYPE_CHECKING:
    from portal.models import Agreement, Draft

Item = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """A draft with everything that its pages ask: facts, states, how many duties are proposed and recorded."""

    draft: "Draft"
    facts: AgreementFacts
    states: Mapping[Section, SectionState]
    proposals: int
    duties: int

    @property
    def complete(self) -> int:
        """Return how many sections are complete."""
        return sum(state is SectionState.COMPLETE for state in self.states.values())


def of(agreement: "Agreement", draft: "Draft") -> Progress:
    """Return how far a draft is."""
    facts = agreements.facts(session(), agreement)
    proposals = len(draft_duties.proposals(session(), draft))
    duties = drafts.duty_count(session(), agreement.id)
    saved, made = drafts.last_saved_at(draft), drafts.last_made_at(session(), agreement.id)
    is_made = made is not None and (saved is None or made >= saved)
    states: dict[Section, SectionState] = {}
    for one in Section:
        row = drafts.section_of(draft, one)
        work = Work(has_raw=bool(row and row.raw), duties=duties, proposals=proposals, is_made=is_made)
        if one is Section.REVIEW:
            states[one] = draft_sections.review_state(list(states.values()), work)
        else:
            states[one] = draft_sections.state(one, facts, draft.facts, tree=drafts.tree_of(draft), work=work)
    return Progress(draft=draft, facts=facts, states=states, proposals=proposals, duties=duties)


def rows(code: str, found: Progress) -> list[Item]:
    """Return the lines of the task list."""
    return [
        {
            "number": number,
            "label": label(one),
            "href": address(code, one),
            "state": word(found, one),
            "tone": "started" if found.states[one] is SectionState.STARTED else "",
            "summary": _summary(found, one),
            "writer": writer(found.draft, one),
        }
        for number, one in enumerate(Section, start=1)
    ]


def nav(code: str, found: Progress, here: Section) -> list[Item]:
    """Return the nine sections as they stand beside a form."""
    return [row | {"current": one is here} for row, one in zip(rows(code, found), Section, strict=True)]


def word(found: Progress, section: Section) -> str:
    """Return the state of a section in words, with the reason when it cannot be done yet."""
    state = found.states[section]
    if state is not SectionState.BLOCKED:
        return label(state)
    left = sum(one is not SectionState.COMPLETE for part, one in found.states.items() if part is not section)
    return str(_("%(state)s (%(n)s bagian belum lengkap)", state=label(state), n=left))


def writer(draft: "Draft", section: Section) -> str:
    """Return who else saved a section a moment ago, or nothing."""
    row = drafts.section_of(draft, section)
    found = drafts.writer(row, account_id=guard.actor().account_id, now=clock.now())
    if found is None:
        return ""
    return str(_("%(name)s sedang mengisi, tersimpan %(at)s", name=found.name, at=datetime_zone(found.at)))


def _summary(found: Progress, section: Section) -> str:
    facts, texts = found.facts, found.draft.facts
    if section is Section.TEMPLATE:
        version = found.draft.template_version
        return str(_("%(name)s, versi %(n)s", name=version.template.name, n=version.number))
    if section is Section.PARTIES:
        return ", ".join(party.name_printed or party.organisation_code for party in facts.parties)
    if section is Section.RECITALS:
        counts = {"a": len(texts.get("recitals") or ()), "b": len(texts.get("legal_bases") or ())}
        return str(_("%(a)s pertimbangan, %(b)s dasar hukum", **counts))
    if section is Section.ARTICLES:
        return _articles(found)
    return _second_half(found, section)


def _articles(found: Progress) -> str:
    tree = drafts.tree_of(found.draft)
    held = drafts.conditions_of(found.draft, found.draft.agreement, found.facts)
    count = len(clause.printed(tree, held))
    return ngettext("%(n)s Pasal tercetak", "%(n)s Pasal tercetak", count, n=count)


def _second_half(found: Progress, section: Section) -> str:
    facts = found.facts
    if section is Section.OBLIGATIONS:
        return str(_("%(a)s kewajiban tercatat, %(b)s usulan", a=found.duties, b=found.proposals))
    if section is Section.TERM and facts.starts_on and facts.ends_on:
        return f"{date_long(facts.starts_on)} – {date_long(facts.ends_on)}"
    if section is Section.FUNDING:
        return facts.funding_source or str(found.draft.facts.get("funding_note") or "")
    if section is Section.OPTIONS and facts.originals:
        return str(_("%(n)s naskah asli", n=facts.originals))
    return ""
