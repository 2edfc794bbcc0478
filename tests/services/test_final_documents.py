"""A final text lacks nothing, and a template that asks for the QR code of its agreement gets it."""

import io

import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import func, select

from portal.documents import package
from portal.documents.render import Incomplete
from portal.domain.agreement import AgreementKind, Stage
from portal.domain.policy import SYSTEM
from portal.models import Rendition
from portal.queries import doc_templates as reading
from portal.services import doc_templates, drafting, drafts
from portal.services.doc_templates import Incoming
from portal.storage import Storage
from tests.factories import make_agreement
from tests.factories.doc_templates import altered, shipped
from tests.factories.instants import NOW
from tests.factories.libraries import seed_libraries

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def storage(tmp_path, session):
    """Files in a folder of this test, and the libraries of templates and clauses as they are shipped."""
    kept = Storage(tmp_path)
    seed_libraries(session, kept)
    return kept


@pytest.fixture
def row(session):
    """An agreement that is being drafted."""
    return make_agreement(session, kind=AgreementKind.MOU, stage=Stage.DRAFTING)


def make(session, draft, storage, *, is_final=False):
    """Make the next Word file."""
    return drafting.make_document(session, draft, actor=SYSTEM, now=NOW, storage=storage, is_final=is_final)


def test_a_final_text_that_lacks_something_is_refused_and_leaves_no_file(session, storage, row):
    draft = drafts.ensure(session, row, actor=SYSTEM, now=NOW)
    told = make(session, draft, storage).missing
    with pytest.raises(Incomplete) as refusal:
        make(session, draft, storage, is_final=True)
    assert [one.name for one in refusal.value.missing] == [one["name"] for one in told]
    assert session.scalar(select(func.count(Rendition.id))) == 1


def test_a_template_that_asks_for_it_prints_the_code_of_the_agreement(session, storage, row):
    template = reading.get_template(session, "mou")
    content = altered(shipped("mou"), 'descr="Tempat logo"', 'descr="{{ gambar.qr }}"')
    incoming = Incoming(name="mou.docx", content=content)
    version = doc_templates.upload(session, template, incoming, actor=SYSTEM, now=NOW, storage=storage)
    assert "gambar.qr" not in {lack.name for lack in doc_templates.sample(session, version, storage=storage).missing}
    doc_templates.publish(session, version, actor=SYSTEM, now=NOW)
    made = make(session, drafts.ensure(session, row, actor=SYSTEM, now=NOW), storage)
    parts = package.unpack(storage.read(made.digest))
    (read,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(parts["word/media/logo.png"])))
    assert read.text == row.code
    assert "gambar.qr" not in {lack["name"] for lack in made.missing}
