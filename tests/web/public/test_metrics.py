"""Eight numbers for a monitor that has the word, or asks on this machine; to everybody else the page is absent."""

import re
from datetime import timedelta

import pytest

from portal.services import job_runs

TOKEN = "kata-pemantau-q7Lw0Zs3Vt9Xc2Bn5Mk8Hj"
CODE = re.compile(rb"[0-9a-f]{16}")


def numbers(text: str) -> dict[str, str]:
    """The numbers by name, each told once with its meaning and its type."""
    lines = text.splitlines()
    assert len(lines) == 24
    assert [line.split()[1] for line in lines[::3]] == ["HELP"] * 8
    assert {line.split()[3] for line in lines[1::3]} == {"gauge"}
    return {name.removeprefix("simpul_"): value for name, value in (line.split() for line in lines[2::3])}


def test_the_numbers_say_what_the_database_says(client, session, clock):
    job_runs.beat(session, "deliver", detail="", now=clock.now - timedelta(seconds=90))
    job_runs.fail(session, "remind", detail="contoh", now=clock.now)
    found = numbers(client.get("health.metrics").get_data(as_text=True))
    assert int(found.pop("database_bytes")) > 100_000
    assert found == {
        "mails_waiting": "0",
        "mails_dead": "0",
        "oldest_due_mail_seconds": "0.0",
        "worker_silent_seconds": "90.0",
        "sweep_age_seconds": "NaN",
        "jobs_failed": "1",
        "backup_age_seconds": "NaN",
    }


@pytest.mark.parametrize(
    "options",
    [
        {"headers": {"X-Forwarded-For": "127.0.0.1"}},
        {"headers": {"Forwarded": "for=127.0.0.1"}},
        {"headers": {"Host": "simpul.example.go.id"}},
        {"environ_base": {"REMOTE_ADDR": "10.0.0.9"}},
    ],
)
def test_who_is_not_this_machine_finds_an_absent_page(client, options):
    answer, absent = client.open("/metrik", **options), client.open("/tidak-ada", **options)
    assert (answer.status_code, absent.status_code) == (404, 404)
    assert CODE.sub(b"", answer.data).replace(b"/metrik", b"/tidak-ada") == CODE.sub(b"", absent.data)
    assert sorted(answer.headers.keys()) == sorted(absent.headers.keys())


def test_with_a_word_set_only_the_word_opens_the_numbers(make_app):
    app = make_app(metrics_token=TOKEN)
    http = app.test_client()
    for given in (None, "Bearer", f"Bearer {TOKEN[:-1]}", f"Bearer {TOKEN}x", f"Basic {TOKEN}", "Bearer é"):
        assert http.get("/metrik", headers={"Authorization": given} if given else {}).status_code == 404, given
    far = {"Authorization": f"Bearer {TOKEN}", "X-Forwarded-For": "10.0.0.9"}
    answer = http.get("/metrik", headers=far)
    assert numbers(answer.get_data(as_text=True))
    assert answer.headers["Cache-Control"] == "no-store"
