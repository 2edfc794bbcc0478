"""Rules about dates in the text: weekday, words against figures, the day and place of signing."""

import re
from collections.abc import Iterator
from typing import Final

from portal.domain.drafting import Section
from portal.domain.marking import N_
from portal.domain.reading import FoundDate, dates
from portal.domain.review import names, places
from portal.domain.review.findings import Hit, Rule, about_party
from portal.domain.review.subject import ReviewSubject, joined
from portal.domain.severity import Severity
from portal.domain.wording import WEEKDAYS, date_long, weekday

_UNKNOWN: Final = "[belum diketahui"
_YEAR_OF_NUMBER: Final = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_PLACE: Final = re.compile(r"\b(?:bertempat\s+)?di\s+(?P<name>[A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*)*)")


def _everywhere(subject: ReviewSubject) -> Iterator[tuple[str, FoundDate]]:
    opening = subject.at(places.OPENING)
    if opening:
        yield from ((places.OPENING, one) for one in dates(joined(opening)))
    for line in subject.lines:
        if line not in opening:
            yield from ((line.place, one) for one in dates(line.text))


def _wrong_weekday(subject: ReviewSubject) -> Iterator[Hit]:
    for place, one in _everywhere(subject):
        if one.day is not None and one.weekday is not None and one.day.weekday() != one.weekday:
            if one.has_bracket and one.bracket != one.day:
                continue
            right, printed = weekday(one.day), WEEKDAYS[one.weekday]
            yield Hit(place=place, values={"printed": printed, "right": right, "date": date_long(one.day)})


def _words_against_figures(subject: ReviewSubject) -> Iterator[Hit]:
    for place, one in _everywhere(subject):
        if one.day is not None and one.has_bracket and one.bracket != one.day:
            yield Hit(place=place, values={"text": one.text})


def _no_such_day(subject: ReviewSubject) -> Iterator[Hit]:
    for place, one in _everywhere(subject):
        if one.day is None:
            yield Hit(place=place, values={"text": one.text})


def _without_date_or_place(subject: ReviewSubject) -> Iterator[Hit]:
    text = joined(subject.at(places.OPENING))
    if _UNKNOWN in text:
        return
    if not any(dates(text)):
        yield Hit(place=places.OPENING, what="tanggal", field="signed_on", values={"what": "tanggal penandatanganan"})
    elif _PLACE.search(text) is None:
        yield Hit(place=places.OPENING, what="tempat", field="signed_place", values={"what": "tempat penandatanganan"})


def _other_day(subject: ReviewSubject) -> Iterator[Hit]:
    one = next(dates(joined(subject.at(places.OPENING))), None)
    if one is None or one.day is None or subject.signed_on is None or (one.has_bracket and one.bracket != one.day):
        return
    if one.day != subject.signed_on:
        values = {"printed": date_long(one.day), "recorded": date_long(subject.signed_on)}
        yield Hit(place=places.OPENING, values=values)


def _other_place(subject: ReviewSubject) -> Iterator[Hit]:
    text = joined(subject.at(places.OPENING))
    found = _PLACE.search(text)
    if found and subject.place and not names.mentions(text, subject.place):
        yield Hit(place=places.OPENING, values={"printed": found["name"], "recorded": subject.place})


def _year_of_number(subject: ReviewSubject) -> Iterator[Hit]:
    for party in subject.parties:
        years = _YEAR_OF_NUMBER.findall(party.number or "")
        if years and subject.signed_on and str(subject.signed_on.year) not in years:
            values = {"number": party.number, "signed": str(subject.signed_on.year)}
            yield about_party(party, "number_printed", values, place=places.NUMBER)


RULES: Final = (
    Rule(
        code="R20-weekday",
        severity=Severity.ERROR,
        message=N_("%(date)s adalah hari %(right)s, bukan %(printed)s."),
        fix=N_("Perbaiki nama hari atau tanggalnya."),
        find=_wrong_weekday,
        can_waive=False,
    ),
    Rule(
        code="R21-date-words",
        severity=Severity.ERROR,
        message=N_("Tanggal dengan huruf berbeda dari tanggal dengan angka: “%(text)s”."),
        fix=N_("Samakan tanggal dengan huruf dan dengan angka."),
        find=_words_against_figures,
        can_waive=False,
    ),
    Rule(
        code="R22-date-impossible",
        severity=Severity.ERROR,
        message=N_("Tanggal “%(text)s” tidak ada dalam kalender atau tidak terbaca."),
        fix=N_("Perbaiki tanggal itu."),
        find=_no_such_day,
        can_waive=False,
    ),
    Rule(
        code="R23-opening",
        severity=Severity.ERROR,
        section=Section.TERM,
        field="signed_on",
        message=N_("Pembukaan belum menyebut %(what)s."),
        fix=N_("Isi %(what)s; bila sudah terisi, periksa kalimat pembukaan pada templat."),
        find=_without_date_or_place,
    ),
    Rule(
        code="R24-signed-on",
        severity=Severity.ERROR,
        section=Section.TERM,
        field="signed_on",
        message=N_("Pembukaan menyebut %(printed)s, sedangkan tanggal penandatanganan dicatat %(recorded)s."),
        fix=N_("Samakan tanggal pada pembukaan dengan tanggal penandatanganan yang dicatat."),
        find=_other_day,
        can_waive=False,
    ),
    Rule(
        code="R25-signed-place",
        severity=Severity.ERROR,
        section=Section.TERM,
        field="signed_place",
        message=N_("Pembukaan menyebut %(printed)s, sedangkan tempat penandatanganan dicatat %(recorded)s."),
        fix=N_("Samakan tempat pada pembukaan dengan tempat yang dicatat."),
        find=_other_place,
    ),
    Rule(
        code="R26-number-year",
        severity=Severity.WARNING,
        section=Section.PARTIES,
        message=N_("Nomor %(party)s, %(number)s, tidak memuat tahun penandatanganan %(signed)s."),
        fix=N_("Periksa nomor itu dengan pihak yang menerbitkannya."),
        find=_year_of_number,
    ),
)
