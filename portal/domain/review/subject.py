"""What Periksa Naskah sees of a draft: its facts, its clause tree, and the rendered text with places.

A query builds it; nothing here reads tables or Word files.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.domain import clause
from portal.domain.agreement import AgreementKind, SigningCapacity, Standing
from portal.domain.clause import ClauseTree, Condition
from portal.domain.organisation import OrganisationKind


@dataclass(frozen=True, kw_only=True, slots=True)
class TextLine:
    """One paragraph or table cell of the rendered text, in the order of the document.

    `place` is in words ("Pasal 5 ayat (2)", see `places`), `label` the number that Word prints ("(2)", "a."),
    `style` the name of the paragraph style, "" where nobody knows it.
    """

    place: str
    text: str
    label: str = ""
    style: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Holder:
    """A person whom the register knows in an office of a party, with the first and last day in it."""

    name: str
    office: str
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewParty:
    """One party in its place (from 1).

    `name` is as printed, `registered_name` as in the register of today with `aliases`; `office` is without "Plt.";
    `principal` stands behind a signature a.n., u.b. or by power of attorney; `holders` are all that the register
    knows of this organisation; `codes` are its code and those of the organisations above it;
    `registration_expires_on` is the last day of an LKS's registration.
    `may_use_emblem` tells whether the signer's office is entitled to the state emblem (UU 24/2009 Ps 51–54).
    """

    position: int
    designation: str
    name: str
    kind: OrganisationKind
    registered_name: str | None = None
    aliases: tuple[str, ...] = ()
    address: str | None = None
    number: str | None = None
    signatory: str | None = None
    office: str | None = None
    capacity: SigningCapacity = SigningCapacity.DEFINITIVE
    principal: str | None = None
    instrument: str | None = None
    holders: tuple[Holder, ...] = ()
    codes: frozenset[str] = frozenset()
    registration_expires_on: date | None = None
    is_foreign: bool = False
    may_use_emblem: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewRelated:
    """Another agreement that this one rests on: the parent of a PKS, what an addendum changes.

    `numbers` are those that are known, one for each party; `standing` is what the calendar says, None unsigned.
    """

    printed_label: str
    title: str
    numbers: tuple[str, ...] = ()
    signed_on: date | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    party_codes: frozenset[str] = frozenset()
    standing: Standing | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SignerRow:
    """One row of the matrix of signatories: the lowest office of ours that signs such a text with such a partner.

    `least` is a name of `signers.Rank`; `is_read` tells that the row was read in a text and is no proposal;
    `unit_heads_too` lets the head of a technical unit sign; `partner_words` narrows it by the partner's folded name.
    """

    kinds: frozenset[AgreementKind]
    partners: frozenset[OrganisationKind]
    least: str
    is_read: bool = False
    unit_heads_too: bool = False
    partner_words: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class ReviewSubject:
    """A draft as the rules see it.

    `title` is the subject after TENTANG. `language` is that of the template, "id" or "id-en". `answers` are the
    conditions that hold. `stands_alone` says that a PKS needs no parent. `regions` are the regencies and provinces
    of this agreement, `regencies` all that the register knows. `organisations` are names in the register that are
    no party here, `other_names` bodies and people of other drafts, `known_terms` terms that clauses of the library
    define. `mentioned` are further texts of the draft's own facts (scope, targets, funding, addresses for letters):
    what is named there is no leftover. `typed_references` are (text, place) of references typed by hand that lead
    nowhere. `today` is the day that counts while no date of signing is known. `is_text_only`: the text came
    from elsewhere and is judged by itself, not against the facts and the tree. `signers` is the matrix of who signs.
    """

    kind: AgreementKind
    printed_label: str
    title: str
    parties: tuple[ReviewParty, ...]
    today: date
    language: str = "id"
    governing_language: str | None = None
    is_foreign: bool = False
    signed_on: date | None = None
    place: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    term_months: int | None = None
    originals: int | None = None
    parent: ReviewRelated | None = None
    stands_alone: bool = False
    amended: ReviewRelated | None = None
    answers: frozenset[Condition] = frozenset()
    tree: ClauseTree = ()
    lines: tuple[TextLine, ...] = ()
    regions: tuple[str, ...] = ()
    regencies: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    known_terms: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    typed_references: tuple[tuple[str, str], ...] = ()
    has_emblem: bool = False
    is_text_only: bool = False
    signers: tuple[SignerRow, ...] = ()

    @property
    def exchanges_data(self) -> bool:
        """Return whether personal data move between the parties."""
        return Condition.DATA_EXCHANGE in self.answers

    @property
    def printed(self) -> ClauseTree:
        """Return the articles that the document prints."""
        return clause.printed(self.tree, self.answers)

    @property
    def day(self) -> date:
        """Return the day of signing, or today while it is not known."""
        return self.signed_on or self.today

    def at(self, *places: str) -> tuple[TextLine, ...]:
        """Return the lines whose place begins with one of these words."""
        return tuple(line for line in self.lines if line.place.startswith(places))

    def articles(self) -> tuple[TextLine, ...]:
        """Return the lines of the Pasal."""
        return self.at("Pasal ")


def joined(lines: Iterable[TextLine]) -> str:
    """Return the text of lines as one, single spaced."""
    return " ".join(" ".join(line.text.split()) for line in lines)
