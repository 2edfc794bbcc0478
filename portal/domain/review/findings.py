"""What a rule is and what it finds; the rules themselves lie in the modules beside, by theme."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from portal.domain.drafting import Section
from portal.domain.review.places import IDENTITY, article_of, section_of
from portal.domain.review.subject import ReviewParty, ReviewSubject
from portal.domain.severity import Severity

LONGEST_PLACE: Final = 200
"""What the table of waivers keeps of a place."""

_OF_TODAY: Final = frozenset({"date"})
"""Values that move with the calendar while no date of signing is known: the fault stays the same."""
_DIGITS: Final = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """Where a rule is broken: place in words, values of the sentences, and the thing itself where a place may hold two.

    `field` names the field of the form when it depends on the hit ("parties.2.number_printed").
    """

    place: str
    values: Mapping[str, object] = field(default_factory=dict)
    what: str = ""
    field: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One rule of Periksa Naskah: its code, how grave it is, both sentences, where to mend, and how to look.

    `message` and `fix` are Indonesian sources with named placeholders; `section` None means that of the place.
    `can_waive`: may stand with a reason.
    """

    code: str
    severity: Severity
    message: str
    fix: str
    find: Callable[[ReviewSubject], Iterator[Hit]]
    section: Section | None = None
    field: str = ""
    can_waive: bool = True


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One fault in a draft, ready for the page: the edge translates `message` and `fix` and fills in `values`.

    `field` names a field of the form of `section`, "" where the section has none for it; `article` is the key of the
    article in the tree that the place lies in, "" outside the articles.
    """

    rule: str
    severity: Severity
    place: str
    message: str
    fix: str
    section: Section
    values: Mapping[str, object] = field(default_factory=dict)
    what: str = ""
    field: str = ""
    can_waive: bool = True
    article: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """Return rule and place as a waiver keeps them; the same fault has the same key every time.

        The place names its article by the article's key, so that it holds when the Pasal are numbered anew; a digest
        tells this fault from the next one at the same place.
        """
        place = f"{self.article}{self.place[len(article_of(self.place)) :]}" if self.article else self.place
        said = {name: str(value) for name, value in self.values.items() if name not in _OF_TODAY}
        plain = json.dumps([self.what, said], sort_keys=True, ensure_ascii=False)
        mark = f" #{hashlib.sha256(plain.encode()).hexdigest()[:_DIGITS]}"
        return self.rule, f"{place[: LONGEST_PLACE - len(mark)]}{mark}"

    @property
    def sentence(self) -> str:
        """Say the fault in Indonesian."""
        return self.message % self.values if self.values else self.message

    @property
    def fix_sentence(self) -> str:
        """Say in Indonesian how to mend it."""
        return self.fix % self.values if self.values else self.fix


def found(rule: Rule, hit: Hit, *, article: str = "") -> Finding:
    """Make the finding of a rule at a hit; `article` is the key of the article that the hit lies in."""
    return Finding(
        rule=rule.code,
        severity=rule.severity,
        place=hit.place,
        message=rule.message,
        fix=rule.fix,
        section=rule.section or section_of(hit.place),
        values=hit.values,
        what=hit.what,
        field=hit.field or rule.field,
        can_waive=rule.can_waive,
        article=article,
    )


def about_party(party: ReviewParty, name: str, values: Mapping[str, object], *, place: str = IDENTITY) -> Hit:
    """Make a hit on a fact of a party; its field is named as forms do, "parties.2.number_printed"."""
    field = f"parties.{party.position}.{name}"
    return Hit(place=place, what=party.designation, values={"party": party.designation, **values}, field=field)
