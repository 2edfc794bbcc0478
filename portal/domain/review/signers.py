"""Rules about who may sign: our side by the matrix of the field, regions and foundations by law (design: domain §1.3).

The matrix itself is reference data (`portal/reference/signers.toml`), because most of it is practice and not law.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final

from portal.domain.agreement import AgreementKind, SigningCapacity
from portal.domain.drafting import Section
from portal.domain.marking import N_
from portal.domain.organisation import OrganisationKind
from portal.domain.review import names
from portal.domain.review.findings import Hit, Rule, about_party
from portal.domain.review.register import FOR_ANOTHER
from portal.domain.review.subject import ReviewParty, ReviewSubject, SignerRow
from portal.domain.severity import Severity


class Rank(IntEnum):
    """How high an office stands in the ministry; a head of a technical unit signs within the unit's own work."""

    UNIT_HEAD = 1
    SECOND = 2
    FIRST = 3
    MINISTER = 4


_RANKS: Final = (
    (Rank.MINISTER, re.compile(r"(?:wakil )?menteri\b")),
    (Rank.FIRST, re.compile(r"(?:sekretaris|direktur|inspektur) jenderal\b|kepala badan\b")),
    (Rank.SECOND, re.compile(r"direktur\b|inspektur\b|kepala (?:biro|pusat)\b|sekretaris (?:direktorat|badan|inspe)")),
    (Rank.UNIT_HEAD, re.compile(r"kepala (?:sentra|balai|loka|panti)\b")),
)
_RANK_NAMES: Final = {
    Rank.MINISTER: N_("Menteri"),
    Rank.FIRST: N_("pejabat pimpinan tinggi madya"),
    Rank.SECOND: N_("pejabat pimpinan tinggi pratama"),
    Rank.UNIT_HEAD: N_("kepala unit pelaksana teknis"),
}
_OURS: Final = frozenset({OrganisationKind.MINISTRY, OrganisationKind.UNIT})
_HEAD_OF_REGION: Final = re.compile(r"(?:(?:penjabat|pj|wakil) )?(?:gubernur|bupati|wali ?kota)\b")
_NOT_IN_CHARGE: Final = re.compile(r"(?:\w+ ){0,2}(?:pembina|pengawas)\b")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Breach:
    """A signatory of ours who stands lower than a row of the matrix asks."""

    party: ReviewParty
    row: SignerRow
    partner: ReviewParty


def matrix(rows: Iterable[Mapping[str, Any]]) -> tuple[SignerRow, ...]:
    """Return the matrix of who signs for the ministry from the plain rows of the reference file."""
    return tuple(
        SignerRow(
            kinds=frozenset(AgreementKind(code) for code in row["kinds"]),
            partners=frozenset(OrganisationKind(code) for code in row["partners"]),
            least=Rank[row["least"]].name,
            is_read=row["is_read"],
            unit_heads_too=row.get("unit_heads_too", False),
            partner_words=row.get("partner_words", ""),
        )
        for row in rows
    )


def _words(text: str | None) -> str:
    return names.plain(text or "").strip()


def rank(party: ReviewParty) -> Rank | None:
    """Return the rank by which a party of ours signs: the signatory's own, or the higher one of whom they stand for.

    None where it cannot be told: an office without a rank, or a principal who is not named (a finding of its own).
    """
    stands_for = party.capacity in FOR_ANOTHER
    if stands_for and not party.principal:
        return None
    known = [_rank(text) for text in (party.office, party.principal if stands_for else None) if text]
    return max((one for one in known if one is not None), default=None)


def _rank(office: str) -> Rank | None:
    return next((one for one, words in _RANKS if words.match(_words(office))), None)


def _breaches(subject: ReviewSubject) -> Iterator[_Breach]:
    partners = [party for party in subject.parties if party.kind not in _OURS]
    for party in subject.parties:
        own = rank(party) if party.kind in _OURS else None
        broken = (
            _Breach(party=party, row=row, partner=partner)
            for row in subject.signers
            for partner in partners
            if own is not None and _fits(row, subject, partner) and not _suffices(row, own)
        )
        yield from list(broken)[:1]


