"""Writes tables of words as a Word file: the guide on templates that people keep beside their work."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from docx import Document


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """One part of the guide: a heading, a sentence, and a table with its head (none without rows)."""

    title: str
    lead: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def build(title: str, sections: Sequence[Section]) -> bytes:
    """Return the guide as a Word file."""
    document = Document()
    document.add_heading(title, level=0)
    for section in sections:
        document.add_heading(section.title, level=1)
        if section.lead:
            document.add_paragraph(section.lead)
        if section.rows:
            table = document.add_table(rows=0, cols=len(section.head), style="Table Grid")
            for row in (section.head, *section.rows):
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()
