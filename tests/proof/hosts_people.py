"""People with browsers before two hosts: an officer who drafts, a partner who reports in parts, an officer who reviews.

They know one address only. What merely reads is asked again by the proxy; when what they send is not answered they do
what people do: press again, or look first whether it is there.
"""

import re
import zipfile
from collections import Counter
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from io import BytesIO
from typing import Any

from werkzeug.test import Client, TestResponse

from tests.factories.accounts import PASSWORD
from tests.harness.files import pdf
from tests.harness.hosts import UNANSWERED, RoundRobin
from tests.harness.pages import Page
from tests.harness.visitors import COOKIE

PART = 64 * 1024
"""Bytes that the page's script sends at once."""
FILLING = 2 * PART
"""Letters in the file that a partner sends: with them it goes in three parts."""
TRIES = 5
SENT = frozenset({302, 303})
STEPS = (
    ("kegiatan", {"narrative": "Pendampingan 60 anak di tiga kelurahan."}),
    ("jumlah", {"beneficiaries": "60"}),
    ("keuangan", {"amount_rupiah": "12.500.000"}),
)

Before = Callable[[str], None]
"""Is told the name of each step right before it is asked for; may let a host die there."""


class Unanswered(Exception):
    """No host answered what a person sent."""


class Person:
    """Somebody with a browser who knows one address only."""

    def __init__(self, proxy: RoundRobin, seen: Counter[str], before: Before = lambda step: None) -> None:
        """Count in `seen` what this person saw."""
        self.http, self.seen, self.before = Client(proxy), seen, before

    def open(self, path: str, **options: Any) -> TestResponse:
        """Ask for an address; raise Unanswered when no host answers."""
        answer = self.http.open(path, **options)
        self.seen["answers"] += 1
        if UNANSWERED in answer.headers:
            raise Unanswered(path)
        if answer.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            self.seen["answers of 500 and above"] += 1
            raise AssertionError(f"{path}: {answer.status_code}")
        return answer

    def read(self, path: str) -> Page:
        """Open a page."""
        answer = self.open(path)
        assert answer.status_code == HTTPStatus.OK, f"{path}: {answer.status_code} {answer.headers.get('Location')}"
        return Page(answer, path)

    def again(self, send: Callable[[], TestResponse], *, done: Callable[[], bool] | None = None) -> TestResponse | None:
        """Send until somebody answers; with `done` look first whether it is there, and answer None when it is."""
        for _ in range(TRIES):
            try:
                return send()
            except Unanswered:
                self.seen["sent again"] += 1
                if done and done():
                    return None
        raise AssertionError("nobody answers at all")

    def press(self, path: str, button: str, *, done: Callable[[], bool] | None = None, **typed: Any) -> str:
        """Fill in the form of a page and press its button; answer where it leads, "" when it was found done.

        A file is a pair of its bytes and its name.
        """
        form = self.read(path).form(button)
        self.before(button)
        action = form.action or path
        answer = self.again(lambda: self.open(action, method="POST", data=_data(form.fields, typed)), done=done)
        if answer is None:
            return ""
        assert answer.status_code in SENT, f"{path}, {button}: {answer.status_code} {Page(answer, path).main[:600]}"
        return str(answer.headers["Location"])

    def twice(self, path: str) -> bytes:
        """Download something from one host and from the other; it is the same."""
        self.before("unduh")
        first, second = self.open(path), self.open(path)
        assert (first.status_code, second.status_code) == (HTTPStatus.OK, HTTPStatus.OK), path
        assert first.data == second.data, path
        return first.data

    def known(self, token: str) -> "Person":
        """Go on with a session that was opened before; a partner's unknown device would first wait for a mail."""
        self.http.set_cookie(COOKIE, token)
        return self

    def sign_in(self, email: str) -> "Person":
        """Sign in."""
        self.press("/masuk", "Masuk", email=email, password=PASSWORD)
        return self


def _data(fields: list[tuple[str, str]], typed: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in fields:
        found.setdefault(name, []).append(value)
    files = {name: (BytesIO(value[0]), value[1]) for name, value in typed.items() if isinstance(value, tuple)}
    return found | typed | files


def draft(officer: Person, code: str) -> None:
    """Begin a draft from its template, make the Word document, download it from both hosts."""
    start, review, made = (f"/kantor/naskah/{code}/{rest}" for rest in ("susun", "susun/periksa", "naskah-word/1"))
    officer.press(start, "Mulai dari templat", done=lambda: "Mulai dari templat" not in officer.read(start).main)
    is_made = lambda: officer.open(made).status_code == HTTPStatus.OK  # noqa: E731
    officer.press(review, "Buat naskah Word", done=is_made)
    docx = zipfile.ZipFile(BytesIO(officer.twice(made)))
    assert docx.testzip() is None
    assert "word/document.xml" in docx.namelist()
    officer.seen["drafts downloaded"] += 1


def content(mark: str) -> bytes:
    """A file that a partner sends: a PDF that goes in three parts."""
    return pdf(f"{mark} " + "x" * FILLING)


def report(partner: Person) -> str:
    """Begin the one report that is asked for, fill it in, send a file in parts, get the receipt; answer its code."""
    address = partner.press("/mitra/", "Mulai laporan")
    code = address.rpartition("/")[2]
    for step, typed in STEPS:
        partner.press(f"{address}/{step}", "Lanjut", **typed)
    upload(partner, address, f"laporan-{code}.pdf", content(code))
    partner.press(f"{address}/periksa", "Kirim laporan")
    receipt = partner.read(f"{address}/tanda-terima")
    assert re.search(rf"TT-{code}", receipt.main), receipt.main
    partner.seen["receipts"] += 1
    return code


def upload(partner: Person, address: str, name: str, whole: bytes) -> None:
    """Send a file as the script of the page does: a part that nobody answered is sent again."""
    token = dict(partner.read(f"{address}/bukti").form("Lanjut").fields)["csrf_token"]
    about = {"csrf_token": token, "name": name, "size": len(whole), "mark": name[-16:]}
    way = f"{address}/unggahan"
    told = _json(partner.again(lambda: partner.open(way, method="POST", data=about)))
    key, head = told["key"], {"X-CSRFToken": token}
    while not told.get("done"):
        offset = told["offset"]
        partner.before(f"bagian {offset // PART + 1}")
        sending = {"method": "POST", "data": whole[offset : offset + PART], "headers": head}
        told = _json(partner.again(partial(partner.open, f"{way}/{key}?offset={offset}", **sending)))
        assert "refused" not in told, told


def _json(answer: TestResponse | None) -> dict[str, Any]:
    assert answer is not None
    assert answer.status_code == HTTPStatus.OK, answer.status_code
    return dict(answer.get_json())


def review(officer: Person, code: str) -> None:
    """Read a report and its file, and accept it."""
    path = f"/kantor/laporan/{code}"
    target = officer.read(path).link(f"laporan-{code}.pdf")
    assert officer.twice(target) == content(code)
    officer.press(path, "Terima laporan", done=lambda: "Diterima" in officer.read(path).main)
    assert "Diterima" in officer.read(path).main
    officer.seen["reports accepted"] += 1
