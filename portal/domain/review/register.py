"""Rules that compare parties and signatories with the register (design: domain §1.3)."""

import re
from collections.abc import Iterator
from typing import Final

from portal.domain.agreement import SigningCapacity
from portal.domain.drafting import Section
from portal.domain.marking import N_
from portal.domain.period import Period
from portal.domain.review import names, places
from portal.domain.review.findings import Hit, Rule, about_party
from portal.domain.review.subject import Holder, ReviewParty, ReviewSubject
from portal.domain.severity import Severity
from portal.domain.wording import date_long, label

_PROOF: Final = {
    SigningCapacity.POWER_OF_ATTORNEY: re.compile(r"\bkuasa\b|power of attorney", re.IGNORECASE),
    SigningCapacity.ACTING: re.compile(r"perintah|keputusan|penunjukan|tugas|keppres|\bSK\b", re.IGNORECASE),
    SigningCapacity.DAILY_ACTING: re.compile(r"perintah|keputusan|penunjukan|tugas|\bSK\b", re.IGNORECASE),
}
FOR_ANOTHER: Final = frozenset(
    {SigningCapacity.ON_BEHALF, SigningCapacity.ON_BEHALF_DELEGATE, SigningCapacity.POWER_OF_ATTORNEY}
)
"""Whoever signs so stands for another office, the principal."""
_ACTS_FOR: Final = re.compile(r"bertindak\s+untuk\s+dan\s+atas\s+nama\s+(?P<body>[^,;|]+)")


def _name(subject: ReviewSubject) -> Iterator[Hit]:
    for party in subject.parties:
        if not party.registered_name:
            continue
        known = [party.registered_name, *filter(None, party.aliases)]
        printed = party.name
        if any(names.same(printed, name) for name in known):
            printed = _other_body(subject, party)
        if printed:
            values = {"printed": printed, "registered": party.registered_name}
            yield about_party(party, "name_printed", values)


def _other_body(subject: ReviewSubject, party: ReviewParty) -> str:
    """Return the body that the signatory acts for in the text, "" where it is a party: their order is another rule."""
    known = [name for one in subject.parties for name in (one.name, one.registered_name, *one.aliases) if name]
    for line in subject.at(places.IDENTITY):
        found = _ACTS_FOR.search(line.text)
        if found and f"{party.designation} " in f"{names.designated(line.text)} ":
            acted = names.plain(line.text[found.start("body") :])
            return "" if any(acted.startswith(names.plain(name)) for name in known) else found["body"].strip()
    return ""


def _holders(party: ReviewParty) -> tuple[Holder, ...]:
    """Return the offices of the signatory as the register knows them."""
    return tuple(one for one in party.holders if party.signatory and names.same_person(one.name, party.signatory))


def _in_office(subject: ReviewSubject, holder: Holder) -> bool:
    return Period(starts_on=holder.starts_on, ends_on=holder.ends_on).contains(subject.day)


def _unknown_signatory(subject: ReviewSubject) -> Iterator[Hit]:
    for party in subject.parties:
        is_in_register = party.registered_name is not None and not party.is_foreign
        if party.signatory and is_in_register and not _holders(party):
            yield about_party(party, "signatory_name", {"name": party.signatory})


def _office(subject: ReviewSubject) -> Iterator[Hit]:
    for party in subject.parties:
        offices = [one.office for one in _holders(party) if _in_office(subject, one)]
        if offices and party.office and not any(names.same(party.office, office) for office in offices):
            values = {"printed": party.office, "registered": offices[0]}
            yield about_party(party, "signatory_office", values)
        elif party.office and (printed := _other_office(subject, party)):
            values = {"printed": printed, "registered": party.office}
            yield about_party(party, "signatory_office", values, place=places.SIGNATURE)


def _other_office(subject: ReviewSubject, party: ReviewParty) -> str:
    """Return the office that stands below the party's designation among the signatures when it is not the recorded."""
    block: list[str] = []
    for line in subject.at(places.SIGNATURE):
        designation = names.designated(line.text)
        if block and designation:
            break
        if block or designation == party.designation:
            block.append(line.text)
    if any(names.mentions(text, party.office or "") for text in block):
        return ""
    return next((text.rstrip(",") for text in reversed(block[1:]) if text.endswith(",")), "")


