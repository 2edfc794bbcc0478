"""A small clamd on loopback: it speaks INSTREAM, finds EICAR, and can be told to be slow or to talk nonsense."""

import socketserver
import struct
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""The file that every scanner finds; in two pieces, so that this one is not found itself."""
NAME = "Win.Test.EICAR_HDB-1"


@dataclass(kw_only=True)
class Clamd:
    """Where it listens, what it was asked, and how it is to behave."""

    address: str = ""
    asked: list[bytes] = field(default_factory=list)
    delay: float = 0.0
    answer: bytes = b""
    """Said instead of the truth where it is not empty."""


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, clamd: Clamd) -> None:
        self.clamd = clamd
        super().__init__(("127.0.0.1", 0), _Talk)


class _Talk(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        """Read one file in pieces and say what is in it."""
        if self.rfile.read(10) != b"zINSTREAM\0":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        content = b""
        while size := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(size)
        self.server.clamd.asked.append(content)
        time.sleep(self.server.clamd.delay)
        truth = f"stream: {NAME} FOUND\0".encode() if EICAR in content else b"stream: OK\0"
        self.wfile.write(self.server.clamd.answer or truth)


@pytest.fixture
def clamd() -> Iterator[Clamd]:
    """A scanner that listens as long as the test runs."""
    made = Clamd()
    with _Server(made) as server:
        made.address = f"tcp://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield made
        server.shutdown()
        thread.join()
