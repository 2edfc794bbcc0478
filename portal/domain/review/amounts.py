"""Rules about numbers and terms: words against figures, amounts of money, the sums of the term."""

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Final, TypeVar

from portal.domain.clause import Block
from portal.domain.clause import numbers as article_numbers
from portal.domain.dates import end_of_term
from portal.domain.drafting import Section
from portal.domain.marking import N_
from portal.domain.reading import FoundTerm, dates, money, numbers, term
from portal.domain.review import blocks, places
from portal.domain.review.findings import Hit, Rule
from portal.domain.review.subject import ReviewSubject, TextLine
from portal.domain.severity import Severity
from portal.domain.wording import date_long, in_words, rupiah_words, term_in_words

_Found = TypeVar("_Found")

_UNTIL: Final = re.compile(r"\bsampai\s+dengan\b|\bberakhir\s+pada\b", re.IGNORECASE)
_UNITS: Final = frozenset(
    {"tahun", "bulan", "minggu", "pekan", "hari", "jam", "kali", "rangkap", "tahap", "orang", "persen", "asli", "unit"}
)


def _read(subject: ReviewSubject, reader: Callable[[str], Iterable[_Found]]) -> Iterator[tuple[str, _Found]]:
    """Yield everything that a reader finds in the text, with its place."""
    return ((line.place, one) for line in subject.lines for one in reader(line.text))


def _words(subject: ReviewSubject) -> Iterator[Hit]:
    for place, one in _read(subject, numbers):
        if one.value is not None and one.value != one.figure:
            yield _said_wrong(place, one.text, in_words(one.figure))


def _unreadable(subject: ReviewSubject) -> Iterator[Hit]:
    for place, one in _read(subject, numbers):
        if one.is_near and one.unit in _UNITS:
            yield _said_wrong(place, one.text, in_words(one.figure))


def _money(subject: ReviewSubject) -> Iterator[Hit]:
    for place, one in _read(subject, money):
        if one.words is not None and one.value != one.figure:
            yield _said_wrong(place, one.text, rupiah_words(one.figure))


def _said_wrong(place: str, text: str, right: str) -> Hit:
    return Hit(place=place, what=text, values={"text": text, "right": right})


def _recorded_sum(subject: ReviewSubject) -> Iterator[Hit]:
    starts, ends, months = subject.starts_on or subject.signed_on, subject.ends_on, subject.term_months
    if not starts or not ends or not months:
        return
    right = end_of_term(starts, months=months)
    if ends not in {right, right - timedelta(days=1)}:
        values = {
            "term": term_in_words(months),
            "starts": date_long(starts),
            "ends": date_long(ends),
            "right": date_long(right),
        }
        yield Hit(place=places.TERM, values=values)


def _about_term(subject: ReviewSubject) -> Iterator[TextLine]:
    """Yield the lines of the Pasal about the term, by the tree or, without one, by headings in capitals."""
    counted = article_numbers(subject.tree, subject.answers)
    wanted = {
        f"Pasal {counted[article.key]}" for article in subject.printed if Block.TERM in blocks.of_article(article)
    }
    if subject.is_text_only:
        headings = (line for line in subject.articles() if line.text.isupper())
        wanted = {line.place for line in headings if Block.TERM in blocks.named(line.text)}
    for line in subject.articles():
        if " ".join(line.place.split()[:2]) in wanted:
            yield line


def _of_term(subject: ReviewSubject) -> Iterator[tuple[TextLine, FoundTerm]]:
    """Find the lines that tell how long this agreement lasts."""
    for line in _about_term(subject):
        if (one := term(line.text)) is not None:
            yield line, one


def _sums_up(line: TextLine, one: FoundTerm) -> bool | None:
    days = [found.day for found in dates(line.text) if found.day]
    if len(days) < 2:  # noqa: PLR2004 - from one day to another
        return None
    right = end_of_term(days[0], months=one.months)
    return days[1] in {right, right - timedelta(days=1)}


