"""The server is killed while somebody writes a draft: nothing before the last "Tersimpan" is lost."""

import http.client
import re
import socket
import threading
import time
from urllib.parse import urlencode

import pytest

from portal.domain.agreement import Stage
from portal.domain.policy import SYSTEM, Role
from portal.queries import drafts
from portal.services import drafts as writing
from portal.services import sign_in
from tests.factories import make_account, make_agreement
from tests.factories.calendar import make_calendar
from tests.factories.instants import NOW
from tests.factories.libraries import seed_libraries
from tests.harness.visitors import COOKIE

pytestmark = pytest.mark.kill
KILLS = 2
SECONDS = 60
"""Only a stop for a server that does not come up."""


class Writer:
    """Somebody with a browser at a server that may die: opens a section, saves it as htmx would."""

    def __init__(self, port, path, token):
        self.port, self.path = port, path
        self.cookies = {COOKIE: token, f"__Host-{COOKIE}": token}
        self.fields = {}
        self.sent = 0

    def ask(self, method, path, body=None):
        """The number and the text of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, path, body=body, headers=headers)
            answer = connection.getresponse()
            for line in answer.headers.get_all("Set-Cookie") or ():
                name, value = line.partition(";")[0].split("=", 1)
                self.cookies[name] = value
            return answer.status, answer.read().decode()
        finally:
            connection.close()

    def wait(self, path="/bantuan"):
        """Open a page as soon as the server answers."""
        end = time.monotonic() + SECONDS
        while True:
            try:
                code, text = self.ask("GET", path)
                break
            except ConnectionError:
                assert time.monotonic() < end, "the server did not come up"
                time.sleep(0.1)
        assert code == 200, text
        return text

    def open(self):
        """Open the section."""
        text = self.wait(self.path)
        form = text[text.index('id="section-form"') :]
        for name in ("csrf_token", "stamp", "page"):
            self.fields[name] = re.search(f'name="{name}" value="([^"]*)"', form)[1]

    def save(self, recital):
        """Save by itself; whether the answer said that it is kept."""
        self.sent += 1
        mark = f"{self.fields['page'].partition('.')[0]}.{self.sent}"
        typed = self.fields | {"title": "Judul Uji", "recitals": recital, "page": mark}
        code, text = self.ask("POST", f"{self.path}/otomatis", urlencode(typed))
        kept = code == 200 and "Tersimpan" in text
        if kept:
            self.fields["stamp"] = re.search('name="stamp" value="([^"]*)"', text)[1]
        return kept


def try_to_save(writer, recital):
    """Save while the server is being killed."""
    try:
        writer.save(recital)
    except (OSError, http.client.HTTPException):
        return


@pytest.fixture
def port():
    """A free port of loopback."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def test_a_killed_server_loses_nothing_that_was_saved_and_the_same_page_goes_on(session, app, spawn, port):
    make_calendar(session)
    seed_libraries(session, app.extensions["storage"])
    row = make_agreement(session, stage=Stage.DRAFTING, signed_on=None)
    writing.ensure(session, row, actor=SYSTEM, now=NOW)
    token = sign_in.open_session(session, make_account(session, Role.LEGAL), agent="tests", now=NOW)
    session.commit()
    writer = Writer(port, f"/kantor/naskah/{row.code}/susun/dasar", token)
    for kill in range(KILLS):
        server = spawn("flask", "--app", "wsgi", "run", "--port", str(port))
        writer.wait() if writer.fields else writer.open()
        for number in range(3):
            assert writer.save(f"putaran {kill} butir {number}")
        last = threading.Thread(target=try_to_save, args=(writer, f"putaran {kill} butir 3"))
        last.start()
        time.sleep(0.02 * kill)
        server.kill()
        server.wait(timeout=20)
        last.join(timeout=30)
        session.rollback()
        kept = drafts.get(session, row.id).facts["recitals"]
        assert kept in ([f"putaran {kill} butir 2"], [f"putaran {kill} butir 3"])
