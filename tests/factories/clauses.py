"""Clauses for tests, and people who work on them."""

from portal.domain.clause import Block, Condition
from portal.domain.policy import Actor, Role
from portal.domain.publication import Publication
from portal.models import Clause, ClauseVersion
from tests.factories.accounts import make_account
from tests.factories.instants import NOW

TEXT = "(1) PARA PIHAK menyusun laporan.\n(2) Laporan memuat:\na. kegiatan; dan\nb. kendala."
TEXT_EN = "(1) The Parties prepare a report.\n(2) The report holds:\na. activities; and\nb. obstacles."


def make_clause(session, code="laporan-contoh", *, stage=Publication.PUBLISHED, version=None, **changes):
    """Return a saved clause with one version; `version` changes its wording."""
    values = {
        "code": code,
        "block": Block.REPORTING,
        "position": 10,
        "kinds": ["mou", "pks"],
        "mandatory_kinds": [],
        "condition": Condition.ALWAYS,
        "created_at": NOW,
        "updated_at": NOW,
    } | changes
    clause = Clause(**values)
    words = {
        "title": "Laporan Contoh",
        "title_en": "Sample Report",
        "text": TEXT,
        "text_en": TEXT_EN,
        "fallbacks": [],
        "patterns": [],
    } | (version or {})
    clause.versions.append(
        ClauseVersion(
            number=1,
            stage=stage,
            made_at=NOW,
            approved_at=None if stage is Publication.DRAFT else NOW,
            placing={
                "block": clause.block.value,
                "kinds": list(clause.kinds),
                "mandatory_kinds": list(clause.mandatory_kinds),
                "condition": clause.condition.value,
                "after": "",
            },
            **words,
        )
    )
    session.add(clause)
    session.flush()
    return clause


def make_actor(session, role=Role.LEGAL):
    """Return somebody of the ministry as they act."""
    account = make_account(session, role)
    return Actor(
        account_id=account.id, name=account.name, organisation_id=account.organisation_id, roles=frozenset({role})
    )
