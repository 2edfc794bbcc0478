"""The libraries of templates and clauses for tests: those that are shipped, as a new installation has them."""

from portal.services import clauses, doc_templates
from tests.factories.instants import NOW


def seed_libraries(session, storage):
    """Bring in the shipped clauses and templates, all published."""
    clauses.seed(session, now=NOW)
    doc_templates.seed(session, storage=storage, now=NOW)
    session.flush()
