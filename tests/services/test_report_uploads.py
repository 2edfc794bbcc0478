"""Files in parts: a cut line goes on where it was, the same bytes are known again, nothing unasked is kept."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.domain.errors import NotAllowed, NotFound, RuleBroken
from portal.domain.policy import Actor, Role
from portal.models import ReportFile, ReportUpload
from portal.services import report_files, report_uploads
from portal.services.report_files import Incoming
from portal.services.report_uploads import LARGEST_PART, Coming, Part
from portal.storage import Storage
from tests.factories import make_account, make_report
from tests.factories.instants import NOW

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
COMING = Coming(name="../daftar hadir.PDF", size=len(PDF), mark="cafe")


@pytest.fixture
def storage(tmp_path):
    return Storage(tmp_path)


@pytest.fixture
def report(session):
    return make_report(session)


def person(session, report, role=Role.PARTNER_WRITER):
    account = make_account(session, role, report.organisation)
    own = report.organisation_id
    return Actor(account_id=account.id, name=account.name, organisation_id=own, roles=frozenset({role}))


@pytest.fixture
def writer(session, report):
    return person(session, report)


@pytest.fixture
def begin(session, report, writer):
    return lambda coming=COMING, who=writer: report_uploads.begin(session, report, coming, actor=who, now=NOW)


@pytest.fixture
def add(session, report, storage, writer):
    def send(key, offset, content):
        part = Part(key=key, offset=offset, content=content)
        return report_uploads.add(session, report, part, storage=storage, actor=writer, now=NOW)

    return send


def files(session):
    return session.scalars(select(ReportFile)).all()


def test_parts_become_the_file(session, storage, begin, add) -> None:
    key = begin().key
    first = add(key, 0, PDF[:20])
    assert (first.offset, first.is_done, files(session)) == (20, False, [])
    last = add(key, 20, PDF[20:])
    assert (last.offset, last.is_done, last.refusal) == (len(PDF), True, None)
    file = files(session)[0]
    assert (file.name, storage.read(file.digest)) == ("daftar hadir.pdf", PDF)
    assert storage.parts_of(key) == b""


@pytest.mark.parametrize("offset", [0, 10, 30, -1])
def test_a_part_from_elsewhere_changes_nothing_and_is_told_where_to_go_on(begin, add, offset) -> None:
    key = begin().key
    add(key, 0, PDF[:20])
    assert add(key, offset, b"falsch").offset == 20
    assert add(key, 20, PDF[20:]).is_done


def test_the_same_bytes_chosen_again_go_on_where_they_were(begin, add) -> None:
    first = begin()
    add(first.key, 0, PDF[:20])
    again = begin()
    assert (again.key, again.received) == (first.key, 20)
    assert begin(Coming(name=COMING.name, size=COMING.size, mark="beef")).key != first.key


def test_an_answer_that_was_lost_is_given_again(session, begin, add) -> None:
    key = begin().key
    add(key, 0, PDF)
    assert add(key, 0, PDF).is_done
    assert len(files(session)) == 1


def test_parts_that_vanished_are_asked_for_again(storage, begin, add) -> None:
    key = begin().key
    add(key, 0, PDF[:20])
    storage.drop_parts(key)
    assert add(key, 20, PDF[20:]).offset == 0
    assert add(key, 0, PDF).is_done


def test_more_bytes_than_were_told_are_not_kept(storage, begin, add) -> None:
    key = begin().key
    assert add(key, 0, PDF + b"mehr").offset == 0
    assert storage.parts_of(key) == b""


def test_the_whole_file_is_looked_at_like_any_other(session, begin, add) -> None:
    row = begin(Coming(name="virus.pdf", size=4, mark="1"))
    told = add(row.key, 0, b"MZ\0\0")
    assert told.is_done
    assert "virus.pdf" in told.refusal.values["name"]
    assert files(session) == []


def test_a_refusal_whose_answer_was_lost_is_said_again(session, begin, add) -> None:
    row = begin(Coming(name="virus.pdf", size=4, mark="1"))
    first, again = add(row.key, 0, b"MZ\0\0"), add(row.key, 0, b"MZ\0\0")
    assert again.is_done
    assert str(again.refusal) == str(first.refusal)
    assert files(session) == []


class Counting(Storage):
    """A storage that counts how often all of a file was read."""

    read = 0

    def parts_of(self, key):
        """Read, and count."""
        self.read += 1
        return super().parts_of(key)


def test_a_file_is_read_once_however_many_parts_it_has(session, tmp_path, report, writer, begin) -> None:
    storage, whole = Counting(tmp_path), PDF + b"\n" * (6 * LARGEST_PART)
    key = begin(Coming(name="a.pdf", size=len(whole), mark="1")).key
    for offset in range(0, len(whole), LARGEST_PART):
        part = Part(key=key, offset=offset, content=whole[offset : offset + LARGEST_PART])
        told = report_uploads.add(session, report, part, storage=storage, actor=writer, now=NOW)
    assert (told.is_done, storage.read) == (True, 1)


def test_files_that_are_too_large_or_too_many_are_refused_before_they_come(session, report, storage, writer, begin):
    with pytest.raises(RuleBroken, match="lebih dari 20 MB"):
        begin(Coming(name="a.pdf", size=20 * 1024 * 1024 + 1, mark="1"))
    for number in range(6):
        incoming = Incoming(name=f"{number}.pdf", content=PDF + b"%d\n%%%%EOF" % number)
        report_files.attach(session, report, incoming, storage=storage, actor=writer, now=NOW)
    for number in range(4):
        begin(Coming(name="a.pdf", size=5, mark=f"{number}"))
    with pytest.raises(RuleBroken, match="paling banyak 10"):
        begin(Coming(name="a.pdf", size=5, mark="x"))


def test_only_writers_of_the_own_organisation_send(session, report, storage, begin, add) -> None:
    with pytest.raises(NotAllowed):
        begin(who=person(session, report, Role.PARTNER_VIEWER))
    other = make_report(session)
    with pytest.raises(NotFound):
        begin(who=person(session, other))
    with pytest.raises(NotFound):
        add("0" * 32, 0, PDF)


def test_what_began_two_days_ago_is_forgotten_with_its_parts(session, storage, begin, add) -> None:
    key = begin().key
    add(key, 0, PDF[:20])
    assert report_uploads.forget(session, storage=storage, now=NOW + timedelta(days=2)) == 0
    assert report_uploads.forget(session, storage=storage, now=NOW + timedelta(days=2, minutes=1)) == 1
    assert session.scalars(select(ReportUpload)).all() == []
    assert storage.parts_of(key) == b""
