"""The card of a partner: its parts, the papers on it, and how a partner's proposal to change it is checked.

A fact is named by its flat key (`organisation_facts.flat`). What an accepted proposal does is in
`services.card_proposals`. Design: domain §5.5, ux W10.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import IntEnum, StrEnum
from typing import Any

from portal.domain.errors import RuleBroken
from portal.domain.organisation import Accreditation, LegalForm, Zone
from portal.domain.organisation_facts import PROFILE, LksFacts, OrganisationFacts


class CardPart(StrEnum):
    """What is proposed together, on one form."""

    IDENTITY = "identity"
    LEGAL = "legal"
    REGISTRATION = "registration"
    ACCREDITATION = "accreditation"
    BANK = "bank"
    SERVICES = "services"
    HOLDER = "holder"
    CONTACT = "contact"


class ProposalStage(StrEnum):
    """What people decided about a proposal or a paper that a partner sent."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class DocumentKind(StrEnum):
    """What a paper on the card is (design: domain §5.5)."""

    DEED = "deed"
    APPROVAL = "approval"
    TAX_NUMBER = "tax_number"
    REGISTRATION = "registration"
    ACCREDITATION = "accreditation"
    BANK_ACCOUNT = "bank_account"
    POWER_OF_ATTORNEY = "power_of_attorney"
    OTHER = "other"


class PaperSource(IntEnum):
    """Where the validity of a paper stands: with its file, or among the facts of a welfare institution."""

    DOCUMENT = 0
    REGISTRATION = 1
    ACCREDITATION = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class PaperSubject:
    """A paper as a subject of reminders: one number says where its validity stands, and in which row.

    `row_id` is of a document, or of the organisation whose fact it is.
    """

    source: PaperSource
    row_id: int

    @property
    def subject_id(self) -> int:
        """Return the number; the planner makes the same in SQL."""
        return self.row_id * len(PaperSource) + self.source

    @classmethod
    def of(cls, subject_id: int) -> "PaperSubject":
        """Return what a number stands for."""
        row_id, source = divmod(subject_id, len(PaperSource))
        return cls(source=PaperSource(source), row_id=row_id)


KEYS: Mapping[CardPart, tuple[str, ...]] = {
    CardPart.IDENTITY: ("name", "short_name", "address", "regency", "province_code", "phone", "email"),
    CardPart.LEGAL: tuple(
        f"{PROFILE}.{name}"
        for name in ("legal_form", "deed_number", "deed_on", "deed_notary", "approval_number", "tax_number")
    ),
    CardPart.REGISTRATION: tuple(
        f"{PROFILE}.registration_{name}" for name in ("type", "number", "issuer", "issued_on", "expires_on")
    ),
    CardPart.ACCREDITATION: (
        f"{PROFILE}.accreditation",
        *(f"{PROFILE}.accreditation_{name}" for name in ("number", "issued_on", "expires_on")),
    ),
    CardPart.BANK: tuple(f"{PROFILE}.bank_{name}" for name in ("name", "account_number", "account_name")),
    CardPart.SERVICES: tuple(f"{PROFILE}.{name}" for name in ("client_groups", "atensi")),
    CardPart.HOLDER: ("name", "office", "instrument", "starts_on", "ends_on"),
    CardPart.CONTACT: ("name", "position", "phone", "email", "has_left"),
}
"""The facts of each part, in the order of its form."""

OF_PEOPLE = frozenset({CardPart.HOLDER, CardPart.CONTACT})
"""Parts about one person each; the others are about the organisation itself."""

OF_ANY_KIND = OF_PEOPLE | {CardPart.IDENTITY}
"""Parts that every partner has; the others are a welfare institution's."""

_ENUMS: Mapping[str, type[StrEnum]] = {
    f"{PROFILE}.legal_form": LegalForm,
    f"{PROFILE}.accreditation": Accreditation,
    "zone": Zone,
}

