"""Files of an agreement: taken in checked, shown to partners only between release and withholding."""

import pytest
from sqlalchemy import select

from portal.domain.agreement_file import FileKind
from portal.domain.errors import NotAllowed, NotFound, RuleBroken
from portal.domain.policy import SYSTEM, Actor, Role
from portal.models import AgreementFile, Entry
from portal.queries import agreement_files as reading
from portal.services import agreement_files
from portal.services.agreement_files import Incoming
from portal.storage import Storage
from tests.factories import make_agreement
from tests.factories.instants import NOW

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def storage(tmp_path):
    """Files in a folder of this test."""
    return Storage(tmp_path)


def add(session, row, storage, name="naskah.pdf", content=PDF, actor=SYSTEM):
    """Keep a file."""
    incoming = Incoming(name=name, kind=FileKind.ANNEX, content=content)
    return agreement_files.add(session, row, incoming=incoming, storage=storage, actor=actor, now=NOW)


def test_a_file_is_kept_by_its_content(session, storage):
    row = make_agreement(session)
    kept = add(session, row, storage)
    assert storage.read(kept.digest) == PDF
    assert (kept.media_type, kept.size, kept.released_at) == ("application/pdf", len(PDF), None)


def test_files_are_numbered_within_their_agreement_newest_first(session, storage):
    row, other = make_agreement(session), make_agreement(session)
    add(session, other, storage)
    add(session, row, storage, name="satu.pdf")
    add(session, row, storage, name="dua.pdf")
    assert [(one.number, one.name) for one in reading.of_agreement(session, row.id)] == [
        (2, "dua.pdf"),
        (1, "satu.pdf"),
    ]
    assert reading.get(session, row.id, 2).name == "dua.pdf"
    for number in (0, 3, 10**20):
        with pytest.raises(NotFound):
            reading.get(session, row.id, number)


def test_a_file_that_is_not_what_it_says_is_refused(session, storage):
    row = make_agreement(session)
    with pytest.raises(RuleBroken) as refused:
        add(session, row, storage, content=b"MZ not a pdf")
    assert refused.value.field == "files"
    assert session.scalars(select(AgreementFile)).all() == []


def test_release_and_withholding_are_told_once_each(session, storage):
    row = make_agreement(session)
    kept = add(session, row, storage)
    for _ in range(2):
        agreement_files.release(session, kept, actor=SYSTEM, now=NOW)
    assert kept.released_at == NOW
    for _ in range(2):
        agreement_files.withhold(session, kept, actor=SYSTEM, now=NOW)
    assert kept.released_at is None
    actions = session.scalars(select(Entry.action).where(Entry.agreement_id == row.id).order_by(Entry.id)).all()
    assert actions == ["file_added", "file_released", "file_withheld"]


def test_partners_find_only_what_was_released(session, session_of, storage):
    row = make_agreement(session)
    add(session, row, storage, name="rahasia.pdf")
    shown = add(session, row, storage, name="terbuka.pdf")
    agreement_files.release(session, shown, actor=SYSTEM, now=NOW)
    partner = row.parties[1].organisation_id
    session.commit()
    names = session_of(partner).scalars(select(AgreementFile)).all()
    assert [one.name for one in names] == ["terbuka.pdf"]


def test_heads_neither_upload_nor_release(session, storage):
    head = Actor(account_id=None, name="Uji", organisation_id=None, roles=frozenset({Role.HEAD}))
    row = make_agreement(session)
    kept = add(session, row, storage)
    with pytest.raises(NotAllowed):
        add(session, row, storage, actor=head)
    for verb in (agreement_files.release, agreement_files.withhold):
        with pytest.raises(NotAllowed):
            verb(session, kept, actor=head, now=NOW)
