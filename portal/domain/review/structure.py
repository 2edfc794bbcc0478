"""Rules about the build of the articles: references, empty lines, the ends of lists."""

from collections.abc import Iterator
from typing import Final

from portal.domain import clause
from portal.domain.drafting import Section
from portal.domain.marking import N_
from portal.domain.review import places
from portal.domain.review.findings import Hit, Rule
from portal.domain.review.subject import ReviewSubject, TextLine
from portal.domain.severity import Severity

_LISTED: Final = (" huruf ", " angka ")
_ENDS: Final = (".", ".”", '."', ".)")


def _dangling(subject: ReviewSubject) -> Iterator[Hit]:
    counted = clause.numbers(subject.tree, subject.answers)
    for key, label in clause.dangling(subject.tree, subject.answers):
        title = clause.find(subject.tree, key).title
        yield Hit(place=f"Pasal {counted[key]}", what=label, values={"label": label, "title": title})


def _typed(subject: ReviewSubject) -> Iterator[Hit]:
    for text, place in subject.typed_references:
        yield Hit(place=place, what=text, values={"text": text})


def _empty_lines(subject: ReviewSubject) -> Iterator[Hit]:
    for line in subject.articles():
        if line.label and not line.text.strip() and not _is_heading(line):
            yield Hit(place=line.place)


def _empty_articles(subject: ReviewSubject) -> Iterator[Hit]:
    held: dict[str, int] = {}
    for line in subject.articles():
        number = " ".join(line.place.split()[:2])
        held[number] = held.get(number, 0) + (0 if _is_heading(line) else 1)
    yield from (Hit(place=number) for number, count in held.items() if not count)


def _is_heading(line: TextLine) -> bool:
    """Tell the paragraph that numbers an article from what the article says."""
    return (
        line.style == "Pasal"
        or line.label.casefold().startswith("pasal")
        or line.text.startswith(line.place + " ")
        or (line.text == line.place)
    )


def _list_ends(subject: ReviewSubject) -> Iterator[Hit]:
    lines = [line for line in subject.lines if line.text.strip() and line.style not in places.ENGLISH]
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        if not line.label or not any(word in line.place for word in _LISTED):
            continue
        if _ends_list(line, following) and not line.text.rstrip().endswith(_ENDS):
            yield Hit(place=line.place, values={"text": line.text.rstrip()[-40:]})


def _ends_list(line: TextLine, following: TextLine | None) -> bool:
    """Tell whether a list ends here: what follows is an ayat, another article, or no article at all."""
    if following is None:
        return True
    own, other = line.place.split(), following.place.split()
    if following.place == line.place or (not following.label and own[:2] == other[:2]):
        return False
    return not following.place.startswith("Pasal ") or own[:2] != other[:2] or _ayat(own) != _ayat(other)


def _ayat(words: list[str]) -> str:
    return words[3] if len(words) > 3 and words[2] == "ayat" else ""  # noqa: PLR2004 - Pasal n ayat (m)


RULES: Final = (
    Rule(
        code="R90-reference",
        severity=Severity.ERROR,
        section=Section.ARTICLES,
        message=N_("Pasal “%(title)s” merujuk “%(label)s”, yang tidak tercetak dalam naskah ini."),
        fix=N_("Pilih kembali Pasal yang dirujuk, atau ubah kalimatnya."),
        find=_dangling,
        can_waive=False,
    ),
    Rule(
        code="R91-reference-typed",
        severity=Severity.ERROR,
        section=Section.ARTICLES,
        message=N_("Rujukan “%(text)s” diketik dengan tangan dan tidak ada tujuannya."),
        fix=N_("Perbaiki nomornya, atau pakai rujukan dari daftar supaya nomornya selalu benar."),
        find=_typed,
    ),
    Rule(
        code="R92-empty-line",
        severity=Severity.ERROR,
        section=Section.ARTICLES,
        message=N_("Nomor ini tercetak tanpa isi."),
        fix=N_("Isi kalimatnya, atau hapus barisnya."),
        find=_empty_lines,
        can_waive=False,
    ),
    Rule(
        code="R93-empty-article",
        severity=Severity.ERROR,
        section=Section.ARTICLES,
        message=N_("Pasal ini hanya berisi judul."),
        fix=N_("Isi Pasal itu, atau keluarkan dari naskah."),
        find=_empty_articles,
        can_waive=False,
    ),
    Rule(
        code="R94-list-end",
        severity=Severity.WARNING,
        section=Section.ARTICLES,
        message=N_("Daftar berakhir tanpa titik: “%(text)s”."),
        fix=N_("Akhiri butir terakhir dengan titik."),
        find=_list_ends,
    ),
)