Changes = dict[str, list[Any]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """What is told of a paper: its kind, number, issuer and validity, and the name and bytes of its file."""

    kind: DocumentKind
    number: str | None = None
    issuer: str | None = None
    issued_on: date | None = None
    expires_on: date | None = None
    file_name: str = ""
    content: bytes = field(default=b"", repr=False)


FACTS_OF_PAPER: Mapping[DocumentKind, Mapping[str, str]] = {
    DocumentKind.DEED: {"number": "deed_number", "issued_on": "deed_on", "issuer": "deed_notary"},
    DocumentKind.APPROVAL: {"number": "approval_number"},
    DocumentKind.TAX_NUMBER: {"number": "tax_number"},
    DocumentKind.REGISTRATION: {
        "number": "registration_number",
        "issuer": "registration_issuer",
        "issued_on": "registration_issued_on",
        "expires_on": "registration_expires_on",
    },
    DocumentKind.ACCREDITATION: {
        "number": "accreditation_number",
        "issued_on": "accreditation_issued_on",
        "expires_on": "accreditation_expires_on",
    },
    DocumentKind.BANK_ACCOUNT: {"number": "bank_account_number", "issuer": "bank_name"},
}
"""Which fact of the profile each thing told of a paper is; the level of an accreditation is none of them."""


def facts_with_paper(facts: OrganisationFacts, paper: Any) -> OrganisationFacts:
    """Return the facts of a welfare institution with what a paper tells of them; what it does not tell stays."""
    names = FACTS_OF_PAPER.get(paper.kind, {})
    told = {name: getattr(paper, source) for source, name in names.items() if getattr(paper, source) is not None}
    return replace(facts, lks=replace(facts.lks or LksFacts(), **told)) if told else facts


def check_paper(paper: Paper) -> None:
    """Raise RuleBroken, with the field, unless the paper can be kept."""
    if not paper.file_name:
        raise RuleBroken("Pilih berkas dokumen.", field="files")
    if paper.issued_on and paper.expires_on and paper.expires_on < paper.issued_on:
        raise RuleBroken("Tulis masa berlaku yang sesudah tanggal terbit.", field="expires_on")


def check_waiting(stage: ProposalStage) -> None:
    """Raise RuleBroken unless a proposal still waits for an answer."""
    if stage is not ProposalStage.WAITING:
        raise RuleBroken("Usulan ini sudah dijawab. Muat ulang halaman untuk melihat keadaan terakhir.")


def check_refusal(answer: str) -> None:
    """Raise RuleBroken unless a refusal says why, so that the partner knows what to do."""
    if not answer.strip():
        raise RuleBroken("Tulis alasannya, agar mitra tahu apa yang harus diperbaiki.", field="answer")


def check_typed(part: CardPart, typed: Mapping[str, Any]) -> None:
    """Raise RuleBroken, with the field, unless what is typed of a person can be recorded."""
    if part in OF_PEOPLE and not typed.get("name"):
        raise RuleBroken("Tulis nama.", field="name")
    if part is CardPart.HOLDER:
        first, last = typed.get("starts_on"), typed.get("ends_on")
        if first and last and last < first:
            raise RuleBroken("Tulis akhir masa jabatan yang sesudah awalnya.", field="ends_on")
    reachable = typed.get("phone") or typed.get("email") or typed.get("has_left")
    if part is CardPart.CONTACT and not reachable:
        raise RuleBroken("Isi nomor telepon atau surel, agar narahubung dapat dihubungi.", field="phone")


def changes(part: CardPart, before: Mapping[str, Any], typed: Mapping[str, Any]) -> Changes:
    """Return {key: [before, after]} of what a proposal would change, as plain values; raise RuleBroken for nothing."""
    found = {key: [before.get(key), _plain(typed.get(key))] for key in KEYS[part]}
    found = {key: pair for key, pair in found.items() if pair[0] != pair[1]}
    if not found:
        raise RuleBroken("Belum ada yang diubah. Ubah dulu isian yang keliru, lalu kirim.")
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, str) and not isinstance(value, StrEnum):
        return value.replace("\r\n", "\n").strip() or None
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple | list) else value


def merged(facts: OrganisationFacts, found: Mapping[str, list[Any]]) -> OrganisationFacts:
    """Return the facts of an organisation with the proposed values in place."""
    own = {key: _value(key, pair[1]) for key, pair in found.items() if not key.startswith(f"{PROFILE}.")}
    of_profile = {
        key.partition(".")[2]: _value(key, pair[1]) for key, pair in found.items() if key.startswith(f"{PROFILE}.")
    }
    if own.get("name", "") is None:
        own["name"] = ""
    profile = replace(facts.lks or LksFacts(), **of_profile) if of_profile else facts.lks
    return replace(facts, lks=profile, **own)


def day(value: Any) -> date | None:
    """Return a date of a proposal as a date; None for none."""
    return date.fromisoformat(value) if value else None


def _value(key: str, value: Any) -> Any:
    if key.endswith("_on"):
        return day(value)
    if isinstance(value, list):
        return tuple(value)
    kind = _ENUMS.get(key)
    return kind(value) if kind is not None and value else value


def moved(found: Mapping[str, list[Any]], now: Mapping[str, Any]) -> frozenset[str]:
    """Return the facts that are no longer what they were when the change was proposed, and not yet as proposed."""
    return frozenset(key for key, pair in found.items() if now.get(key) not in pair)
