"""Files that a script sends in parts: what the browser is told with each part, also when an answer was lost."""

import pytest

from tests.factories import make_report
from tests.harness import files


@pytest.fixture
def report(session):
    return make_report(session)


@pytest.fixture
def visitor(as_partner, report):
    return as_partner(report.organisation)


@pytest.fixture
def send(visitor, report):
    """Send one file whole as a single part, as often as asked; return what the browser is told each time."""
    page = visitor.page("partner.report_steps.show", code=report.code, slug="bukti")
    token = dict(page.form("Lanjut").fields)["csrf_token"]

    def sent(name, content, times=1):
        about = {"csrf_token": token, "name": name, "size": len(content), "mark": "1"}
        begun = visitor.post("partner.report_evidence.begin", about, code=report.code).get_json()
        path = visitor.path("partner.report_evidence.part", code=report.code, key=begun["key"], offset=0)
        head = {"X-CSRFToken": token}
        return [visitor.open(path, method="POST", data=content, headers=head).get_json() for _ in range(times)]

    return sent


def test_a_refusal_is_told_again_when_its_answer_was_lost(send):
    first, again = send("laporan.pdf", b"MZ\0\0", times=2)
    assert "laporan.pdf" in first["refused"]
    assert again == first


def test_a_file_that_was_taken_is_told_again_and_kept_once(send, visitor, report):
    first, again = send("laporan.pdf", files.pdf(), times=2)
    assert first == again == {"offset": len(files.pdf()), "done": True}
    page = visitor.page("partner.report_steps.show", code=report.code, slug="bukti")
    assert len(page.all("//*[@id='kept-files']//li")) == 1
