"""Bad files at the real form: one sentence each, nothing of them kept, and what came with them is not lost."""

import hashlib
import io
import re

import pytest
from sqlalchemy import delete, select

from portal.models import ReportFile
from tests.documents.bad_files import BAD, MEGABYTE, jpeg
from tests.factories import make_report
from tests.harness import files
from tests.services.test_photos import CAMERA, GPS, opened, photo

TYPED = "Pelatihan menjahit untuk 48 anak."
HUGE = 200 * MEGABYTE


@pytest.fixture
def report(session):
    return make_report(session, narrative=TYPED)


@pytest.fixture
def visitor(as_partner, report):
    return as_partner(report.organisation)


@pytest.fixture
def form(visitor, report):
    return visitor.page("partner.report_steps.show", code=report.code, slug="bukti")


@pytest.fixture
def storage(app):
    return app.extensions["storage"]


def upload(visitor, form, *chosen):
    return visitor.submit(form, "Unggah berkas", [("files", (io.BytesIO(content), name)) for name, content in chosen])


def kept(session):
    return session.scalars(select(ReportFile).order_by(ReportFile.id)).all()


def is_stored(storage, content):
    try:
        return bool(storage.read(hashlib.sha256(content).hexdigest()))
    except FileNotFoundError:
        return False


@pytest.mark.sqlite_only
def test_every_bad_file_gets_its_sentence_and_the_good_one_beside_it_is_kept(session, visitor, form, report, storage):
    wrong = []
    for place, (what, bad) in enumerate(BAD.items()):
        content, good = bad.make(), files.pdf(f"Laporan {place}")
        if len(content) + len(good) > 21 * MEGABYTE:
            continue
        page = upload(visitor, form, (bad.name, content), ("baik.pdf", good))
        fine = bad.words in page.main and [row.size for row in kept(session)] == [len(good)]
        if not fine or (content and is_stored(storage, content)):
            wrong.append(what)
        session.execute(delete(ReportFile))
    assert wrong == []
    session.refresh(report)
    assert report.narrative == TYPED


def test_the_same_file_twice_is_attached_once(session, visitor, form):
    twice = [("laporan.pdf", files.pdf()), ("salinan.pdf", files.pdf())]
    upload(visitor, form, *twice)
    upload(visitor, form, *twice)
    assert [row.name for row in kept(session)] == ["laporan.pdf"]


@pytest.mark.first_case_on_postgresql
@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/daftar.pdf", "daftar.pdf"),
        ("daf\u202etar\u200b.pdf", "daftar.pdf"),
        ("daftar <1>.pdf", "daftar 1.pdf"),
    ],
)
def test_a_name_is_kept_without_what_is_dangerous_in_it(session, visitor, form, name, safe):
    upload(visitor, form, (name, files.pdf()))
    assert [row.name for row in kept(session)] == [safe]


def test_a_photo_is_kept_without_its_place_and_the_one_that_came_is_not(session, visitor, form, storage):
    content = photo(turned=True)
    upload(visitor, form, ("foto.jpg", content))
    row = kept(session)[0]
    drawn = storage.read(row.digest)
    assert row.is_safe_picture
    assert row.size == len(drawn)
    assert opened(content).getexif().get_ifd(GPS)
    assert not opened(drawn).getexif()
    assert CAMERA not in drawn
    assert not is_stored(storage, content)


def test_files_are_downloaded_and_never_opened_in_place(session, visitor, form, report):
    upload(visitor, form, ("laporan.pdf", files.pdf()), ("foto.jpg", jpeg()))
    for row in kept(session):
        answer = visitor.get("partner.reports.file", code=report.code, key=row.digest[:16])
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.mimetype == row.media_type


class Endless(io.RawIOBase):
    """What a browser sends of 200 MB: counts how much of it anybody reads."""

    taken = 0

    def read(self, size=-1):
        self.taken += max(size, 0)
        return b"x" * max(size, 0)


def test_two_hundred_megabytes_are_not_read_and_answered_with_a_sentence(visitor, report, session):
    body = Endless()
    answer = visitor.open(
        visitor.path("partner.report_steps.save", code=report.code, slug="bukti"),
        method="POST",
        environ_overrides={"wsgi.input": body, "CONTENT_LENGTH": str(HUGE)},
        content_type="multipart/form-data; boundary=batas",
        headers={"Referer": f"http://localhost/mitra/laporan/{report.code}/bukti"},
    )
    said = answer.get_data(as_text=True)
    assert answer.status_code == 413
    assert body.taken == 0
    assert re.search(r"tidak kami baca.*tetap ada", said, re.DOTALL)
    assert f'href="/mitra/laporan/{report.code}/bukti"' in said
    assert kept(session) == []
