"""A line for each answer: route and code, never an address, a name or what was typed."""

import json
import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from portal.logs import JsonLines
from portal.web.access import public
from tests.factories.accounts import make_account

Lines = Callable[[], list[dict[str, Any]]]
SECRET = "rahasia-yang-tidak-boleh-tercatat"


@pytest.fixture
def lines() -> Iterator[Lines]:
    """What the portal has logged in this test, read back from its lines."""
    written: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            written.append(self.format(record))

    handler, logger = Keep(), logging.getLogger("portal")
    handler.setFormatter(JsonLines())
    before = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in written]
    logger.removeHandler(handler)
    logger.setLevel(before)


def answered(lines: Lines) -> dict[str, Any]:
    """The line of the latest answer."""
    return [line for line in lines() if line["message"] == "answered"][-1]


def test_an_answer_is_told_by_route_code_time_request_and_number_of_the_account(session, as_account, lines):
    officer = make_account(session, email="pegawai@example.go.id", name="Pegawai Contoh")
    as_account(officer).page("staff.jobs.index")
    told = answered(lines)
    assert (told["route"], told["method"], told["code"], told["account"]) == (
        "/kantor/pekerjaan",
        "GET",
        200,
        officer.id,
    )
    assert told["ms"] > 0
    assert re.fullmatch(r"[0-9a-f]{16}", told["request"])
    assert not any(word in json.dumps(lines()) for word in ("pegawai@", "Pegawai Contoh"))


@pytest.mark.parametrize(
    "path",
    [f"/kalender/{SECRET}.ics", f"/undangan/{SECRET}", f"/masuk?lanjut=/{SECRET}", f"/tidak-ada/{SECRET}"],
)
def test_secrets_in_addresses_are_never_told(client, lines, path):
    client.open(path)
    assert answered(lines)["code"] in {200, 404, 410}
    assert SECRET not in json.dumps(lines())


def test_what_is_typed_is_never_told(client, lines):
    page = client.page("auth.sign_in")
    client.send(page, "Masuk", {"email": f"{SECRET}@example.go.id", "password": SECRET})
    assert answered(lines)["route"] == "/masuk"
    assert SECRET not in json.dumps(lines())


def test_a_fault_is_told_with_its_trace_to_us_and_with_its_code_only_to_the_visitor(database, make_app, lines):
    app = make_app()
    app.config["PROPAGATE_EXCEPTIONS"] = False

    @public
    def fail() -> str:
        raise RuntimeError(SECRET)

    app.view_functions["health.show"] = fail
    answer = app.test_client().get("/sehat")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 500
    assert SECRET not in page
    assert "Traceback" not in page
    (fault,) = [line for line in lines() if line["message"] == "fault"]
    assert SECRET in fault["trace"]
    assert "RuntimeError" in fault["trace"]
    assert fault["request"] == re.search(r"Kode kejadian: ([0-9a-f]{16})", page)[1]
    assert answered(lines)["code"] == 500
