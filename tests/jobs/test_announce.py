"""Services of the Apprise library: the morning's summary and alarms, once a day each, by a real HTTP server."""

import json
import threading
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from sqlalchemy import select

from portal.config import Config, ConfigError
from portal.domain.organisation import Zone
from portal.domain.reminder import Channel, MessageStage
from portal.jobs import announce, deliver
from portal.mail.services import Services
from portal.models import Message
from tests.factories import (
    make_agreement,
    make_ministry,
    make_obligation,
    make_occurrence,
    make_organisation,
    make_partner,
)
from tests.factories.calendar_days import make_calendar

MONDAY = datetime(2026, 11, 23, 9, tzinfo=Zone.WIB.timezone).astimezone(UTC)
NEEDED = {
    "SIMPUL_DATABASE_URL": "sqlite://",
    "SIMPUL_FILES_DIR": "/tmp",
    "SIMPUL_SECRET_KEY": "kunci-untuk-pengujian-" + "x" * 32,
    "SIMPUL_AUDIT_KEY": "pBq8Zk3vX0sN7tYw2rLm5cHd9fGj4aUe6iOb1TQxVzRy",
    "SIMPUL_BASE_URL": "https://simpul.example.go.id",
}


class Receiver:
    """A server on loopback that keeps what it is sent; `answers` are the numbers it gives, then 200."""

    def __init__(self) -> None:
        self.got: list[dict[str, str]] = []
        self.answers: list[int] = []
        receiver = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                code = receiver.answers.pop(0) if receiver.answers else 200
                if code == 200:
                    receiver.got.append(told)
                self.send_response(code)
                self.end_headers()

            def log_message(self, *_args) -> None:
                """Keep quiet."""

        self.server = HTTPServer(("127.0.0.1", 0), Door)
        self.address = f"json://127.0.0.1:{self.server.server_port}/kunci-rahasia"


@pytest.fixture
def receiver():
    made = Receiver()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


@pytest.fixture
def house(session, make_app, receiver):
    """An application with a service for everything and one for a unit, and a few duties."""
    make_calendar(session)
    unit = make_organisation(session, code="UNIT-A", name="Direktorat Contoh", is_ours=True)
    parties = (make_ministry(session), make_partner(session))
    for unit_id, days in ((None, -3), (unit.id, 2), (None, 2)):
        agreement = make_agreement(session, parties, unit_id=unit_id, ends_on=None)
        make_occurrence(session, make_obligation(session, agreement), due_on=date(2026, 11, 23) + timedelta(days=days))
    secret = make_agreement(session, parties, is_confidential=True, ends_on=None)
    make_occurrence(session, make_obligation(session, secret), due_on=date(2026, 11, 24))
    session.commit()
    return make_app(services={"semua": receiver.address, "unit-a": receiver.address})


def run(app, now) -> None:
    announce.run(app, now=now)
    deliver.run(app, now=now)


def sent_of(session) -> list[Message]:
    session.rollback()
    rows = list(session.scalars(select(Message).where(Message.channel == Channel.SERVICE).order_by(Message.id)))
    session.rollback()
    return rows


def test_each_service_hears_the_numbers_of_the_morning_once(session, house, receiver):
    for minutes in (0, 1, 120):
        run(house, MONDAY + timedelta(minutes=minutes))
    told = {
        message["message"]
        for message in receiver.got
        if message["title"] == "Tenggat kerja sama, Senin, 23 November 2026"
    }
    link = "http://localhost/kantor/kewajiban"
    assert told == {
        f"Terlambat: 1\nJatuh tempo dalam 7 hari: 2\nMenunggu telaah: 0\n{link}",
        f"Direktorat Contoh\nTerlambat: 0\nJatuh tempo dalam 7 hari: 1\nMenunggu telaah: 0\n{link}",
    }
    slots = [(row.recipient, row.slot) for row in sent_of(session)]
    assert len(receiver.got) == len(slots) == len(set(slots))
    run(house, MONDAY + timedelta(days=1))
    assert sum(message["title"].startswith("Tenggat") for message in receiver.got) == 4


def test_alarms_come_at_any_hour_and_summaries_in_working_hours(session, house, receiver):
    run(house, MONDAY - timedelta(days=1))
    assert {message["title"] for message in receiver.got} == {"Simpul perlu diperiksa"}
    assert any("Pengingat tidak berjalan" in message["message"] for message in receiver.got)
    before = len(receiver.got)
    run(house, MONDAY - timedelta(days=1) + timedelta(hours=1))
    assert len(receiver.got) == before


def test_what_a_service_does_not_take_is_tried_again_and_arrives_once(session, house, receiver):
    receiver.answers = [500] * 20
    run(house, MONDAY)
    rows = sent_of(session)
    assert receiver.got == []
    assert {row.stage for row in rows} == {MessageStage.PENDING}
    assert not [row for row in rows if "kunci-rahasia" in str(row.last_error)]
    receiver.answers = []
    run(house, MONDAY + timedelta(hours=1))
    assert len(receiver.got) == len(rows)
    assert {row.stage for row in sent_of(session)} == {MessageStage.SENT}


def test_a_service_that_is_no_longer_set_up_gets_nothing_any_more(session, house, make_app, receiver):
    announce.run(house, now=MONDAY)
    deliver.run(make_app(services={"semua": receiver.address}), now=MONDAY)
    dead = {row.recipient for row in sent_of(session) if row.stage is MessageStage.DEAD}
    assert dead == {"unit-a"}


def test_without_any_service_nothing_is_written(session, make_app):
    make_calendar(session)
    session.commit()
    announce.run(make_app(), now=MONDAY)
    assert sent_of(session) == []


def test_settings_name_services_and_never_show_their_addresses():
    found = Config.from_env(NEEDED | {"SIMPUL_APPRISE": "semua=json://a/kunci\n unit-a=tgram://b/c?d=e"})
    assert found.services == {"semua": "json://a/kunci", "unit-a": "tgram://b/c?d=e"}
    assert "kunci" not in repr(found)
    with pytest.raises(ConfigError, match="nama=alamat"):
        Config.from_env(NEEDED | {"SIMPUL_APPRISE": "json://a/kunci"})


def test_an_address_that_means_nothing_stops_the_start_without_being_told():
    with pytest.raises(ConfigError) as found:
        Services({"semua": "tidak-ada://kunci-rahasia"})
    assert "semua" in str(found.value)
    assert "kunci-rahasia" not in str(found.value)


def test_without_the_package_a_service_that_is_set_up_stops_the_start():
    absent = "apprise_yang_tidak_ada"
    assert Services({}, package=absent).names == ()
    with pytest.raises(ConfigError, match="simpul\\[apprise\\]"):
        Services({"semua": "json://127.0.0.1"}, package=absent)
