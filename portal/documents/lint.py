"""Examines a template before anybody drafts with it: every fault of every part, each with a place and a way out.

The examination is the compiler itself: what it finds here is what keeps `render` from printing.
"""

import hashlib
from collections.abc import Sequence

from portal.documents import clauses, compiled
from portal.documents.findings import Finding
from portal.documents.schema import Shape
from portal.documents.templates import Template
from portal.domain.clause import Article

__all__ = ["Finding", "check"]


def check(content: bytes, schema: Shape, *, articles: Sequence[Article] = ()) -> tuple[Finding, ...]:
    """Return every fault and doubt of a template, in the order of the text.

    `articles` are put into its slot first, if there are any; a template is usable when no finding is an error.
    """
    names = repr(schema).encode()
    digest = hashlib.sha256(hashlib.sha256(content).digest() + hashlib.sha256(names).digest()).hexdigest()
    template = Template(code="", title="", digest=digest, content=content, schema=schema)
    findings = compiled.of(template).findings
    if articles and all(one.code != "T100" for one in findings) and clauses.has_slot(template):
        return compiled.of(clauses.splice(template, articles)).findings
    return findings
