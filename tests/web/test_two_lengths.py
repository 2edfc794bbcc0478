"""A request whose end is in doubt is refused by the server of README, and nothing is smuggled in (ASVS 4.2.1)."""

import socket

import pytest

from tests.harness.hosts import Web

pytestmark = pytest.mark.sqlite_only
HIDDEN = b"GET /masuk HTTP/1.1\r\nHost: localhost\r\n\r\n"
DOUBTFUL = {
    "both": (b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n"),
    "two lengths": (b"Content-Length: 0\r\nContent-Length: 40\r\n", b""),
    "hidden coding": (b"Transfer-Encoding: xchunked\r\n", b"0\r\n\r\n"),
    "blank before colon": (b"Content-Length : 0\r\n", b""),
    "no number": (b"Content-Length: +5\r\n", b""),
}


@pytest.fixture
def web(spawn, tmp_path):
    """A server as README starts it."""
    found = Web(spawn, files_dir=tmp_path / "berkas")
    found.wait()
    return found


def answers(port: int, request: bytes) -> list[bytes]:
    """Send bytes on one line and read the first line of every answer until the server hangs up."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        got = b"".join(iter(lambda: line.recv(65536), b""))
    return [part.split(b"\r\n")[0] for part in got.split(b"HTTP/1.1 ")[1:]]


def test_no_second_request_hides_behind_a_doubtful_one(web):
    plain = b"POST /masuk HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"
    assert answers(web.port, plain) == [b"400 BAD REQUEST"], "without its token a form is refused, and the line works"
    for name, (headers, body) in DOUBTFUL.items():
        found = answers(web.port, b"POST /masuk HTTP/1.1\r\nHost: localhost\r\n" + headers + b"\r\n" + body + HIDDEN)
        assert len(found) == 1, (name, found)
        assert found[0][:3] in {b"400", b"501"}, (name, found)
