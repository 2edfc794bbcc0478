"""Asks the engine what is wrong in a template with the articles it starts with; the words are those of `lint`."""

import json
from dataclasses import replace

from portal.documents import clauses as slots
from portal.documents import lint, templates
from portal.documents.lint import Finding
from portal.documents.templates import Template
from portal.domain.clause import ClauseTree


def new_findings(schema_code: str, template: Template, articles: ClauseTree) -> list[Finding]:
    """Return what the check finds, without the doubts that the shipped template of the same names leaves as well."""
    shipped = templates.find(schema_code)
    usual = {_what(one) for one in examined(shipped, articles) if not one.is_error} if shipped else set()
    return [one for one in examined(template, articles) if _what(one) not in usual]


def examined(template: Template, articles: ClauseTree) -> tuple[Finding, ...]:
    """Return what the check finds in a template with the articles it starts with.

    Places are those of the file itself: what only the articles bring in has no paragraph.
    """
    own = lint.check(template.content, template.schema)
    if not articles or not slots.has_slot(template):
        return own
    placed = {_what(one): one for one in own}
    whole = lint.check(template.content, template.schema, articles=articles)
    return tuple(placed.get(_what(one), replace(one, paragraph=0)) for one in whole)


def _what(found: Finding) -> tuple[str, str]:
    return found.code, json.dumps(dict(found.values), sort_keys=True, default=str)
