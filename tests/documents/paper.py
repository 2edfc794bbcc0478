"""Reads a printed PDF by its geometry: pages, the lines on them with their places, in points from the top left."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

XHTML = "{http://www.w3.org/1999/xhtml}"
SAME_LINE = 2.0
"""Words whose feet differ by less stand on one line."""


@dataclass(frozen=True, kw_only=True)
class Word:
    """One word and its box."""

    text: str
    left: float
    right: float
    bottom: float


@dataclass(frozen=True, kw_only=True)
class Line:
    """The words on one height of a page, from left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def bottom(self) -> float:
        return self.words[0].bottom


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page: its size, its lines without the footer, and the footer."""

    width: float
    height: float
    lines: tuple[Line, ...]
    foot: tuple[Line, ...]

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


def pages(pdftotext: str, pdf: Path) -> tuple[Page, ...]:
    """Every page of a PDF."""
    done = subprocess.run([pdftotext, "-bbox", str(pdf), "-"], check=True, capture_output=True, timeout=60)
    root = etree.fromstring(re.sub(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", b"", done.stdout))
    return tuple(_page(page) for page in root.iter(f"{XHTML}page"))


def _page(page) -> Page:
    words = [
        Word(
            text=word.text or "",
            left=float(word.get("xMin")),
            right=float(word.get("xMax")),
            bottom=float(word.get("yMax")),
        )
        for word in page.iter(f"{XHTML}word")
    ]
    lines = _lines(words)
    first_of_foot = next((at for at, line in enumerate(lines) if line.text.startswith("Paraf PIHAK")), len(lines))
    return Page(
        width=float(page.get("width")),
        height=float(page.get("height")),
        lines=tuple(lines[:first_of_foot]),
        foot=tuple(lines[first_of_foot:]),
    )


def _lines(words: list[Word]) -> list[Line]:
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda one: (one.bottom, one.left)):
        if rows and abs(rows[-1][0].bottom - word.bottom) < SAME_LINE:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [Line(words=tuple(sorted(row, key=lambda one: one.left))) for row in rows]