def _out_of_office(subject: ReviewSubject) -> Iterator[Hit]:
    for party in subject.parties:
        held = _holders(party)
        if held and not any(_in_office(subject, one) for one in held):
            values = {"name": party.signatory, "office": held[-1].office, "date": date_long(subject.day)}
            yield about_party(party, "signatory_name", values)


def _without_instrument(subject: ReviewSubject) -> Iterator[Hit]:
    for party in subject.parties:
        if not (party.instrument or "").strip():
            yield about_party(party, "instrument", {})


def _wrong_instrument(subject: ReviewSubject) -> Iterator[Hit]:
    for party in subject.parties:
        proof = _PROOF.get(party.capacity)
        if proof and party.instrument and not proof.search(party.instrument):
            values = {"instrument": party.instrument, "capacity": label(party.capacity)}
            yield about_party(party, "instrument", values)


def _without_principal(subject: ReviewSubject) -> Iterator[Hit]:
    for party in subject.parties:
        if party.capacity in FOR_ANOTHER and not (party.principal or "").strip():
            yield about_party(party, "capacity", {"capacity": label(party.capacity)})


def _expired(subject: ReviewSubject) -> Iterator[Hit]:
    for party in subject.parties:
        last = party.registration_expires_on
        if last is not None and last < subject.day:
            values = {"last": date_long(last), "date": date_long(subject.day)}
            yield about_party(party, "organisation_code", values)


RULES: Final = (
    Rule(
        code="R51-party-name",
        severity=Severity.WARNING,
        section=Section.PARTIES,
        message=N_("Nama %(party)s tercetak “%(printed)s”, sedangkan di daftar lembaga “%(registered)s”."),
        fix=N_("Pakai nama resmi, atau perbarui daftar lembaga bila namanya berubah."),
        find=_name,
    ),
    Rule(
        code="R52-signatory-unknown",
        severity=Severity.WARNING,
        section=Section.PARTIES,
        message=N_("%(name)s tidak tercatat sebagai pejabat %(party)s di daftar lembaga."),
        fix=N_("Periksa ejaan nama, atau catat jabatannya di daftar lembaga."),
        find=_unknown_signatory,
    ),
    Rule(
        code="R53-signatory-office",
        severity=Severity.WARNING,
        section=Section.PARTIES,
        message=N_(
            "Jabatan penanda tangan %(party)s tercetak “%(printed)s”, sedangkan yang tercatat “%(registered)s”."
        ),
        fix=N_("Samakan jabatan dengan daftar lembaga, atau perbarui daftarnya."),
        find=_office,
    ),
    Rule(
        code="R54-signatory-period",
        severity=Severity.ERROR,
        section=Section.PARTIES,
        message=N_("%(name)s tidak menjabat sebagai %(office)s pada %(date)s."),
        fix=N_("Pilih pejabat yang menjabat pada hari itu, atau perbarui masa jabatannya di daftar lembaga."),
        find=_out_of_office,
    ),
    Rule(
        code="R55-instrument-missing",
        severity=Severity.ERROR,
        section=Section.PARTIES,
        message=N_("Dasar kewenangan penanda tangan %(party)s belum diisi."),
        fix=N_("Isi keputusan, akta, atau surat kuasa yang menjadi dasar penandatanganan."),
        find=_without_instrument,
    ),
    Rule(
        code="R56-instrument-kind",
        severity=Severity.ERROR,
        section=Section.PARTIES,
        message=N_("“%(instrument)s” tidak cocok sebagai dasar bagi penanda tangan %(party)s (%(capacity)s)."),
        fix=N_("Isi surat kuasa untuk penerima kuasa, surat perintah atau keputusan untuk Plt. dan Plh."),
        find=_wrong_instrument,
    ),
    Rule(
        code="R57-principal-missing",
        severity=Severity.ERROR,
        section=Section.PARTIES,
        message=N_("Penanda tangan %(party)s bertindak mewakili (%(capacity)s), tetapi yang diwakili belum disebut."),
        fix=N_("Sebut pejabat yang diwakili, atau pilih kapasitas yang sesuai."),
        find=_without_principal,
    ),
    Rule(
        code="R58-registration",
        severity=Severity.ERROR,
        section=Section.PARTIES,
        message=N_("Tanda daftar LKS %(party)s berakhir %(last)s, sebelum %(date)s."),
        fix=N_("Minta tanda daftar yang baru dan catat di daftar lembaga."),
        find=_expired,
    ),
)
