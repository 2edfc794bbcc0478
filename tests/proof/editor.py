"""Writers of a proof, each a process that edits one agreement through the real pages and keeps a file now and then.

Started with settings as JSON; makes the application once and says that it is ready. A line on its input is a job as
JSON: `writers` processes edit `edits` times each, or, with `kill_after`, until the journal is so many lines longer, or
nobody wrote for `quiet` seconds, and all die by signal 9. Every answer that says "kept" is written to the journal
before the next request; the answer to the job counts all answers.
"""

import io
import json
import os
import re
import signal
import sys
import time
import traceback
from collections import Counter
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy.exc import OperationalError
from werkzeug.test import TestResponse

from portal import clock
from portal.app import create_app
from portal.config import Config
from portal.domain.agreement_file import FileKind
from portal.extensions import db
from tests.harness.files import pdf
from tests.harness.pages import Form, Page
from tests.harness.visitors import COOKIE

KEPT = frozenset({302, 303})
REFUSED = frozenset({409, 422})
STARTING, QUIET, GLANCE, AWAY = 60.0, 3.0, 0.01, 0.2
"""Seconds: until the first line comes, until no other does, between two looks, before a broken page is tried again."""
WITH_FILE = 5
"""Every so many edits a file is sent as well."""
NUMBER = re.compile(r"\d+$")
SENTENCE = re.compile(r"\w{3,} \w{3,}")
EDIT, FILES = "/kantor/naskah/{}/ubah", "/kantor/naskah/{}/dokumen"


def config_of(given: dict[str, Any]) -> Config:
    """The settings of the proof's portal."""
    return Config(
        database_url=given["database_url"],
        files_dir=Path(given["files"]),
        secret_key="kunci-untuk-pengujian-" + "x" * 32,
        base_url="http://localhost",
        testing=True,
        secure_cookies=False,
        authenticator="offered",
    )


class Writer:
    """One process: opens the form, types the next number behind the title, sends it, and notes what came of it."""

    def __init__(self, app: Flask, given: dict[str, Any], number: int) -> None:
        """Sign in by the session that was opened for this writer."""
        self.http = app.test_client()
        self.http.set_cookie(COOKIE, given["tokens"][number])
        self.code, self.number = given["code"], number
        self.journal = os.open(given["journal"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self.seen: Counter[str] = Counter()

    def open(self, path: str, **options: Any) -> TestResponse:
        """Ask for an address."""
        answer = self.http.open(path, **options)
        answer.request.environ["wsgi.input"].close()
        return answer

    def note(self, **said: Any) -> None:
        """Write an acknowledgement down; what is written outlives this process."""
        os.write(self.journal, (json.dumps(said) + "\n").encode())

    def edit(self) -> None:
        """Raise the number behind the title by one."""
        form = self.form(EDIT, "Simpan perubahan")
        if form is None:
            return
        fields = dict(form.fields)
        number = int(NUMBER.search(fields["title"])[0]) + 1  # type: ignore[index]
        data = [(name, NUMBER.sub(str(number), value) if name == "title" else value) for name, value in form.fields]
        if self.told(self.open(form.action, method="POST", data=_multi(data)), "edit"):
            self.note(number=number)

    def form(self, address: str, button: str) -> Form | None:
        """Open a page and read a form; None when it cannot be opened now, which is counted."""
        answer = self.open(address.format(self.code))
        if answer.status_code != HTTPStatus.OK:
            self.seen[f"open {answer.status_code}"] += 1
            time.sleep(AWAY)
            return None
        return Page(answer, address).form(button)

    def send_file(self, mark: str) -> None:
        """Keep a file that nobody has sent before."""
        form = self.form(FILES, "Unggah")
        if form is None:
            return
        content = pdf(f"Uji {mark}")
        data = {**dict(form.fields), "kind": FileKind.LETTER, "files": (io.BytesIO(content), f"uji-{mark}.pdf")}
        if self.told(self.open(form.action, method="POST", data=data), "file"):
            self.note(file=f"uji-{mark}.pdf")

    def told(self, answer: TestResponse, what: str) -> bool:
        """Count an answer; True when it says that all was kept."""
        is_kept = answer.status_code in KEPT and self.code in answer.headers["Location"]
        if is_kept:
            self.seen[f"{what} kept"] += 1
        elif answer.status_code in REFUSED and _has_message(answer):
            self.seen[f"{what} refused"] += 1
        else:
            self.seen[f"{what} {answer.status_code}"] += 1
        return is_kept


def _multi(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


def _has_message(answer: TestResponse) -> bool:
    """Whether a refusal says something to a person."""
    page = Page(answer, answer.request.path)
    return bool(SENTENCE.search(page.main)) and bool(page.all("//h1"))


def grows(journal: Path, lines: int, quiet_for: float = QUIET) -> None:
    """Wait until a journal has got so many more lines, or no more come."""
    begun = begin = journal.stat().st_size if journal.exists() else 0
    wanted, quiet = begin + lines * len('{"number": 10}\n'), time.monotonic() + STARTING
    while time.monotonic() < quiet:
        size = journal.stat().st_size if journal.exists() else 0
        if size >= wanted:
            return
        if size > begun:
            begun, quiet = size, time.monotonic() + quiet_for
        time.sleep(GLANCE)


def work(app: Flask, given: dict[str, Any], job: dict[str, Any], number: int, said: int) -> None:
    """Be one writer until all is done, or until this process is killed."""
    writer, done = Writer(app, given, number), 0
    while job.get("kill_after") or done < job["edits"]:
        try:
            writer.edit()
            if done % WITH_FILE == 0:
                writer.send_file(f"{job['name']}-{number}-{done}")
        except OperationalError:
            writer.seen["database away"] += 1
            time.sleep(GLANCE)
        done += 1
    os.write(said, (json.dumps(writer.seen) + "\n").encode())


def lead(app: Flask, given: dict[str, Any], job: dict[str, Any]) -> Counter[str]:
    """Fork the writers; wait for them, or kill them all in the midst of their work."""
    ear, said = os.pipe()
    children = []
    for number in range(job["writers"]):
        child = os.fork()
        if child == 0:
            os.close(ear)
            try:
                work(app, given, job, number, said)
            except BaseException:  # noqa: BLE001 (a fork must never come back from here)
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        children.append(child)
    os.close(said)
    if job.get("kill_after"):
        grows(Path(given["journal"]), job["kill_after"], job["quiet"])
        for child in children:
            os.kill(child, signal.SIGKILL)
    with os.fdopen(ear) as lines:
        seen = sum((Counter(json.loads(line)) for line in lines), Counter())
    ends = Counter(f"end {os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}" for child in children)
    return seen + ends


def main() -> None:
    """Make the application, warm it up, and do what is asked."""
    given = json.loads(sys.argv[1])
    clock.shift(datetime.fromisoformat(given["now"]) - clock.now())
    app = create_app(config_of(given))
    app.config["PROPAGATE_EXCEPTIONS"] = False
    Writer(app, given, 0).open(EDIT.format(given["code"]))
    with app.app_context():
        db.engine.dispose()
    print("ready", flush=True)  # noqa: T201 (the database may die from here on)
    for line in sys.stdin:
        print(json.dumps(lead(app, given, json.loads(line))), flush=True)  # noqa: T201 (this is how it speaks)


if __name__ == "__main__":
    main()
