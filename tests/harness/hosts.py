"""Two hosts of the portal behind a small round robin: real servers and workers by README's commands, and their deaths.

The round robin is what a proxy in front does: each request goes to the other host in turn. One that a host did not take
is sent to the next; one that was taken and not answered is sent again only when it merely reads. It can let a host die
while that host has a request in its hands.
"""

import http.client
import os
import re
import shlex
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterable
from http import HTTPStatus
from pathlib import Path
from typing import Any

from werkzeug.datastructures import EnvironHeaders
from werkzeug.wrappers import Request, Response

from tests.harness.postbox import free_port
from tests.harness.source import ROOT

COMMAND = re.compile(r"`?ExecStart=/opt/simpul/bin/([^`\n]+)`?")
MODULES = {"gunicorn": "gunicorn", "simpul": "portal.cli"}
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
PATIENCE = 90
"""Seconds in which a server must be up; several start at once on a busy machine."""
UNANSWERED = "X-Nobody-Answered"
"""The header of an answer that no host gave."""
OWN = frozenset({"connection", "transfer-encoding", "server", "date", "keep-alive"})
"""Headers that are of one line only."""


def commands() -> list[list[str]]:
    """What README tells systemd to start, as words behind `python -m`: the web, then the worker."""
    found = [shlex.split(line) for line in COMMAND.findall((ROOT / "README.md").read_text("utf-8"))]
    return [[MODULES[name], *words] for name, *words in found]


class Web:
    """One host's server."""

    def __init__(self, spawn: Callable[..., "subprocess.Popen[str]"], **settings: Any) -> None:
        """Start it on a port of its own."""
        self.port = free_port()
        self.start = lambda: spawn(*commands()[0], "-w", "1", "-b", f"127.0.0.1:{self.port}", **settings)
        self.process = self.start()

    def wait(self) -> None:
        """Return as soon as it answers."""
        deadline = time.monotonic() + PATIENCE
        while True:
            if self.up():
                return
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.process.kill()
                raise AssertionError(f"the server did not start: {self.process.communicate()[0]}")
            time.sleep(0.1)

    def up(self) -> bool:
        """Whether it answers now."""
        try:
            return ask(self.port, "GET", "/sehat", {}, b"")[0] == HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False

    def kill(self) -> None:
        """Let the server and the processes it made die at once."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        for pid in (self.process.pid, *map(int, children)):
            os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def revive(self) -> None:
        """Start it again on the same port."""
        self.process = self.start()


def ask(
    port: int, method: str, path: str, headers: dict[str, str], body: bytes
) -> tuple[int, list[tuple[str, str]], bytes]:
    """Send one request on a line of its own."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        line.request(method, path, body=body, headers=headers)
        answer = line.getresponse()
        return answer.status, answer.getheaders(), answer.read()
    finally:
        line.close()


class RoundRobin:
    """A proxy as a WSGI application: each request to the other host in turn."""

    def __init__(self, webs: list[Web]) -> None:
        """Begin with the first."""
        self.webs = webs
        self.served: list[int] = []
        """The port that answered each request."""
        self.killed = 0
        """Hosts that died with a request in their hands, or just after its answer."""
        self.turn = 0
        self._strike: float | None = None

    def strike(self, after: float) -> None:
        """Let the host that takes the next request die so many seconds later, and start again; others must be up."""
        for web in self.webs:
            web.wait()
        self._strike = after

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Send a request on, to whichever host takes it."""
        request = Request(environ)
        headers = dict(EnvironHeaders(environ)) | {"Connection": "close"}
        path, body = request.full_path.rstrip("?"), request.get_data()
        for _ in range(len(self.webs)):
            web = self.webs[self.turn % len(self.webs)]
            self.turn += 1
            death = self._death(web)
            try:
                code, found, content = ask(web.port, request.method, path, headers, body)
            except ConnectionRefusedError:
                continue
            except (OSError, http.client.HTTPException):
                if request.method not in SAFE:
                    break
                continue
            finally:
                if death:
                    death.join()
                    self.killed += 1
                    web.revive()
            self.served.append(web.port)
            kept = [(name, value) for name, value in found if name.lower() not in OWN]
            return Response(content, code, kept)(environ, start_response)
        return Response("nobody answers", 502, {UNANSWERED: "1"})(environ, start_response)

    def _death(self, web: Web) -> threading.Timer | None:
        """The death that awaits this host, already counting down."""
        if self._strike is None:
            return None
        death, self._strike = threading.Timer(self._strike, web.kill), None
        death.start()
        return death