def _fits(row: SignerRow, subject: ReviewSubject, partner: ReviewParty) -> bool:
    named = not row.partner_words or re.search(row.partner_words, _words(partner.name)) is not None
    return subject.kind in row.kinds and partner.kind in row.partners and named


def _suffices(row: SignerRow, own: Rank) -> bool:
    return own >= Rank[row.least] or (row.unit_heads_too and own is Rank.UNIT_HEAD)


def _told(subject: ReviewSubject, *, is_read: bool) -> Iterator[Hit]:
    for one in _breaches(subject):
        if one.row.is_read is is_read:
            values = {
                "kind": subject.printed_label,
                "partner": one.partner.name,
                "least": _RANK_NAMES[Rank[one.row.least]],
                "office": one.party.office,
            }
            yield about_party(one.party, "signatory_office", values)


def _below(subject: ReviewSubject) -> Iterator[Hit]:
    yield from _told(subject, is_read=True)


def _unusual(subject: ReviewSubject) -> Iterator[Hit]:
    yield from _told(subject, is_read=False)


def _region(subject: ReviewSubject) -> Iterator[Hit]:
    for party in subject.parties:
        if party.kind is OrganisationKind.REGION and party.office and not _signs_for_region(party, subject.kind):
            yield about_party(party, "signatory_office", {"office": party.office})


def _signs_for_region(party: ReviewParty, kind: AgreementKind) -> bool:
    """Tell the head of a region, and an official with the head's power of attorney; that one never for a MoU."""
    if _HEAD_OF_REGION.match(_words(party.office)):
        return True
    stands_for = party.capacity in FOR_ANOTHER and _HEAD_OF_REGION.match(_words(party.principal))
    is_empowered = party.capacity is SigningCapacity.POWER_OF_ATTORNEY or " kuasa " in f" {_words(party.instrument)} "
    return kind is not AgreementKind.MOU and bool(stands_for or is_empowered)


def _foundation(subject: ReviewSubject) -> Iterator[Hit]:
    for party in subject.parties:
        office = _words(party.office).replace(_words(party.name), " ")
        is_foundation = _words(party.name).startswith("yayasan ")
        if is_foundation and _NOT_IN_CHARGE.match(office) and "pengurus" not in office:
            yield about_party(party, "signatory_office", {"office": party.office})


RULES: Final = (
    Rule(
        code="R59-signer-rank",
        severity=Severity.ERROR,
        section=Section.PARTIES,
        message=N_("%(kind)s dengan %(partner)s ditandatangani %(least)s atau atas namanya, bukan oleh %(office)s."),
        fix=N_("Pilih penanda tangan %(party)s yang berwenang, atau isi kapasitas dan pejabat yang diwakili."),
        find=_below,
    ),
    Rule(
        code="R87-signer-usual",
        severity=Severity.WARNING,
        section=Section.PARTIES,
        message=N_("%(kind)s dengan %(partner)s lazimnya ditandatangani %(least)s, bukan %(office)s."),
        fix=N_("Pastikan penanda tangan %(party)s memang berwenang."),
        find=_unusual,
    ),
    Rule(
        code="R88-signer-region",
        severity=Severity.ERROR,
        section=Section.PARTIES,
        message=N_("%(party)s ditandatangani %(office)s, bukan kepala daerah atau pejabat yang diberi kuasa."),
        fix=N_("PP 28/2018: kepala daerah menandatangani; untuk PKS boleh pejabat dengan surat kuasa."),
        find=_region,
    ),
    Rule(
        code="R89-signer-foundation",
        severity=Severity.ERROR,
        section=Section.PARTIES,
        message=N_("%(party)s adalah yayasan; %(office)s bukan pengurusnya."),
        fix=N_("UU 16/2001 Pasal 35: yayasan diwakili pengurus. Pilih penanda tangan dari pengurus."),
        find=_foundation,
    ),
)
