"""Asks the engine whether the text of a clause can be printed: names, filters, loops, references.

The text is put into a shipped template of one of its kinds, and into the bilingual one when it has English words.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Final

from portal.documents import about, clauses, lint, templates
from portal.documents.lint import Finding
from portal.documents.templates import Template
from portal.domain.clause import Article
from portal.queries.clauses import key_of
from portal.services import doc_templates

BILINGUAL: Final = "mou_bilingual"


@dataclass(frozen=True, kw_only=True, slots=True)
class TextFault:
    """One error in the text of a clause: the field, the line counted from 1 (0 is not known), what the engine says."""

    field: str
    line: int
    finding: Finding


def faults(kinds: Collection[str], *, code: str, text: str, text_en: str) -> tuple[TextFault, ...]:
    """Return the errors that printing a text would meet in a clause for these kinds, each with its line."""
    return tuple(_faults(kinds, code=code, text=text, text_en=text_en))


def _faults(kinds: Collection[str], *, code: str, text: str, text_en: str) -> Iterator[TextFault]:
    article = Article(key=key_of(code), title="Judul", title_en="Title", text=text)
    own = next((found for each in _codes(kinds) if (found := _with_slot(each)) is not None), None)
    if own is not None:
        for one in _errors(own, article):
            yield TextFault(field="text", line=_line(text, one.tag), finding=one)
    both = _with_slot(BILINGUAL) if text_en.strip() else None
    if both is not None:
        ours = {one.message for one in _errors(both, article)}
        for one in _errors(both, replace(article, text_en=text_en)):
            if one.message not in ours:
                yield TextFault(field="text_en", line=_line(text_en, one.tag), finding=one)


def _codes(kinds: Collection[str]) -> Iterator[str]:
    return (code for code in about.CODES if doc_templates.known(code).kind.value in kinds)


def _with_slot(code: str) -> Template | None:
    found = templates.find(code)
    return found if found is not None and clauses.has_slot(found) else None


def _errors(template: Template, article: Article) -> list[Finding]:
    found = lint.check(template.content, template.schema, articles=(article,))
    return [one for one in found if one.is_error]


def _line(text: str, tag: str) -> int:
    if not tag:
        return 0
    return next((number for number, raw in enumerate(text.splitlines(), start=1) if tag in raw), 0)
