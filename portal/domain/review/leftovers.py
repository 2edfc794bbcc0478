"""Rules about what was left in the text: marks, placeholders, names and places of another draft."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from portal.domain import clause
from portal.domain.agreement import AgreementKind
from portal.domain.drafting import Section
from portal.domain.marking import N_
from portal.domain.organisation import fold
from portal.domain.review import names, places
from portal.domain.review.findings import Hit, Rule
from portal.domain.review.subject import ReviewSubject, TextLine, joined
from portal.domain.severity import Severity

_UNKNOWN: Final = re.compile(r"\[belum diketahui:?\s*([^\]]*)\]?", re.IGNORECASE)
_REFERENCE: Final = re.compile(r"rujukan ke “([^”]*)”")
_TAGS: Final = re.compile(r"\{\{[^}]*\}?\}?|\{%[^%]*%?\}?|\}\}|%\}")
_PLACEHOLDERS: Final = re.compile(
    r"\[(?!belum diketahui)[^\]]{0,80}\]|<<[^>]*>>|_{3,}|\.{3,}|…+|\bX{3,}\b|\?{2,}"
    r"|\bdd[-/]mm[-/]yyyy\b|\blorem ipsum\b",
    re.IGNORECASE,
)
_BLANK_NUMBER: Final = re.compile(
    r"nomor\s*(?:/\s*number\s*)?:?(?:[\s.…_–/-]*|\s*\[belum diketahui[^\]]*\])", re.IGNORECASE
)
_INSTRUMENTS: Final = (
    "Nota Kesepahaman",
    "Perjanjian Kerja Sama",
    "Nota Kesepakatan Sinergi",
    "Nota Kesepakatan",
    "Kesepakatan Bersama",
    "Adendum",
    "Berita Acara",
)
_QUOTED: Final = re.compile(r"“[^”]*”")
_CHANGING: Final = frozenset({AgreementKind.AMENDMENT, AgreementKind.EXTENSION, AgreementKind.TERMINATION})


def _lines(subject: ReviewSubject) -> Iterator[TextLine]:
    """Yield the lines that are judged: number lines left blank have a rule of their own, pictures have none."""
    for line in subject.lines:
        if line.place == places.LOGO or (line.place == places.NUMBER and _BLANK_NUMBER.fullmatch(line.text)):
            continue
        yield line


def _unknown(subject: ReviewSubject) -> Iterator[Hit]:
    told = {label for _, label in clause.dangling(subject.tree, subject.answers)}
    for line in _lines(subject):
        for what in dict.fromkeys(_UNKNOWN.findall(line.text)):
            reference = _REFERENCE.match(what)
            if (reference is None or reference[1] not in told) and not _is_told_of_party(subject, what):
                yield Hit(place=line.place, what=what, values={"what": what or "?"})


def _is_told_of_party(subject: ReviewSubject, mark: str) -> bool:
    """Tell a mark for authority or principal: whoever lacks one has a finding of its own, with the field."""
    return not subject.is_text_only and any(
        mark.endswith(party.designation)
        and (
            (mark.startswith("dasar kewenangan") and not (party.instrument or "").strip())
            or (mark.startswith("pejabat yang diwakili") and not party.principal)
        )
        for party in subject.parties
    )


def _tags(subject: ReviewSubject) -> Iterator[Hit]:
    for line in _lines(subject):
        yield from _first(line.place, _TAGS.search(line.text))


def _placeholders(subject: ReviewSubject) -> Iterator[Hit]:
    for line in _lines(subject):
        yield from _first(line.place, _PLACEHOLDERS.search(_TAGS.sub("", line.text)))


def _first(place: str, found: re.Match[str] | None) -> Iterator[Hit]:
    if found:
        yield Hit(place=place, what=found[0], values={"text": found[0]})


def _own_words(subject: ReviewSubject) -> str:
    """Return everything that this draft may name: its parties, places, title, related agreements, own facts."""
    texts: list[str | None] = [subject.title, subject.place, *subject.regions, *subject.mentioned]
    for party in subject.parties:
        texts += [party.name, party.registered_name, *party.aliases, party.address, party.signatory, party.office]
        texts += [party.principal, party.instrument]
    for related in (subject.parent, subject.amended):
        texts += [related.title, related.printed_label] if related else []
    return names.plain(" | ".join(text for text in texts if text))


def _strange(subject: ReviewSubject, candidates: Iterable[str]) -> Iterator[Hit]:
    own = _own_words(subject)
    strange = [name for name in names.mentioned(joined(subject.lines), candidates) if names.plain(name) not in own]
    for line in subject.lines:
        if line.place == places.BASES:
            continue
        for name in names.positions(line.text, strange):
            yield Hit(place=line.place, what=name, values={"name": name})


def _of_another_draft(subject: ReviewSubject) -> Iterator[Hit]:
    yield from _strange(subject, subject.other_names)


def _no_party(subject: ReviewSubject) -> Iterator[Hit]:
    others = {fold(name) for name in subject.other_names}
    yield from _strange(subject, (name for name in subject.organisations if fold(name) not in others))


def _strange_region(subject: ReviewSubject) -> Iterator[Hit]:
    own = _own_words(subject)
    titled = {places.COVER, places.TITLE, places.BASES, places.IDENTITY}
    known = names.mentioned(joined(subject.lines), subject.regencies)
    for line in subject.lines:
        if line.place in titled:
            continue
        for region in sorted(names.regions(line.text, known)):
            if names.plain(region) not in own and not _is_known_bare(region, own):
                yield Hit(place=line.place, what=region.title(), values={"region": region.title()})


def _is_known_bare(region: str, own: str) -> bool:
    """Tell whether the draft names a place without "Kabupaten" or "Kota" ("Bogor" for "Kota Bogor")."""
    kind, _, bare = region.partition(" ")
    other = "kota" if kind == "kabupaten" else "kabupaten"
    return kind in {"kabupaten", "kota"} and f" {bare} " in own and f" {other} {bare} " not in own


def _other_instrument(subject: ReviewSubject) -> Iterator[Hit]:
    own = fold(subject.printed_label)
    allowed = {own, *({fold("Adendum"), fold("Berita Acara")} if subject.kind in _CHANGING else set())}
    for line in subject.articles():
        text = _QUOTED.sub("", line.text)
        for label in _INSTRUMENTS:
            if fold(label) not in allowed and fold(label) not in own and re.search(rf"\b{label}\s+ini\b", text):
                yield Hit(place=line.place, what=label, values={"label": label, "own": subject.printed_label})


RULES: Final = (
    Rule(
        code="R80-unknown",
        severity=Severity.ERROR,
        message=N_("Masih ada tanda belum diketahui: %(what)s."),
        fix=N_("Isi %(what)s."),
        find=_unknown,
        can_waive=False,
    ),
    Rule(
        code="R81-template-mark",
        severity=Severity.ERROR,
        message=N_("Sisa tanda templat masih tercetak: “%(text)s”."),
        fix=N_("Perbaiki tanda itu pada templat atau pada teks Pasal."),
        find=_tags,
        can_waive=False,
    ),
    Rule(
        code="R82-placeholder",
        severity=Severity.ERROR,
        message=N_("Masih ada bagian yang harus diisi: “%(text)s”."),
        fix=N_("Ganti dengan isinya, atau hapus."),
        find=_placeholders,
    ),
    Rule(
        code="R83-other-draft",
        severity=Severity.ERROR,
        message=N_("“%(name)s” berasal dari naskah lain dan bukan pihak dalam naskah ini."),
        fix=N_("Ganti dengan nama yang benar untuk naskah ini."),
        find=_of_another_draft,
    ),
    Rule(
        code="R84-not-a-party",
        severity=Severity.WARNING,
        message=N_("“%(name)s” disebut, tetapi bukan pihak dalam naskah ini."),
        fix=N_("Pastikan lembaga itu memang dimaksud."),
        find=_no_party,
    ),
    Rule(
        code="R85-other-region",
        severity=Severity.ERROR,
        message=N_("%(region)s disebut, tetapi bukan wilayah naskah ini."),
        fix=N_("Ganti nama daerah yang tertinggal dari naskah lain, atau tambahkan wilayahnya pada data naskah."),
        find=_strange_region,
    ),
    Rule(
        code="R86-other-instrument",
        severity=Severity.ERROR,
        section=Section.ARTICLES,
        message=N_("Pasal ini menyebut dirinya “%(label)s ini”, sedangkan naskahnya %(own)s."),
        fix=N_("Ganti dengan “%(own)s ini”."),
        find=_other_instrument,
    ),
)