def _printed_sum(subject: ReviewSubject) -> Iterator[Hit]:
    for line, one in _of_term(subject):
        if _sums_up(line, one) is False:
            yield Hit(place=line.place, values={"term": one.text})


def _other_term(subject: ReviewSubject) -> Iterator[Hit]:
    for line, one in _of_term(subject):
        if subject.term_months and one.months != subject.term_months and _sums_up(line, one) is not False:
            values = {"printed": one.text, "recorded": term_in_words(subject.term_months)}
            yield Hit(place=line.place, values=values)


def _other_end(subject: ReviewSubject) -> Iterator[Hit]:
    for line in _about_term(subject):
        printed, one = _printed_end(line.text), term(line.text)
        wrong_elsewhere = one is not None and (one.months != subject.term_months or _sums_up(line, one) is False)
        if printed and subject.ends_on and printed != subject.ends_on and not wrong_elsewhere:
            yield Hit(
                place=line.place,
                values={"printed": date_long(printed), "recorded": date_long(subject.ends_on)},
            )


def _printed_end(text: str) -> date | None:
    """Read the last day that a sentence names; the last one counts: "semula berakhir …, sampai dengan …"."""
    days = [next((found.day for found in dates(text[until.end() :])), None) for until in _UNTIL.finditer(text)]
    return days[-1] if days else None


RULES: Final = (
    Rule(
        code="R30-words-figures",
        severity=Severity.ERROR,
        message=N_("Angka dan huruf berbeda: “%(text)s”."),
        fix=N_("Tulis “%(right)s” di dalam kurung, atau perbaiki angkanya."),
        find=_words,
        can_waive=False,
    ),
    Rule(
        code="R31-words-unreadable",
        severity=Severity.WARNING,
        message=N_("Bilangan dengan huruf salah tulis: “%(text)s”."),
        fix=N_("Tulis “%(right)s” di dalam kurung."),
        find=_unreadable,
    ),
    Rule(
        code="R32-money",
        severity=Severity.ERROR,
        message=N_("Jumlah uang dengan angka dan huruf berbeda: “%(text)s”."),
        fix=N_("Tulis “%(right)s” di dalam kurung, atau perbaiki angkanya."),
        find=_money,
        can_waive=False,
    ),
    Rule(
        code="R33-term-sum",
        severity=Severity.ERROR,
        section=Section.TERM,
        field="ends_on",
        message=N_("%(term)s sejak %(starts)s berakhir %(right)s, bukan %(ends)s."),
        fix=N_("Perbaiki jangka waktu, tanggal mulai, atau tanggal berakhir."),
        find=_recorded_sum,
    ),
    Rule(
        code="R34-term-dates",
        severity=Severity.ERROR,
        section=Section.TERM,
        field="ends_on",
        message=N_("Jangka waktu “%(term)s” tidak sama dengan tanggal mulai dan tanggal berakhir dalam kalimat ini."),
        fix=N_("Samakan jangka waktu dengan tanggalnya."),
        find=_printed_sum,
        can_waive=False,
    ),
    Rule(
        code="R35-term-differs",
        severity=Severity.ERROR,
        section=Section.TERM,
        field="term_months",
        message=N_("Naskah menyebut jangka waktu “%(printed)s”, sedangkan yang dicatat %(recorded)s."),
        fix=N_("Samakan jangka waktu pada naskah dengan yang dicatat."),
        find=_other_term,
        can_waive=False,
    ),
    Rule(
        code="R36-end-differs",
        severity=Severity.ERROR,
        section=Section.TERM,
        field="ends_on",
        message=N_("Naskah berakhir %(printed)s, sedangkan tanggal berakhir yang dicatat %(recorded)s."),
        fix=N_("Samakan tanggal berakhir pada naskah dengan yang dicatat."),
        find=_other_end,
        can_waive=False,
    ),
)
