"""Names the place of every line of a rendered text, by its style or, in foreign templates, by its words.

The words are those of the drafts' places ("Pembukaan", "Pasal 8 ayat (2)").
"""

import re
from collections.abc import Iterable
from typing import Final

from portal.domain.drafting import Section
from portal.domain.review.subject import TextLine

COVER: Final = "Sampul"
LOGO: Final = "Logo"
TITLE: Final = "Judul"
NUMBER: Final = "Nomor"
OPENING: Final = "Pembukaan"
IDENTITY: Final = "Identitas para pihak"
RECITALS: Final = "Pertimbangan"
BASES: Final = "Dasar hukum"
SIGNATURE: Final = "Tanda tangan"
FOOTER: Final = "Kaki halaman"
HEADER: Final = "Kepala halaman"
FOOTNOTE: Final = "Catatan kaki"
ENDNOTE: Final = "Catatan akhir"
ANNEX: Final = "Lampiran"
TREE: Final = "Susunan Pasal"
TERM: Final = "Jangka waktu"
LANGUAGE: Final = "Bahasa"
PARENT: Final = "Naskah induk"
BASE: Final = "Naskah yang diubah"

ENGLISH: Final = frozenset({"Article", "Para", "Item", "SubItem", "Recital", "LegalBasis", "ArticleText"})
"""Styles of the English side of a text in two languages."""

_STYLES: Final = {
    "Sampul": COVER,
    "Logo": LOGO,
    "JudulNaskah": TITLE,
    "NomorNaskah": NUMBER,
    "Pembukaan": OPENING,
    "Komparisi": IDENTITY,
    "Konsiderans": RECITALS,
    "DasarHukum": BASES,
    "TandaTangan": SIGNATURE,
    "Kaki": FOOTER,
    "Lampiran": ANNEX,
}
_BESIDE: Final = {"header": HEADER, "footer": FOOTER, "footnotes": FOOTNOTE, "endnotes": ENDNOTE}
_BY_STYLE: Final = {"Ayat": 1, "Huruf": 2, "Angka": 3, "HurufKecil": 4, "AngkaKecil": 5}
_BY_LABEL: Final = (
    (1, re.compile(r"\(\d+\)")),
    (2, re.compile(r"[a-z]{1,2}\.")),
    (3, re.compile(r"\d+\.")),
    (4, re.compile(r"[a-z]{1,2}\)")),
    (5, re.compile(r"\d+\)")),
)
_WORDS: Final = {1: "ayat", 2: "huruf", 3: "angka", 4: "huruf", 5: "angka"}
_SECTIONS: Final = {
    COVER: Section.RECITALS,
    TITLE: Section.RECITALS,
    RECITALS: Section.RECITALS,
    BASES: Section.RECITALS,
    NUMBER: Section.PARTIES,
    IDENTITY: Section.PARTIES,
    SIGNATURE: Section.PARTIES,
    OPENING: Section.TERM,
    ANNEX: Section.FUNDING,
}
_ARTICLE: Final = re.compile(r"pasal\s+(\d+)\b", re.IGNORECASE)
_STARTS: Final = (
    (ANNEX, re.compile(r"lampiran\b", re.IGNORECASE)),
    (NUMBER, re.compile(r"nomor\s*(?:/\s*number\s*)?:", re.IGNORECASE)),
    (OPENING, re.compile(r"pada\s+hari\s+ini\b", re.IGNORECASE)),
    (RECITALS, re.compile(r"bahwa\b|menimbang\b", re.IGNORECASE)),
    (BASES, re.compile(r"(?:dengan\s+)?(?:memperhatikan|mengingat)\b", re.IGNORECASE)),
)
_ACTS: Final = re.compile(r"bertindak\s+untuk\s+dan\s+atas\s+nama|selanjutnya\s+disebut\s+(?:sebagai\s+)?[“\"]?PIHAK")
_SIGNS: Final = re.compile(r"PIHAK\s+[A-Z]+,?$")


def section_of(place: str) -> Section:
    """Return the section of the workspace where what stands at a place is written."""
    return Section.ARTICLES if place.startswith("Pasal ") else _SECTIONS.get(place, Section.TEMPLATE)


