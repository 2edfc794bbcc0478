"""The English catalogue: collect what is marked in code and templates, keep what is translated, compile."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from portal import paths

PACKAGE = Path(__file__).resolve().parent.parent
ENGLISH = PACKAGE / "translations" / "en" / "LC_MESSAGES"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "lazy_gettext": None,
    "_l": None,
    "N_": None,
    "pgettext": ((1, "c"), 2),
}
REFUSALS = frozenset({"RuleBroken", "NotAllowed", "Conflict", "PortalError", "CalendarNotLoaded"})
"""Errors whose first argument is a sentence for the reader; it is translated at the edge."""
JINJA = {"silent": "false", "trimmed": "true", "newstyle_gettext": "true"}
WIDTH = 100
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
"""Stands where the machine's form wants a date, so that the same words give the same bytes."""
CHANGING = ("-Date:", "Generated-By:", "Last-Translator:", "Language-Team:", "Report-Msgid")


def _refusals(path: Path) -> Iterator[str]:
    """Yield the sentence of every refusal raised in a Python file, and its default one."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        name = getattr(getattr(node, "func", None), "id", None) or getattr(getattr(node, "func", None), "attr", None)
        if isinstance(node, ast.Call) and name in REFUSALS and node.args:
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value:
                yield first.value


def collect() -> Catalog:
    """Return every sentence that a reader may see, in one catalogue without translations."""
    catalog = Catalog(locale="en", header_comment="# English words of the portal.", charset="utf-8", fuzzy=False)
    sources = {PACKAGE: [("**.py", "python")], paths.TEMPLATES: [("**.html", "jinja2"), ("**.txt", "jinja2")]}
    for folder, methods in sources.items():
        options = {"**.html": JINJA, "**.txt": JINJA}
        for _file, _line, message, _comments, context in extract_from_dir(folder, methods, options, keywords=KEYWORDS):
            catalog.add(message, context=context)
    for path in sorted(PACKAGE.rglob("*.py")):
        for sentence in _refusals(path):
            catalog.add(sentence)
    return catalog


def stored() -> Catalog:
    """Return the English catalogue as it is kept."""
    with (ENGLISH / "messages.po").open("rb") as kept:
        return read_po(kept, locale="en")


def updated() -> Catalog:
    """Return today's sentences with the translations that are known; gone ones are left out."""
    catalog, known = collect(), stored()
    for message in catalog:
        found = known.get(message.id, context=message.context) if message.id else None
        if found is not None and found.string:
            message.string = found.string
    return catalog


def untranslated(catalog: Catalog) -> tuple[str, ...]:
    """Return the sentences of a catalogue that have no English words yet."""
    return tuple(str(m.id) for m in catalog if m.id and (not m.string or not all(m.string)))


def as_text(catalog: Catalog) -> bytes:
    """Return a catalogue as the file that is kept: sorted, without places and dates; a diff shows words only."""
    buffer = BytesIO()
    write_po(buffer, catalog, width=WIDTH, no_location=True, omit_header=False, sort_output=True)
    lines = [line for line in buffer.getvalue().decode().splitlines() if not any(word in line for word in CHANGING)]
    return ("\n".join(lines).rstrip() + "\n").encode()


def compiled(catalog: Catalog) -> bytes:
    """Return the machine's form of a catalogue."""
    buffer = BytesIO()
    catalog.creation_date = catalog.revision_date = LONG_AGO
    write_mo(buffer, catalog)
    return buffer.getvalue()


@click.group()
def catalogue() -> None:
    """Katalog bahasa Inggris."""


@catalogue.command()
def update() -> None:
    """Collect new sentences, keep translations, compile, and say what is not translated yet."""
    catalog = updated()
    (ENGLISH / "messages.po").write_bytes(as_text(catalog))
    (ENGLISH / "messages.mo").write_bytes(compiled(stored()))
    for sentence in untranslated(catalog):
        click.echo(sentence)
