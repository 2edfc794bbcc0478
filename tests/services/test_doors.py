"""The same attack is sent through every door at which a service takes in a Word file (design: documents §13, 29)."""

import pytest
from sqlalchemy import select

from portal.domain.agreement import AgreementKind, Stage
from portal.domain.agreement_file import FileKind
from portal.domain.errors import RuleBroken
from portal.domain.organisation_card import CardPart, DocumentKind, Paper
from portal.domain.policy import SYSTEM, Actor, Role
from portal.domain.rendition import RenditionOrigin
from portal.models import (
    AgreementFile,
    CardProposal,
    DocTemplate,
    DocTemplateVersion,
    OrganisationDocument,
    Rendition,
    ReportFile,
    SharedDraft,
)
from portal.services import (
    agreement_files,
    card_proposals,
    doc_templates,
    draft_answers,
    organisation_documents,
    renditions,
    report_files,
)
from portal.storage import Storage
from tests.documents import attacks
from tests.factories import make_agreement, make_partner, make_report
from tests.factories.instants import NOW
from tests.harness import doors

pytestmark = pytest.mark.sqlite_only
KEPT = (AgreementFile, CardProposal, DocTemplateVersion, OrganisationDocument, Rendition, ReportFile)
NEW = doc_templates.NewTemplate(name="Uji", kind=AgreementKind.MOU, schema_code="mou")


def _template(session, file, **rest):
    doc_templates.create(session, NEW, doc_templates.Incoming(**file), **rest)


def _version(session, file, **rest):
    doc_templates.upload(session, session.scalars(select(DocTemplate)).first(), doc_templates.Incoming(**file), **rest)


def _file(session, file, **rest):
    incoming = agreement_files.Incoming(kind=FileKind.DRAFT, **file)
    agreement_files.add(session, make_agreement(session), incoming=incoming, **rest)


def _report(session, file, **rest):
    report_files.attach(session, make_report(session), report_files.Incoming(**file), **rest)


def _reports(session, file, **rest):
    refused = report_files.attach_all(session, make_report(session), [report_files.Incoming(**file)], **rest)
    raise refused[0]


def _edited(session, file, **rest):
    incoming = renditions.Incoming(origin=RenditionOrigin.EDITED, **file)
    renditions.take_in(session, make_agreement(session, stage=Stage.DRAFTING), incoming, **rest)


def _proposal(session, file, **rest):
    organisation = make_partner(session)
    typed = card_proposals.values_now(session, organisation, CardPart.IDENTITY, None) | {"short_name": "Baru"}
    told = {"file_name": file["name"], "content": file["content"]}
    wish = card_proposals.Wish(part=CardPart.IDENTITY, typed=typed, basis="Rapat", **told)
    card_proposals.propose(session, organisation, wish=wish, **rest)


def _document(session, file, **rest):
    paper = Paper(kind=DocumentKind.DEED, number="7", file_name=file["name"], content=file["content"])
    organisation_documents.add(session, make_partner(session), paper=paper, **rest)


def _own_version(session, file, **rest):
    agreement = make_agreement(session, stage=Stage.NEGOTIATION)
    partner = next(each.organisation_id for each in agreement.parties if not each.organisation.is_ours)
    seen = {"name": "rancangan.docx", "size": 1, "digest": "0" * 64, "articles": [], "rendition_number": 1}
    stamps = {"due_on": NOW.date(), "shared_at": NOW, "created_at": NOW, "updated_at": NOW}
    row = SharedDraft(agreement_id=agreement.id, organisation_id=partner, number=1, **seen, **stamps)
    session.add(row)
    session.flush()
    rest["actor"] = Actor(
        account_id=None, name="Penyusun", roles=frozenset({Role.PARTNER_WRITER}), organisation_id=partner
    )
    draft_answers.attach(session, row, sent=draft_answers.OwnFile(**file), **rest)


DOORS = {
    "agreement_files.add": _file,
    "doc_templates.create": _template,
    "doc_templates.upload": _version,
    "draft_answers.attach": _own_version,
    "renditions.take_in": _edited,
    "report_files.attach": _report,
    "report_files.attach_all": _reports,
    "card_proposals.propose": _proposal,
    "organisation_documents.add": _document,
}
NO_WORD_FILES = {"bulk.take_in", "offline_packs.take_in"}
"""Doors that take in Excel files only; what is refused there stands in the tests of the workbook."""


@pytest.mark.parametrize("name", sorted(DOORS))
def test_an_attack_is_refused_at_every_door(session, tmp_path, name):
    storage, rest = Storage(tmp_path), {"actor": SYSTEM, "now": NOW}
    doc_templates.seed(session, storage=storage, now=NOW)
    before = {table: len(session.scalars(select(table.id)).all()) for table in KEPT}
    content, said = attacks.BAD["DDEAUTO over runs"]
    with pytest.raises(RuleBroken, match=said) as refused:
        DOORS[name](session, {"name": "naskah.docx", "content": content}, storage=storage, **rest)
    assert refused.value.field in {"file", "files"}
    assert {table: len(session.scalars(select(table.id)).all()) for table in KEPT} == before
    assert not any(path.read_bytes() == content for path in tmp_path.rglob("*") if path.is_file())


def test_no_door_is_left_out():
    assert {name for name, first in doors.of_services().items() if first == "gate"} == DOORS.keys() | NO_WORD_FILES
