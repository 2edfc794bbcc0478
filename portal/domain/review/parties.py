"""Rules about the parties in the text: their number, numbers, designations, identities, signatures, originals."""

import re
from collections.abc import Iterator
from typing import Final

from portal.domain.agreement import MAX_PARTIES, MIN_PARTIES
from portal.domain.drafting import Section
from portal.domain.marking import N_
from portal.domain.review import names, places
from portal.domain.review.findings import Hit, Rule, about_party
from portal.domain.review.subject import ReviewParty, ReviewSubject, joined
from portal.domain.severity import Severity
from portal.domain.wording import joined as listed

_CALLED: Final = re.compile(r"\bdisebut\s+(?:juga\s+)?(?:sebagai\s+)?[“\"]?(PIHAK\s+[A-Z]+)\b")
_HEAD: Final = re.compile(
    r"(?P<who>PIHAK\s+[A-Z]+)\s+(?:mempunyai\s+)?(?P<what>berhak|hak|berkewajiban|kewajiban|wajib)\b"
)
_NUMBER: Final = re.compile(r"nomor\s*(?:/\s*number\s*)?:?\s*(?P<number>.*)", re.IGNORECASE)
_BLANK: Final = re.compile(r"[\s.…_–/-]*|\[belum diketahui[^\]]*\]", re.IGNORECASE)
_COPIES: Final = re.compile(
    r"\brangkap\s+(?P<count>\d+)|(?P<before>\d+)\s*(?:\([^)]*\)\s*)?rangkap\s+asli", re.IGNORECASE
)


def number_lines(subject: ReviewSubject) -> tuple[str, ...]:
    """Return what stands behind "NOMOR:" under the title, "" where nothing does."""
    found = (_NUMBER.match(line.text) for line in subject.at(places.NUMBER))
    return tuple("" if _BLANK.fullmatch(one["number"]) else one["number"].strip() for one in found if one)


def _ordered(subject: ReviewSubject) -> list[ReviewParty]:
    return sorted(subject.parties, key=lambda party: party.position)


def _count(subject: ReviewSubject) -> Iterator[Hit]:
    if not MIN_PARTIES <= len(subject.parties) <= MAX_PARTIES:
        yield Hit(place=places.IDENTITY, values={"n": len(subject.parties)})


def _number_lines(subject: ReviewSubject) -> Iterator[Hit]:
    count = len(number_lines(subject))
    if count != len(subject.parties):
        yield Hit(place=places.NUMBER, values={"n": count, "parties": len(subject.parties)})


def _blank_numbers(subject: ReviewSubject) -> Iterator[Hit]:
    for party, printed in zip(_ordered(subject), number_lines(subject), strict=False):
        if not printed:
            yield about_party(party, "number_printed", {}, place=places.NUMBER)


def _other_numbers(subject: ReviewSubject) -> Iterator[Hit]:
    lines = number_lines(subject)
    if len(lines) != len(subject.parties):
        return
    for party, printed in zip(_ordered(subject), lines, strict=True):
        if printed and party.number and names.plain(printed) != names.plain(party.number):
            values = {"printed": printed, "recorded": party.number}
            yield about_party(party, "number_printed", values, place=places.NUMBER)


def _called(subject: ReviewSubject) -> list[str]:
    return [" ".join(one.split()) for one in _CALLED.findall(joined(subject.at(places.IDENTITY)))]


def _twice(subject: ReviewSubject) -> Iterator[Hit]:
    called = _called(subject)
    for designation in sorted({one for one in called if called.count(one) > 1}):
        yield Hit(place=places.IDENTITY, what=designation, values={"party": designation})
    heads: dict[tuple[str, str, str], str] = {}
    for line in subject.articles():
        head = _HEAD.match(line.text)
        if head is None or not line.text.rstrip().endswith(":"):
            continue
        key = (" ".join(line.place.split()[:2]), " ".join(head["who"].split()), head["what"])
        if key in heads:
            yield Hit(place=line.place, what=key[1], values={"party": key[1]})
        heads[key] = line.place


def _order(subject: ReviewSubject) -> Iterator[Hit]:
    called = _called(subject)
    expected = [party.designation for party in _ordered(subject)]
    if called and len(set(called)) == len(called) and called != expected:
        values = {"printed": ", ".join(called), "expected": ", ".join(expected)}
        yield Hit(place=places.IDENTITY, values=values)


def _unknown(subject: ReviewSubject) -> Iterator[Hit]:
    known = {party.designation for party in subject.parties}
    seen: set[tuple[str, str]] = set()
    for line in subject.lines:
        if line.place == places.IDENTITY:
            continue
        for one in (" ".join(found.split()) for found in names.DESIGNATION.findall(line.text)):
            if one not in known and (line.place, one) not in seen:
                seen.add((line.place, one))
                yield Hit(place=line.place, what=one, values={"party": one})


def _identity(subject: ReviewSubject) -> Iterator[Hit]:
    text = joined(subject.at(places.IDENTITY))
    for party in subject.parties:
        absent = [name for name in (party.name, party.office) if name and not names.mentions(text, name)]
        if party.signatory and not names.names_person(text, party.signatory):
            absent.append(party.signatory)
        if absent:
            values = {"party": party.designation, "absent": listed(absent)}
            yield Hit(place=places.IDENTITY, what=party.designation, values=values)


