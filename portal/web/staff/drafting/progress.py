"""How far a draft is: the state of each section, its content in one line, who writes it now."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _
from flask_babel import ngettext

from portal import clock
from portal.domain import clause, draft_sections
from portal.domain.agreement_facts import AgreementFacts
from portal.domain.draft_sections import Work
from portal.domain.drafting import BILINGUAL, Section, SectionState
from portal.extensions import session
from portal.queries import agreements, drafts
from portal.services import draft_duties
from portal.web import guard
from portal.web.filters import date_long, datetime_zone, label
from portal.web.staff.drafting.pages import WORDS, address

if TYPE_CHECKING:
    from portal.models import Agreement, Draft

Item = dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """A draft with everything that its pages ask: facts, states, and what the states were judged by."""

    draft: "Draft"
    facts: AgreementFacts
    states: Mapping[Section, SectionState]
    work: Work

    @property
    def complete(self) -> int:
        """Return how many sections are complete."""
        return sum(state is SectionState.COMPLETE for state in self.states.values())


def of(agreement: "Agreement", draft: "Draft") -> Progress:
    """Return how far a draft is."""
    facts, tree = agreements.facts(session(), agreement), drafts.tree_of(draft)
    work = _work(draft, facts)
    states: dict[Section, SectionState] = {}
    for one in Section:
        row = drafts.section_of(draft, one)
        told = replace(work, has_raw=bool(row and row.raw))
        if one is Section.REVIEW:
            states[one] = draft_sections.review_state(list(states.values()), told)
        else:
            states[one] = draft_sections.state(one, facts, draft.facts, tree=tree, work=told)
    return Progress(draft=draft, facts=facts, states=states, work=work)


def _work(draft: "Draft", facts: AgreementFacts) -> Work:
    agreement, template = draft.agreement, draft.template_version.template
    held = drafts.conditions_of(draft, agreement, facts)
    saved, made = drafts.last_saved_at(draft), drafts.last_made_at(session(), agreement.id)
    return Work(
        schema=template.schema_code,
        is_bilingual=template.language == BILINGUAL,
        mentions=draft_sections.mentioned(clause.printed(drafts.tree_of(draft), held)),
        duties=drafts.duty_count(session(), agreement.id),
        proposals=len(draft_duties.proposals(session(), draft)),
        is_made=made is not None and (saved is None or made >= saved),
    )


def rows(code: str, found: Progress) -> list[Item]:
    """Return the lines of the task list."""
    return [
        {
            "number": number,
            "word": WORDS[one],
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
        return _duties(found)
    if section is Section.TERM and facts.starts_on and facts.ends_on:
        return f"{date_long(facts.starts_on)} – {date_long(facts.ends_on)}"
    if section is Section.FUNDING:
        return _funding(found)
    if section is Section.OPTIONS and facts.originals:
        return str(_("%(n)s naskah asli", n=facts.originals))
    return ""


def _duties(found: Progress) -> str:
    work = found.work
    if found.draft.facts.get("no_duties") and not work.duties:
        return str(_("Tidak ada kewajiban yang dijadwalkan"))
    return str(_("%(a)s kewajiban tercatat, %(b)s usulan", a=work.duties, b=work.proposals))


def _funding(found: Progress) -> str:
    facts, texts, work = found.facts, found.draft.facts, found.work
    told = [facts.funding_source or texts.get("funding_note"), texts.get("aid_description")]
    asks_aid = draft_sections.asks_aid(work.mentions, work.schema)
    if not any(told) and not asks_aid and "pembiayaan" not in work.mentions:
        return str(_("Naskah ini tidak meminta isian pembiayaan"))
    return "; ".join(str(one) for one in told if one)
