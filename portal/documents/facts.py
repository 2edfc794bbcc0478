"""What a draft is made from: plain values of one agreement, as a service gathers them. No tables, no wording."""

from dataclasses import dataclass
from datetime import date

from portal.domain.agreement import AgreementKind, SigningCapacity
from portal.domain.template_settings import SignatureSide
from portal.domain.wording import PartyStyle


@dataclass(frozen=True, kw_only=True, slots=True)
class LegalFacts:
    """Papers that a body outside government shows (design: domain §2.2 block 5b); what is not known stays None."""

    deed_no: str | None = None
    deed_on: date | None = None
    notary: str | None = None
    approval_no: str | None = None
    """Approval of the Minister of Law, "AHU-…"."""
    npwp: str | None = None
    registration_no: str | None = None
    """Number of the registration of a welfare institution (tanda daftar)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ContactFacts:
    """Where letters of a party go."""

    unit: str | None = None
    name: str | None = None
    address: str | None = None
    phone: str | None = None
    email: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class PartyFacts:
    """One party as it is to be printed, in its place among the parties.

    `office` is the office without "Plt."; `principal` is who stands behind a signature a.n., u.b. or by power of
    attorney; `instrument` is the decree, deed or letter that proves the authority. `legal` is None for state bodies.
    English names stand in the second column of a bilingual text; without one the Indonesian name stands there too.
    """

    name: str
    short_name: str
    number_printed: str | None = None
    address: str | None = None
    signatory: str | None = None
    signatory_nip: str | None = None
    office: str | None = None
    capacity: SigningCapacity = SigningCapacity.DEFINITIVE
    principal: str | None = None
    instrument: str | None = None
    legal: LegalFacts | None = None
    contact: ContactFacts | None = None
    name_en: str | None = None
    office_en: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RelatedFacts:
    """Another agreement that this one names: the parent of a PKS, what an addendum changes.

    `numbers` holds the number of each party that is known, as (party's short name, number); one agreement has one
    number per party.
    """

    printed_label: str
    title: str
    signed_on: date | None = None
    ends_on: date | None = None
    numbers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeFacts:
    """One change of an addendum: where, the wording until now, the wording from now on."""

    article: str
    old: str | None
    new: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FundingFacts:
    """What is known of the money: whole rupiah, where it comes from, and a sentence of the parties' own."""

    sentence: str | None = None
    value: int | None = None
    source: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AidItemFacts:
    """Goods that are handed over: what, how many of which unit, in what state."""

    name: str
    quantity: int | None = None
    unit: str | None = None
    condition: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AidFacts:
    """Government aid (bantuan): what it is in words, whole rupiah, who receives it, and the goods one by one."""

    description: str | None = None
    value: int | None = None
    recipient: str | None = None
    items: tuple[AidItemFacts, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class EnglishFacts:
    """The English words of a bilingual text, each the pair of the Indonesian field of the same name."""

    title: str | None = None
    purpose: str | None = None
    recitals: tuple[str, ...] = ()
    legal_bases: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ObligationFacts:
    """One duty: what, who owes it to whom (places among the parties, from 1), by when in words, from which article."""

    text: str
    debtors: tuple[int, ...]
    creditors: tuple[int, ...] = ()
    due: str | None = None
    article: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class AgreementFacts:
    """Everything that a draft of an agreement can say; None and empty mean not known.

    `title` is the subject after TENTANG. The term is in whole months; a typed end wins over it. `originals` None
    means one for each party. `amendment_no` counts the addenda of the same agreement from 1.
    """

    kind: AgreementKind
    printed_label: str
    title: str
    parties: tuple[PartyFacts, ...]
    signed_on: date | None = None
    place: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    term_months: int | None = None
    purpose: str | None = None
    recitals: tuple[str, ...] = ()
    legal_bases: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    parent: RelatedFacts | None = None
    amended: RelatedFacts | None = None
    amendment_no: int = 1
    changes: tuple[ChangeFacts, ...] = ()
    funding: FundingFacts | None = None
    obligations: tuple[ObligationFacts, ...] = ()
    party_style: PartyStyle = PartyStyle.KESATU
    signature_side: SignatureSide = SignatureSide.FIRST_LEFT
    originals: int | None = None
    our_position: int = 1
    stamp_required: bool = True
    data_elements: tuple[str, ...] = ()
    aid: AidFacts | None = None
    governing_language: str | None = None
    english: EnglishFacts | None = None
