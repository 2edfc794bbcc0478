"""Two servers and two workers on one database, by README's commands: people notice nothing when one of each dies.

Several hosts need PostgreSQL, so the fixture `database` is that one whatever the suite asks; once is enough then.
"""

import hashlib
import io
import re
import time
from collections import Counter
from datetime import timedelta

import pytest
from werkzeug.test import Client, TestResponse

from portal.models import Agreement, AgreementFile
from portal.storage import Storage
from tests.factories.accounts import PASSWORD, make_account
from tests.factories.agreements import make_agreement
from tests.factories.calendar_days import make_calendar
from tests.harness.clock import START
from tests.harness.databases import POSTGRESQL
from tests.harness.files import pdf
from tests.harness.hosts import RoundRobin, Web, commands
from tests.harness.pages import Page
from tests.harness.processes import smtp_settings

pytestmark = pytest.mark.kill

MONDAY = START + timedelta(days=2, hours=3)
PEOPLE = 4
WAIT = 150
"""Seconds: a worker looks again after half a minute."""


@pytest.fixture
def database(databases):
    """PostgreSQL, as if just migrated."""
    found = databases(POSTGRESQL)
    found.reset()
    return found


class Person:
    """Somebody with a browser who knows one address only."""

    def __init__(self, proxy: RoundRobin) -> None:
        self.http = Client(proxy)

    def open(self, path: str, **options) -> TestResponse:
        """Ask for an address; no answer is a fault."""
        answer = self.http.open(path, **options)
        assert answer.status_code < 500, f"{path}: {answer.status_code}"
        return answer

    def send(self, path: str, button: str, **typed) -> TestResponse:
        """Fill in the form of a page and press its button; it must lead on."""
        form = Page(self.open(path), path).form(button)
        answer = self.open(form.action or path, method="POST", data={**dict(form.fields), **typed})
        assert answer.status_code in {302, 303}, Page(answer, path).main
        return answer


@pytest.fixture
def people(session, clock):
    """Four officers and an agreement, on a Monday at noon."""
    make_calendar(session)
    clock.set(MONDAY)
    made = [make_account(session, email=f"petugas{n}@example.go.id").email for n in range(PEOPLE)]
    code = make_agreement(session, title="Uji dua peladen").code
    session.commit()
    return code, made


@pytest.fixture(params=["folder", "bucket"])
def place(request, tmp_path):
    """Where files lie: a folder that both share, or a bucket."""
    if request.param == "folder":
        return {"files_dir": tmp_path / "berkas"}, lambda: Storage(tmp_path / "berkas")
    from portal.bucket import BucketKeeper

    bucket = request.getfixturevalue("make_bucket")()
    return {"bucket": bucket}, lambda: Storage(BucketKeeper(bucket))


def work(person: Person, email: str, code: str, number: int) -> None:
    """Sign in, change the agreement, keep a file and read it on both hosts, ask for a mail."""
    person.send("/masuk", "Masuk", email=email, password=PASSWORD)
    person.send(f"/kantor/naskah/{code}/ubah", "Simpan perubahan", title=f"Uji dua peladen {number}")
    assert f"Uji dua peladen {number}" in person.open(f"/kantor/naskah/{code}").text
    content = pdf(f"Uji {number}")
    sent = (io.BytesIO(content), f"uji-{number}.pdf")
    person.send(f"/kantor/naskah/{code}/dokumen", "Unggah", kind="letter", files=sent)
    listed = Page(person.open(f"/kantor/naskah/{code}/dokumen"), "dokumen")
    target = next(h for text, h in listed.links if f"uji-{number}.pdf" in text and re.search(r"/dokumen/\d+$", h))
    assert all(person.open(target).data == content for _ in range(2))
    person.send("/kantor/pekerjaan", "Kirim surel uji")


def test_readme_names_the_commands_of_web_and_worker():
    web, worker = commands()
    assert web == ["gunicorn", "-c", "python:portal.server", "portal.app:create_app()"]
    assert worker == ["portal.cli", "worker"]


@pytest.mark.postgresql
@pytest.mark.sqlite_only
def test_a_dead_server_and_a_dead_worker_are_not_noticed(database, session, people, place, spawn, smtp):
    (code, emails), (settings, files) = people, place
    settings = settings | {"smtp": smtp_settings(smtp), "lease_seconds": 3}
    webs = [Web(spawn, **settings), Web(spawn, **settings)]
    for web in webs:
        web.wait()
    proxy = RoundRobin(webs)
    persons = [Person(proxy) for _ in emails]
    for number, (person, email) in enumerate(zip(persons[:2], emails[:2], strict=True)):
        work(person, email, code, number)
    assert set(proxy.served) == {web.port for web in webs}
    webs[0].kill()
    work(persons[2], emails[2], code, 2)
    assert persons[0].open(f"/kantor/naskah/{code}").status_code == 200
    webs[0].revive()
    webs[0].wait()
    webs[1].kill()
    work(persons[3], emails[3], code, 3)

    first, second = spawn(*commands()[1], **settings), spawn(*commands()[1], **settings)
    deadline = time.monotonic() + WAIT
    while not smtp.received and time.monotonic() < deadline:
        time.sleep(0.05)
    first.kill()
    while time.monotonic() < deadline and len({mail.message_id for mail in smtp.received}) < PEOPLE:
        time.sleep(0.2)
    assert second.poll() is None
    arrived = Counter(mail.message_id for mail in smtp.received)
    assert len(arrived) == PEOPLE
    assert arrived.total() <= PEOPLE + 1, "only what the dead worker held may come twice"

    session.expire_all()
    assert session.query(Agreement).filter_by(code=code).one().title == "Uji dua peladen 3"
    kept = {row.name: row.digest for row in session.query(AgreementFile)}
    assert {name: files().read(digest) for name, digest in kept.items()} == {
        f"uji-{number}.pdf": pdf(f"Uji {number}") for number in range(PEOPLE)
    }
    assert set(kept.values()) == {hashlib.sha256(pdf(f"Uji {number}")).hexdigest() for number in range(PEOPLE)}
    assert list(files().digests()) == sorted(kept.values())