def article_number(place: str) -> int:
    """Return the number of the Pasal that a place lies in, 0 outside the articles."""
    found = _ARTICLE.match(place)
    return int(found[1]) if found else 0


def article_of(place: str) -> str:
    """Return the "Pasal 5" that a place begins with, "" outside the articles."""
    found = _ARTICLE.match(place)
    return found[0] if found else ""


def placed(pieces: Iterable[tuple[str, str, str]]) -> tuple[TextLine, ...]:
    """Give every (label, text, style) its place; empty texts without a label fall away."""
    told = [(label.strip(), text.strip(), style) for label, text, style in pieces if text.strip() or label.strip()]
    walk, made = _Walk(), []
    last = max((at for at, (label, text, _) in enumerate(told) if label or _heading(text)), default=len(told))
    for at, (label, text, style) in enumerate(told):
        walk.may_sign = at > last
        made.append(TextLine(place=walk.place(label, text, style), text=text, label=label, style=style))
    return tuple(made)


def beside(parts: Iterable[tuple[str, tuple[str, str, str]]]) -> tuple[TextLine, ...]:
    """Give the lines that stand beside the text their place: (kind of part, (label, text, style)).

    The kinds are those of Word's parts: header, footer, footnotes, endnotes.
    """
    return tuple(
        TextLine(place=_BESIDE[kind], text=text.strip(), label=label.strip(), style=style)
        for kind, (label, text, style) in parts
        if text.strip()
    )


class _Walk:
    """Where the reading stands: before the articles, or in one of them at some depth."""

    def __init__(self) -> None:
        self.before = TITLE
        self.article = ""
        self.chain: dict[int, str] = {}
        self.may_sign = False

    def place(self, label: str, text: str, style: str) -> str:
        if self.before == ANNEX or ((self.article or self.before == SIGNATURE) and _opens_annex(label, text)):
            self.before, self.article = ANNEX, ""
            return ANNEX
        named = IDENTITY if style.startswith("Komparisi") else _STYLES.get(style)
        if named is None and not style.startswith(("Pasal", "IsiPasal", *_BY_STYLE)):
            named = self._named_by_words(text)
        if named is not None:
            self.before, self.article, self.chain = named, "", {}
            return named
        if article := _ARTICLE.fullmatch(label) or (not label and _ARTICLE.match(text) and _heading(text)):
            self.article, self.chain = f"Pasal {article[1]}", {}
            return self.article
        return self._inside(label, style) if self.article else self.before

    def _named_by_words(self, text: str) -> str | None:
        if self.article:
            return SIGNATURE if self.may_sign and _SIGNS.match(text) else None
        if self.before in {OPENING, IDENTITY} and _ACTS.search(text):
            return IDENTITY
        for name, start in _STARTS:
            if start.match(text) and not (name == NUMBER and self.before not in {TITLE, NUMBER, ANNEX}):
                return name
        return None

    def _inside(self, label: str, style: str) -> str:
        level = _BY_STYLE.get(style) or next((at for at, shape in _BY_LABEL if shape.fullmatch(label)), 0)
        if label and level:
            self.chain = {at: own for at, own in self.chain.items() if at < level} | {level: label}
            steps = (f"{_WORDS[at]} {own.removesuffix('.')}" for at, own in sorted(self.chain.items()))
            return " ".join([self.article, *steps])
        if style == "IsiPasal":
            self.chain = {}
        steps = (f"{_WORDS[at]} {own.removesuffix('.')}" for at, own in sorted(self.chain.items()) if at == 1)
        return " ".join([self.article, *steps])


def _heading(text: str) -> re.Match[str] | None:
    """Tell a heading "Pasal 3" or "Pasal 3 – RUANG LINGKUP" from a sentence that begins with a reference."""
    found = _ARTICLE.match(text)
    return found if found and text[found.end() :].upper() == text[found.end() :] else None


def _opens_annex(label: str, text: str) -> bool:
    """Tell the line that opens an annex; nothing that follows belongs to the agreement's own frame."""
    return not label and text.startswith("LAMPIRAN")
