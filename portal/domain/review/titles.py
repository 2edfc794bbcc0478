"""Rules about the title: what it names, in which order, and whether cover and inner title agree."""

import re
from collections.abc import Iterator
from typing import Final

from portal.domain.drafting import Section
from portal.domain.marking import N_
from portal.domain.review import names, places
from portal.domain.review.findings import Hit, Rule
from portal.domain.review.subject import ReviewSubject, TextLine, joined
from portal.domain.severity import Severity
from portal.domain.wording import joined as listed

_YEAR: Final = re.compile(r"\btahun\s+((?:19|20)\d{2})\b(?!\s*(?:[-–/]|sampai|s\.d\.))", re.IGNORECASE)
_OF_FUNDS: Final = re.compile(r"tahun\s+anggaran\s+\d{4}", re.IGNORECASE)
_ABOUT: Final = "tentang"


def blocks(subject: ReviewSubject) -> tuple[tuple[TextLine, ...], ...]:
    """Return each title that the text prints, cover and inner one, as its lines."""
    made: list[list[TextLine]] = []
    for line in subject.at(places.COVER, places.TITLE):
        starts = not made or line.place != made[-1][-1].place or names.same(line.text, made[-1][0].text)
        if starts:
            made.append([])
        made[-1].append(line)
    return tuple(_indonesian(block) for block in made)


def _indonesian(block: list[TextLine]) -> tuple[TextLine, ...]:
    """Cut off the English title that stands below: it begins with the line before BETWEEN."""
    english = next((at for at, line in enumerate(block) if line.text.casefold() == "between"), 0)
    return tuple(block[: english - 1] if english > 1 else block)


def about(block: tuple[TextLine, ...]) -> str:
    """Return the subject of a title: what follows the line TENTANG, "" without one."""
    for place, line in enumerate(block):
        if line.text.casefold().strip() == _ABOUT:
            return joined(block[place + 1 :])
    _, found, rest = joined(block).partition(" TENTANG ")
    return rest if found else ""


def bodies(block: tuple[TextLine, ...]) -> str:
    """Return the part of a title before TENTANG, where the parties stand."""
    return re.split(r"\bTENTANG\b", joined(block), maxsplit=1)[0]


def _without_subject(subject: ReviewSubject) -> Iterator[Hit]:
    printed = blocks(subject)
    if not subject.title.strip() or not printed or not all(about(block) for block in printed):
        yield Hit(place=places.TITLE)


def _other_subject(subject: ReviewSubject) -> Iterator[Hit]:
    for block in blocks(subject):
        printed = _YEAR.sub("", about(block))
        recorded = _YEAR.sub("", subject.title)
        base = _YEAR.sub("", subject.amended.title) if subject.amended else recorded
        alike = names.plain(printed) in {names.plain(recorded), names.plain(base)}
        if printed.strip() and not alike and not _differ_in_place(subject, printed, recorded):
            yield Hit(place=block[0].place, values={"printed": about(block), "title": subject.title})


def _differ_in_place(subject: ReviewSubject, one: str, other: str) -> bool:
    known = (*subject.regencies, *subject.regions)
    return names.regions(one, known) != names.regions(other, known)


def _other_place(subject: ReviewSubject) -> Iterator[Hit]:
    printed = blocks(subject)
    if not printed:
        return
    known = (*subject.regencies, *subject.regions)
    subjects = [about(block) or joined(block) for block in printed]
    first = names.regions(subjects[0], known)
    for block, text in zip(printed[1:], subjects[1:], strict=True):
        named = names.regions(text, known)
        if named != first:
            yield Hit(place=block[0].place, values={"one": _said(first), "other": _said(named)})
            return
    of_base = subject.amended is not None and not _differ_in_place(subject, subjects[0], subject.amended.title)
    if subject.title and _differ_in_place(subject, subjects[0], subject.title) and not of_base:
        recorded = names.regions(subject.title, known)
        yield Hit(place=printed[0][0].place, values={"one": _said(recorded), "other": _said(first)})


def _said(regions: frozenset[str]) -> str:
    return listed([name.title() for name in sorted(regions)]) or "–"


def _other_year(subject: ReviewSubject) -> Iterator[Hit]:
    if subject.signed_on is None:
        return
    base = subject.amended.signed_on if subject.amended else None
    years = {subject.signed_on.year, base.year if base else subject.signed_on.year}
    for block in blocks(subject):
        for year in _YEAR.findall(_OF_FUNDS.sub("", joined(block))):
            if int(year) not in years:
                yield Hit(place=block[0].place, values={"year": year, "signed": str(subject.signed_on.year)})


def _order(subject: ReviewSubject) -> Iterator[Hit]:
    for block in blocks(subject):
        stand = names.positions(bodies(block), [party.name for party in subject.parties])
        printed = sorted(stand, key=stand.__getitem__)
        ordered = [party.name for party in sorted(subject.parties, key=lambda one: one.position) if party.name in stand]
        if printed != ordered:
            yield Hit(place=block[0].place, values={"printed": listed(printed), "parties": listed(ordered)})


def _absent(subject: ReviewSubject) -> Iterator[Hit]:
    for block in blocks(subject):
        stand = names.positions(bodies(block), [party.name for party in subject.parties])
        for party in subject.parties:
            if party.name not in stand and about(block):
                yield Hit(
                    place=block[0].place, what=party.name, values={"party": party.designation, "name": party.name}
                )


RULES: Final = (
    Rule(
        code="R10-title-missing",
        severity=Severity.ERROR,
        section=Section.RECITALS,
        field="title",
        message=N_("Naskah belum berjudul: kata TENTANG dan pokok perjanjian harus tercetak."),
        fix=N_("Isi judul naskah, atau tambahkan TENTANG dan judul pada templat."),
        find=_without_subject,
        can_waive=False,
    ),
    Rule(
        code="R11-title-differs",
        severity=Severity.WARNING,
        section=Section.RECITALS,
        field="title",
        message=N_("Judul yang tercetak, “%(printed)s”, berbeda dari judul yang dicatat, “%(title)s”."),
        fix=N_("Samakan judul pada naskah dengan judul yang dicatat."),
        find=_other_subject,
    ),
    Rule(
        code="R12-title-place",
        severity=Severity.ERROR,
        section=Section.RECITALS,
        field="title",
        message=N_("Judul menyebut tempat yang berbeda: %(one)s dan %(other)s."),
        fix=N_("Samakan nama daerah pada sampul, judul dalam, dan judul yang dicatat."),
        find=_other_place,
    ),
    Rule(
        code="R13-title-year",
        severity=Severity.ERROR,
        section=Section.RECITALS,
        field="title",
        message=N_("Judul menyebut tahun %(year)s, sedangkan naskah ditandatangani tahun %(signed)s."),
        fix=N_("Perbaiki tahun pada judul, atau tanggal penandatanganan."),
        find=_other_year,
    ),
    Rule(
        code="R14-title-order",
        severity=Severity.ERROR,
        section=Section.PARTIES,
        field="parties",
        message=N_("Urutan dalam judul (%(printed)s) tidak sama dengan urutan para pihak (%(parties)s)."),
        fix=N_("Ubah urutan para pihak, atau urutan nama dalam judul."),
        find=_order,
    ),
    Rule(
        code="R15-title-party",
        severity=Severity.ERROR,
        section=Section.PARTIES,
        field="parties",
        message=N_("Judul tidak menyebut %(party)s, %(name)s."),
        fix=N_("Tambahkan nama pihak itu dalam judul, persis seperti nama yang dicatat."),
        find=_absent,
    ),
)
