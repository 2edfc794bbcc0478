"""The log: one JSON object a line, with the request's code and without anything that people typed or must hide."""

import json
import logging
import sys

import pytest

from portal.logs import JsonLines, job_name

HOSTILE = 'x\r\n{"level": "info", "message": "palsu"}\u2028\x1b[31m"'


def line_of(message: str, **rest: object) -> str:
    """A record as the log writes it."""
    return JsonLines().format(
        logging.makeLogRecord({"name": "portal.uji", "msg": message, "levelname": "INFO", **rest})
    )


def test_a_line_is_one_object_with_time_level_logger_and_message():
    told = json.loads(line_of("halo", created=0.5, facts={"code": 200, "absent": None}))
    assert told == {
        "time": "1970-01-01T00:00:00.500+00:00",
        "level": "info",
        "logger": "portal.uji",
        "message": "halo",
        "code": 200,
    }


def test_nothing_that_is_typed_forges_a_line():
    for written in (line_of(HOSTILE), line_of("%s", args=(HOSTILE,)), line_of("x", facts={"detail": HOSTILE})):
        assert written.isascii()
        assert written.isprintable()
        assert HOSTILE in json.loads(written).values()


def test_a_trace_stays_in_its_line():
    try:
        int(HOSTILE)
    except ValueError:
        written = line_of("fault", exc_info=sys.exc_info())
    assert "\n" not in written
    assert "ValueError" in json.loads(written)["trace"]


def test_the_job_that_runs_is_named():
    named = job_name.set("remind")
    try:
        assert json.loads(line_of("x"))["job"] == "remind"
    finally:
        job_name.reset(named)
    assert "job" not in json.loads(line_of("x"))


@pytest.mark.sqlite_only
def test_a_worker_writes_lines_of_json_only(spawn):
    process = spawn("portal.cli", "worker")
    assert process.stdout is not None
    told = json.loads(process.stdout.readline())
    assert {"time", "level", "logger", "message", "job"} <= told.keys()