def _boxes(subject: ReviewSubject) -> Iterator[Hit]:
    text = joined(subject.at(places.SIGNATURE))
    printed = {" ".join(one.split()) for one in names.DESIGNATION.findall(text)}
    if not printed:
        printed = {
            one.designation for one in subject.parties if one.signatory and names.names_person(text, one.signatory)
        }
    if len(printed) != len(subject.parties):
        yield Hit(place=places.SIGNATURE, values={"n": len(printed), "parties": len(subject.parties)})


def _signers(subject: ReviewSubject) -> Iterator[Hit]:
    text = joined(subject.at(places.SIGNATURE))
    for party in subject.parties:
        if party.designation in text and party.signatory and not names.names_person(text, party.signatory):
            yield about_party(party, "signatory_name", {"name": party.signatory}, place=places.SIGNATURE)


def _originals(subject: ReviewSubject) -> Iterator[Hit]:
    count = len(subject.parties)
    printed = [
        (line.place, int(one["count"] or one["before"]))
        for line in subject.articles()
        if (one := _COPIES.search(line.text))
    ]
    wrong = [(place, n) for place, n in printed if n != count]
    if wrong:
        yield Hit(place=wrong[0][0], values={"n": wrong[0][1], "parties": count})
    elif subject.originals is not None and subject.originals != count:
        yield Hit(place="Penutup", values={"n": subject.originals, "parties": count})


RULES: Final = (
    Rule(
        code="R40-party-count",
        severity=Severity.ERROR,
        section=Section.PARTIES,
        field="parties",
        message=N_("Naskah mempunyai %(n)s pihak; harus dua sampai lima."),
        fix=N_("Tambahkan atau hapus pihak."),
        find=_count,
        can_waive=False,
    ),
    Rule(
        code="R41-number-lines",
        severity=Severity.ERROR,
        section=Section.PARTIES,
        field="parties",
        message=N_("Tercetak %(n)s baris nomor untuk %(parties)s pihak."),
        fix=N_("Sediakan satu baris NOMOR untuk setiap pihak pada templat."),
        find=_number_lines,
    ),
    Rule(
        code="R42-number-blank",
        severity=Severity.WARNING,
        section=Section.PARTIES,
        message=N_("Nomor naskah %(party)s masih kosong."),
        fix=N_("Isi nomor setelah diterbitkan oleh pihak itu, paling lambat pada hari penandatanganan."),
        find=_blank_numbers,
    ),
    Rule(
        code="R43-number-differs",
        severity=Severity.ERROR,
        section=Section.PARTIES,
        message=N_("Nomor %(party)s tercetak “%(printed)s”, sedangkan yang dicatat “%(recorded)s”."),
        fix=N_("Samakan nomor pada naskah dengan nomor yang dicatat."),
        find=_other_numbers,
        can_waive=False,
    ),
    Rule(
        code="R44-designation-twice",
        severity=Severity.ERROR,
        section=Section.PARTIES,
        field="parties",
        message=N_("Sebutan %(party)s dipakai untuk dua pihak."),
        fix=N_("Beri setiap pihak sebutannya sendiri."),
        find=_twice,
        can_waive=False,
    ),
    Rule(
        code="R45-designation-order",
        severity=Severity.ERROR,
        section=Section.PARTIES,
        field="parties",
        message=N_("Sebutan dalam identitas para pihak (%(printed)s) tidak sama dengan urutan pihak (%(expected)s)."),
        fix=N_("Samakan sebutan dan urutan para pihak."),
        find=_order,
        can_waive=False,
    ),
    Rule(
        code="R46-designation-unknown",
        severity=Severity.ERROR,
        section=Section.ARTICLES,
        message=N_("%(party)s disebut di sini, tetapi tidak ada pihak dengan sebutan itu."),
        fix=N_("Ganti dengan sebutan pihak yang benar."),
        find=_unknown,
        can_waive=False,
    ),
    Rule(
        code="R47-identity",
        severity=Severity.ERROR,
        section=Section.PARTIES,
        field="parties",
        message=N_("Identitas %(party)s belum menyebut %(absent)s."),
        fix=N_("Lengkapi identitas pihak: nama penanda tangan, jabatan, dan lembaga."),
        find=_identity,
    ),
    Rule(
        code="R48-signature-count",
        severity=Severity.ERROR,
        section=Section.PARTIES,
        field="parties",
        message=N_("Tersedia %(n)s tempat tanda tangan untuk %(parties)s pihak."),
        fix=N_("Perbaiki blok tanda tangan pada templat."),
        find=_boxes,
        can_waive=False,
    ),
    Rule(
        code="R49-signature-name",
        severity=Severity.ERROR,
        section=Section.PARTIES,
        message=N_("Blok tanda tangan %(party)s tidak memuat nama %(name)s."),
        fix=N_("Samakan nama pada blok tanda tangan dengan penanda tangan yang dicatat."),
        find=_signers,
        can_waive=False,
    ),
    Rule(
        code="R50-originals",
        severity=Severity.ERROR,
        section=Section.OPTIONS,
        field="originals",
        message=N_("Naskah asli dibuat %(n)s rangkap, sedangkan pihaknya %(parties)s."),
        fix=N_("Samakan jumlah rangkap dengan jumlah pihak."),
        find=_originals,
    ),
)
