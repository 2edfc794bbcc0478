"""A draft comes back from Word: references counted anew, what is wrong told, nothing overwritten."""

import pytest
from sqlalchemy import select

from portal.documents import package, preview
from portal.domain import rendition
from portal.domain.agreement import Stage
from portal.domain.errors import NotAllowed, RuleBroken
from portal.domain.policy import SYSTEM, Actor, Role
from portal.domain.rendition import Lost, Remarks, RenditionOrigin, Tracked
from portal.models import Entry
from portal.queries import renditions as reading
from portal.services import drafting, renditions
from portal.services.renditions import Incoming
from portal.storage import Storage
from tests.documents import attacks, builders, edits
from tests.factories import make_agreement
from tests.factories.instants import NOW
from tests.factories.libraries import seed_libraries

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def storage(tmp_path, session):
    """Files in a folder of this test, and the libraries as they are shipped."""
    kept = Storage(tmp_path)
    seed_libraries(session, kept)
    return kept


@pytest.fixture
def row(session):
    """A PKS that is being written."""
    return make_agreement(session, stage=Stage.DRAFTING, signed_on=None)


@pytest.fixture
def made(session, row, storage):
    """The bytes of its first draft."""
    return storage.read(drafting.draft(session, row, actor=SYSTEM, now=NOW, storage=storage).digest)


@pytest.fixture
def bring(session, row, storage):
    """Bring a file back: the row and the report on it."""

    def call(content, *, actor=SYSTEM, name="naskah hasil.docx", **values):
        incoming = Incoming(name=name, content=content, origin=values.pop("origin", RenditionOrigin.EDITED), **values)
        kept = renditions.take_in(session, row, incoming, storage=storage, actor=actor, now=NOW)
        return kept, rendition.read(kept.report)

    return call


def test_an_inserted_article_moves_the_references_behind_it(bring, made, storage, session):
    content = edits.edited(made, edits.insert_article)
    kept, report = bring(content, based_on=1)
    assert report.renumbered
    for one in report.renumbered:
        number = int(one.old.split()[1])
        assert one.new == one.old.replace(f"Pasal {number}", f"Pasal {number + 1}", 1)
        assert one.times >= 1
    assert report.dangling == ()
    refreshed = storage.read(kept.digest)
    assert report.renumbered[0].new in preview.text(refreshed)
    assert "Kalimat yang disisipkan di Word." in preview.text(refreshed)
    assert (kept.number, kept.origin, kept.based_on) == (2, RenditionOrigin.EDITED, 1)
    assert storage.read(kept.sent_digest) == content != refreshed
    assert session.scalars(select(Entry.action).order_by(Entry.id.desc())).first() == "document_edited"


def test_a_file_whose_references_are_right_is_kept_as_it_came(bring, made):
    kept, report = bring(edits.edited(made, edits.track("Siti")))
    assert kept.sent_digest == kept.digest
    assert report.renumbered == ()


def test_a_reference_whose_target_was_deleted_is_told(bring, made):
    assert bring(edits.edited(made, edits.delete_target))[1].dangling[0].place.startswith("Pasal ")


def test_a_typed_reference_that_leads_nowhere_is_told_with_its_place(bring, made):
    said = "Sebagaimana dimaksud dalam Pasal 97 ayat (3), dan menurut Pasal 5 Undang-Undang Nomor 11 Tahun 2009."
    assert bring(edits.edited(made, edits.type_sentence(said)))[1].typed == (
        Lost(text="Pasal 97 ayat (3)", place="Pasal 1"),
    )


def test_changes_and_comments_of_others_stay_and_are_counted(bring, made, storage):
    content = edits.edited(made, edits.insert_article, word__comments=edits.comments("Melki", "Siti", "Melki"))
    content = edits.edited(content, edits.track("Siti"))
    kept, report = bring(content, origin=RenditionOrigin.RECEIVED)
    assert report.tracked == (Tracked(author="Siti", inserted=1, deleted=1),)
    assert report.remarks == (Remarks(author="Melki", count=2), Remarks(author="Siti", count=1))
    text = package.unpack(storage.read(kept.digest))["word/document.xml"].decode()
    assert '<w:ins w:id="901" w:author="Siti"' in text
    assert "<w:delText>kata lama</w:delText>" in text


def test_the_order_to_update_fields_is_dropped_and_said(bring, made, storage):
    settings = f"<w:settings {attacks.W}><w:updateFields w:val='true'/><w:zoom w:percent='100'/></w:settings>".encode()
    kept, report = bring(edits.edited(made, edits.track("Siti"), word__settings=settings))
    assert report.dropped_order
    left = package.unpack(storage.read(kept.digest))["word/settings.xml"]
    assert b"updateFields" not in left
    assert b"w:zoom" in left


def test_numbers_go_on_and_nothing_is_overwritten(bring, made, session, row):
    first = bring(edits.edited(made, edits.track("Siti")))[0]
    bring(builders.docx(), origin=RenditionOrigin.RECEIVED, note="  ")
    rows = reading.of_agreement(session, row.id)
    assert [(one.number, one.origin) for one in rows] == [(3, "received"), (2, "edited"), (1, "made")]
    assert rows[1].name == first.name == f"{row.code}-naskah-2.docx"


def test_the_same_file_is_not_kept_twice(bring, made):
    with pytest.raises(RuleBroken, match="sama dengan Naskah 1"):
        bring(made)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("naskah.doc", "simpan sebagai .docx"),
        ("naskah.odt", "LibreOffice"),
        ("naskah.pdf", "Mintalah berkas Word"),
        ("naskah.png", "Pilih berkas Word"),
        ("naskah", "Pilih berkas Word"),
    ],
)
def test_other_kinds_are_told_what_to_do(bring, name, said):
    with pytest.raises(RuleBroken, match=said) as refused:
        bring(b"isi", name=name)
    assert refused.value.field == "files"


@pytest.mark.parametrize("attack", ["DDEAUTO over runs", "remote template", "altChunk"])
def test_what_the_gate_refuses_does_not_come_in(bring, attack):
    content, said = attacks.BAD[attack]
    with pytest.raises(RuleBroken, match=said) as refused:
        bring(content)
    assert refused.value.field == "files"


def test_a_number_that_does_not_exist_is_no_base(bring):
    with pytest.raises(RuleBroken, match="Naskah 9 tidak ada") as refused:
        bring(builders.docx(), based_on=9)
    assert refused.value.field == "based_on"


def test_nothing_is_brought_to_what_is_signed_or_by_who_may_not_draft(bring, row):
    head = Actor(account_id=None, name="Kepala", organisation_id=None, roles=frozenset({Role.HEAD}))
    with pytest.raises(NotAllowed):
        bring(builders.docx(), actor=head)
    row.stage = Stage.ACTIVE
    with pytest.raises(RuleBroken, match="sudah ditandatangani"):
        bring(builders.docx())
    assert "sudah ditandatangani" in renditions.may_take_in(SYSTEM, row).reason
