"""The way to a virus scanner: clamd's INSTREAM over a socket. What becomes of its answer is decided in `services`."""

import socket
import struct
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

PORT: Final = 3310
SECONDS: Final = 20.0
_PIECE: Final = 2**16
_MOST_OF_AN_ANSWER: Final = 4096
_CLEAN: Final = "OK"
_FOUND: Final = "FOUND"


class ScannerAway(Exception):
    """The scanner does not answer, or not in its own language; the message says what happened."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Scanner:
    """A clamd at `tcp://host:port` or `unix:/path`; each file has a connection of its own."""

    address: str
    seconds: float = SECONDS

    def __post_init__(self) -> None:
        """Refuse an address of another kind: ValueError with the sentence for whoever sets the portal up."""
        parts = urlsplit(self.address)
        if not (parts.scheme == "tcp" and parts.hostname) and not (parts.scheme == "unix" and parts.path):
            raise ValueError("SIMPUL_SCANNER ditulis sebagai tcp://host:3310 atau unix:/jalur.")

    def finding(self, content: bytes) -> str | None:
        """Return the name of what the scanner found in some bytes, None for clean ones; raises ScannerAway."""
        try:
            with self._connected() as line:
                said = self._asked(line, content)
        except OSError as error:
            raise ScannerAway(f"Pemindai virus tidak menjawab: {error or type(error).__name__}.") from error
        verdict = said.partition(": ")[2]
        if verdict == _CLEAN:
            return None
        name, _, last = verdict.rpartition(" ")
        if last == _FOUND and name:
            return name
        raise ScannerAway(f"Pemindai virus menjawab lain: {said[:200] or 'tanpa kata'}.")

    def _connected(self) -> socket.socket:
        parts = urlsplit(self.address)
        if parts.scheme == "tcp":
            return socket.create_connection((str(parts.hostname), parts.port or PORT), timeout=self.seconds)
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            line.settimeout(self.seconds)
            line.connect(parts.path)
        except OSError:
            line.close()
            raise
        return line

    @staticmethod
    def _asked(line: socket.socket, content: bytes) -> str:
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), _PIECE):
            piece = content[start : start + _PIECE]
            line.sendall(struct.pack("!L", len(piece)) + piece)
        line.sendall(struct.pack("!L", 0))
        said = b""
        while not said.endswith(b"\0") and len(said) < _MOST_OF_AN_ANSWER:
            piece = line.recv(_MOST_OF_AN_ANSWER)
            if not piece:
                break
            said += piece
        return said.rstrip(b"\0\n").decode("utf-8", "replace")
