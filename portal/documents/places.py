"""Where in the text something stands, in words: "Pasal 8 ayat (2)", "Identitas para pihak"."""

from collections.abc import Iterable
from typing import Final

from portal.documents.numbering import Numbered, Numbering
from portal.documents.wordxml import Element, style_of

PASAL: Final = "Pasal"
STYLES_OF_PASAL: Final = frozenset({PASAL, "Ayat", "Huruf", "Angka", "HurufKecil", "AngkaKecil", "IsiPasal"})

_NAMED: Final = {
    "Sampul": "Sampul",
    "Logo": "Logo",
    "JudulNaskah": "Judul",
    "NomorNaskah": "Nomor",
    "Pembukaan": "Pembukaan",
    "Komparisi": "Identitas para pihak",
    "Konsiderans": "Pertimbangan",
    "DasarHukum": "Dasar hukum",
    "TandaTangan": "Tanda tangan",
    "Kaki": "Kaki halaman",
}
_WORDS: Final = {1: "ayat", 2: "huruf", 3: "angka", 4: "huruf", 5: "angka"}
_ENGLISH_WORDS: Final = {"Para": "paragraph", "Item": "item", "SubItem": "item"}


def word(level: int, style: str | None) -> str:
    """Return the word before the number of a paragraph in a reference: ayat, huruf, angka; none for a Pasal."""
    return _ENGLISH_WORDS.get(style or "", _WORDS.get(level, ""))


def named(style: str | None) -> str:
    """Return what the place is called where a style stands, "" for styles that name none."""
    return _NAMED.get(style or "", "")


def reference(numbered: Iterable[Numbered]) -> str:
    """Compose the reference to a numbered paragraph from its chain, "Pasal 2 ayat (1) huruf a"."""
    return " ".join(f"{word} {label}" if word else label for word, label, _ in pieces(numbered))


def pieces(numbered: Iterable[Numbered]) -> list[tuple[str, str, Numbered]]:
    """Split a reference into the word before it, the label as Word repeats it, and the paragraph.

    Word drops the final period of a label in a reference ("a." becomes "a"), so this does too.
    """
    return [(word(step.level, style_of(step.paragraph)), step.label.removesuffix("."), step) for step in numbered]


def of_paragraphs(root: Element, numbering: Numbering) -> dict[Element, str]:
    """Name the place of every paragraph: its Pasal once the articles began, else by its style."""
    found: dict[Element, str] = {}
    before, current = "Awal naskah", ""
    for paragraph, numbered in numbering.walk(root):
        style = style_of(paragraph)
        if numbered is not None and style in STYLES_OF_PASAL:
            current = reference(numbered.chain)
        elif style == "IsiPasal" and current:
            current = " ".join(current.split()[:2])
        elif style in _NAMED:
            before, current = _NAMED[style], ""
        found[paragraph] = current or before
    return found
