"""Ways for mail to leave: what each answer of a server means, and that one connection is kept."""

import select
from datetime import UTC, datetime

import pytest

from portal.config import Smtp
from portal.mail.compose import ComposeError, Envelope, HeaderError, Letter, compose, wire
from portal.mail.transport import (
    IDLE_SECONDS,
    AddressRefusedError,
    Mailbox,
    MailRefusedError,
    Memory,
    SmtpTransport,
    TryLaterError,
    transport_of,
)
from tests.mail.letters import CASES, LETTERHEAD, READERS

TO = "penerima@contoh.test"
LETTER = Letter(subject="Perihal", text="Isi\n", html="<p>Isi</p>\n")


def envelope(**changes):
    values = {
        "recipient": TO,
        "name": "Ibu Siti",
        "message_key": "a" * 32,
        "at": datetime(2026, 11, 24, 2, tzinfo=UTC),
    }
    return Envelope(**(values | changes))


def mail(**changes):
    return wire(LETTER, envelope(**changes), LETTERHEAD)


@pytest.fixture
def server(smtp):
    transport = SmtpTransport(Smtp(host=smtp.host, port=smtp.port, tls="none"))
    yield transport
    transport.close()


def test_a_mail_arrives_with_its_headers_and_both_parts(server, smtp):
    server.send(mail(), TO)
    (received,) = smtp.received
    assert received.recipients == (TO,)
    assert received.message["To"] == "Ibu Siti <penerima@contoh.test>"
    assert received.message["From"] == "Kementerian Sosial Republik Indonesia <simpul@contoh.test>"
    assert received.message["Reply-To"] == "kerjasama@contoh.test"
    assert received.message["Message-ID"] == f"<{'a' * 32}@contoh.test>"
    assert received.text == "Isi\n"
    assert received.message.get_body(("html",)).get_content().strip() == "<p>Isi</p>"


def test_one_connection_is_kept(server, smtp):
    server.send(mail(), TO)
    first = server._server
    server.send(mail(), TO)
    assert server._server is first
    assert len(smtp.received) == 2


def test_a_connection_in_use_carries_mails_and_nothing_else(server, smtp):
    asked = []

    async def answer(*_words):
        asked.append("NOOP")
        return "250 OK"

    smtp.handle_NOOP = answer
    for _ in range(3):
        server.send(mail(), TO)
    assert asked == []
    # One that rested may have been closed by something in between.
    server._used_at -= IDLE_SECONDS
    server.send(mail(), TO)
    assert asked == ["NOOP"]


def test_a_server_that_closes_the_connection_is_heard_before_the_next_mail(server, smtp):
    server.send(mail(), TO)
    first = server._server
    # What a server does that takes so many mails over one connection.
    smtp.hang_up()
    assert select.select([first.sock], [], [], 30)[0]
    server.send(mail(), TO)
    assert server._server is not first
    assert len(smtp.received) == 2


def test_a_lost_connection_is_opened_again(server, smtp):
    server.send(mail(), TO)
    server._server.close()
    server.send(mail(), TO)
    assert len(smtp.received) == 2


@pytest.mark.parametrize(
    ("answer", "error"), [("550 5.1.1 unknown", AddressRefusedError), ("450 4.2.1 busy", TryLaterError)]
)
def test_an_answer_to_the_recipient(server, smtp, answer, error):
    smtp.refuse[TO] = answer
    with pytest.raises(error, match=answer[:3]):
        server.send(mail(), TO)


@pytest.mark.parametrize(
    ("answer", "error"), [("554 5.7.1 refused", MailRefusedError), ("451 4.3.0 later", TryLaterError)]
)
def test_an_answer_to_the_content(server, smtp, answer, error):
    smtp.answers.append(answer)
    with pytest.raises(error, match=answer[:3]):
        server.send(mail(), TO)
    server.send(mail(), TO)
    assert len(smtp.received) == 1


def test_a_server_that_is_away_or_speaks_no_tls_is_for_later(smtp):
    with pytest.raises(TryLaterError):
        SmtpTransport(Smtp(host="127.0.0.1", port=1, tls="none")).send(mail(), TO)
    plain = SmtpTransport(Smtp(host=smtp.host, port=smtp.port, tls="starttls"))
    with pytest.raises(TryLaterError):
        plain.send(mail(), TO)
    plain.close()
    assert smtp.received == []


def test_a_wrong_password_is_ours_to_mend(smtp):
    transport = SmtpTransport(Smtp(host=smtp.host, port=smtp.port, tls="none", username="a", password="b"))
    with pytest.raises(TryLaterError):
        transport.send(mail(), TO)
    transport.close()


def test_without_a_host_mail_stays_in_the_mailbox():
    assert isinstance(transport_of(Smtp()), Mailbox)
    assert isinstance(transport_of(Smtp(host="mail.contoh.test")), SmtpTransport)
    Mailbox().send(mail(), TO)


def test_the_memory_keeps_what_was_sent_and_answers_as_told():
    def refuse():
        raise TryLaterError("451")

    memory = Memory([refuse])
    with pytest.raises(TryLaterError):
        memory.send(mail(), TO)
    memory.send(mail(), TO)
    assert [recipient for recipient, _ in memory.sent] == [TO]


@pytest.mark.parametrize("field", ["recipient", "name", "message_key"])
def test_a_line_break_in_a_header_is_refused(field):
    with pytest.raises(HeaderError):
        mail(**{field: "a@contoh.test\r\nBcc: lain@contoh.test"})


def test_what_is_no_address_is_refused():
    with pytest.raises(ComposeError):
        mail(recipient="bukan alamat")


def test_a_missing_value_is_refused_by_name():
    with pytest.raises(ComposeError, match="organisation"):
        compose("invitation", {"name": "x"}, reader=READERS["id"], letterhead=LETTERHEAD)


def test_a_subject_of_several_lines_is_refused():
    values = CASES["invitation"] | {"organisation": "Yayasan\nBcc: x"}
    with pytest.raises(HeaderError):
        compose("invitation", values, reader=READERS["id"], letterhead=LETTERHEAD)


def test_markup_in_values_is_text():
    made = compose("report_returned", CASES["report_returned"], reader=READERS["id"], letterhead=LETTERHEAD)
    assert "Rekap <belanja> bulan Agustus & September" in made.text
    assert "Rekap &lt;belanja&gt; bulan Agustus &amp; September" in made.html
