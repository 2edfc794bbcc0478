"""Lists for drafts in bulk: a workbook of rows, and the run that it makes."""

import io

from openpyxl import Workbook

from portal.domain.agreement import AgreementKind
from portal.queries import doc_templates as reading
from portal.services import bulk, clauses, doc_templates
from portal.services.bulk import Incoming
from portal.services.bulk_rows import Common
from tests.factories.instants import NOW
from tests.factories.organisations import make_ministry


def make_workbook(headings, *rows):
    """Return the bytes of a workbook with these headings and rows."""
    made = Workbook()
    made.worksheets[0].append(list(headings))
    for cells in rows:
        made.worksheets[0].append(list(cells))
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def make_library(session, storage):
    """Load the shipped templates and clauses; return the published version for a PKS."""
    clauses.seed(session, now=NOW)
    doc_templates.seed(session, storage=storage, now=NOW)
    return reading.current_for(session, AgreementKind.PKS)


def make_run(session, storage, headings, *rows, actor, version=None, **common):
    """Return the run of a list that was taken in; the ministry is the first party, the title is shared."""
    version = version or make_library(session, storage)
    told = {"kind": version.template.kind, "ours": make_ministry(session).code, "title": "Rehabilitasi Sosial"} | common
    incoming = Incoming(
        name="daftar.xlsx",
        template_version=version,
        common=Common(**told),
        content=make_workbook(headings, *rows),
    )
    return bulk.take_in(session, incoming, actor=actor, now=NOW, storage=storage)
