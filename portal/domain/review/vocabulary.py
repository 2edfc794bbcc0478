"""Rules about defined terms: defined and unused, used and undefined, defined twice."""

import re
from collections.abc import Iterator
from typing import Final

from portal.domain import clause
from portal.domain.agreement import AgreementKind
from portal.domain.clause import Block, Level
from portal.domain.drafting import Section
from portal.domain.marking import N_
from portal.domain.organisation import fold
from portal.domain.review.findings import Hit, Rule
from portal.domain.review.subject import ReviewSubject, TextLine
from portal.domain.severity import Severity

USUAL: Final = (
    "Pemerlu Atensi Sosial",
    "Penerima Manfaat",
    "Rencana Kerja",
    "Data Pribadi",
    "Hari Kerja",
    "Keadaan Kahar",
)
"""Terms that agreements of this field define; capitals in the middle of a sentence mark them."""

_DEFINES: Final = re.compile(r"^[“\"]?(?P<name>[A-Z][^.;:]{1,120}?)[”\"]?(?:,)?\s+adalah\b")
_CALLED: Final = re.compile(
    r"^(?P<name>.+?),?\s+yang\s+selanjutnya\s+(?:disingkat|disebut)(?:\s+(?:dengan|sebagai))?\s+[“\"]?(?P<short>[^“”\",]+?)[”\"]?,?$"
)
_COUNTED: Final = frozenset({Level.AYAT, Level.HURUF, Level.ANGKA})
_LAW: Final = re.compile(r"\btentang\s+(?:(?:[A-Z][\w/-]*|dan|atas|dengan|bagi|untuk|di|dalam)[\s,]*)+")


def _definition_lines(subject: ReviewSubject) -> list[TextLine]:
    counted = clause.numbers(subject.tree, subject.answers)
    wanted = {f"Pasal {counted[one.key]}" for one in subject.printed if one.block == Block.DEFINITIONS}
    return [line for line in subject.articles() if " ".join(line.place.split()[:2]) in wanted and line.label]


def definitions(subject: ReviewSubject) -> tuple[tuple[TextLine, tuple[str, ...]], ...]:
    """Return each line that defines a term, with the term and its short form."""
    told = ((line, _terms(line.text)) for line in _definition_lines(subject))
    return tuple((line, terms) for line, terms in told if terms)


def terms_in(text: str) -> tuple[str, ...]:
    """Return the terms that the text of an article of definitions defines, each with its short form."""
    return tuple(term for line in clause.parse(text) if line.level in _COUNTED for term in _terms(line.text))


def _terms(text: str) -> tuple[str, ...]:
    found = _DEFINES.match(text)
    if found is None:
        return ()
    called = _CALLED.match(found["name"])
    return (called["name"], called["short"]) if called else (found["name"],)


def _uses(text: str, term: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(term)}(?!\w)", text) is not None


def _unused(subject: ReviewSubject) -> Iterator[Hit]:
    for line, terms in definitions(subject):
        others = [one.text for one in subject.lines if one is not line]
        if not any(_uses(text, term) for text in others for term in terms):
            yield Hit(place=line.place, what=terms[-1], values={"term": terms[-1]})


def _undefined(subject: ReviewSubject) -> Iterator[Hit]:
    defined = {fold(term) for _, terms in definitions(subject) for term in terms}
    if subject.kind is not AgreementKind.PKS and not defined:
        return
    for term in sorted({*USUAL, *subject.known_terms}):
        if fold(term) in defined or " " not in term:
            continue
        line = next((one for one in subject.articles() if _uses_as_term(subject, one, term)), None)
        if line is not None:
            yield Hit(place=line.place, what=term, values={"term": term})


def _uses_as_term(subject: ReviewSubject, line: TextLine, term: str) -> bool:
    text = line.text
    for own in (subject.title, subject.printed_label, *subject.mentioned):
        text = text.replace(own, " ")
    return any(found.start() > 0 for found in re.finditer(rf"(?<!\w){re.escape(term)}(?!\w)", _LAW.sub(" ", text)))


def _twice(subject: ReviewSubject) -> Iterator[Hit]:
    seen: set[str] = set()
    for line, terms in definitions(subject):
        again = [term for term in terms if fold(term) in seen]
        if again:
            yield Hit(place=line.place, what=again[-1], values={"term": again[-1]})
        seen.update(fold(term) for term in terms)


RULES: Final = (
    Rule(
        code="R75-term-unused",
        severity=Severity.WARNING,
        section=Section.ARTICLES,
        message=N_("Istilah “%(term)s” didefinisikan, tetapi tidak dipakai."),
        fix=N_("Hapus definisinya, atau pakai istilah itu dalam Pasal."),
        find=_unused,
    ),
    Rule(
        code="R76-term-undefined",
        severity=Severity.WARNING,
        section=Section.ARTICLES,
        message=N_("Istilah “%(term)s” dipakai seperti istilah yang didefinisikan, tetapi belum ada definisinya."),
        fix=N_("Tambahkan definisi dalam ketentuan umum, atau tulis dengan huruf kecil."),
        find=_undefined,
    ),
    Rule(
        code="R77-term-twice",
        severity=Severity.ERROR,
        section=Section.ARTICLES,
        message=N_("Istilah “%(term)s” didefinisikan dua kali."),
        fix=N_("Hapus salah satu definisi."),
        find=_twice,
    ),
)
