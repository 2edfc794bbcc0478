"""Calendar feeds: two readers understand them, identities outlive moved dates, nothing without the secret (E16)."""

import re
import time
from datetime import UTC, date, datetime, timedelta

import ics
import pytest
from icalendar import Calendar
from sqlalchemy import select

from portal import clock as portal_clock
from portal.documents.calendar_file import CalendarEvent, calendar_file
from portal.domain.obligation import ObligationKind, OccurrenceStage
from portal.domain.policy import Role
from portal.models import AccountRole, Attempt, CalendarFeed, Occurrence
from tests.factories import make_account, make_agreement, make_obligation, make_occurrence, make_parties, make_partner
from tests.factories.instants import NOW, TODAY
from tests.harness import markup

OFFICE, PARTNER = "staff.calendar_feeds", "partner.calendar_feeds"


def subscribe(visitor, side=OFFICE, **fields) -> str:
    """Make a subscription as a person does; return the path of its address."""
    page = visitor.page(f"{side}.index")
    made = visitor.submit(page, "Buat alamat", {"name": "Ponsel", **fields})
    whole = markup.words(made.one("//code[@id='feed-address']"))
    assert re.fullmatch(r"https?://[^/]+/kalender/[\w-]{43}\.ics", whole)
    return "/kalender/" + whole.rpartition("/")[2]


def events(answer) -> dict[str, object]:
    """The events of an answer by identity, as both readers understand them."""
    assert answer.status_code == 200
    assert answer.content_type == "text/calendar; charset=utf-8"
    found = {str(event["uid"]): event for event in Calendar.from_ical(answer.data).walk("VEVENT")}
    second = {event.uid: event for event in ics.Calendar(answer.get_data(as_text=True)).events}
    assert found.keys() == second.keys()
    for uid, event in found.items():
        assert second[uid].name == str(event["summary"])
        start = event.decoded("dtstart")
        assert second[uid].begin.date() == (start.date() if isinstance(start, datetime) else start)
    return found


@pytest.fixture
def shared(session):
    """An agreement of two partners with a duty of each, one of the ministry, and another agreement of a third."""
    parties = make_parties(session)
    agreement = make_agreement(session, parties, title="Kerja sama bersama", notice_on=date(2027, 1, 11))
    rows = {
        "theirs": make_obligation(session, agreement, title="Laporan mereka"),
        "other": make_obligation(session, agreement, debtor=parties[2], title="Kenari milik yang lain"),
        "ours": make_obligation(
            session,
            agreement,
            debtor=parties[0],
            creditor=parties[1],
            kind=ObligationKind.MONEV,
            title="Kunjungan",
        ),
    }
    for duty in rows.values():
        make_occurrence(session, duty, due_on=date(2026, 12, 15), period_key="2026-S2")
    foreign = make_agreement(session, (parties[0], make_partner(session)), title="Kenari asing")
    make_occurrence(session, make_obligation(session, foreign, title="Kenari tugas asing"))
    return {"agreement": agreement, "parties": parties, "foreign": foreign} | rows


@pytest.fixture
def officer(session, as_account, shared):
    """The officer of the shared agreement."""
    account = make_account(session, Role.OFFICER)
    shared["agreement"].officer_id = account.id
    session.flush()
    return as_account(account)


@pytest.fixture
def partner(session, as_account, shared):
    """Somebody of the first partner."""
    return as_account(make_account(session, Role.PARTNER_WRITER, organisation=shared["parties"][1]))


def test_an_officer_reads_the_agreements_they_look_after_or_everything(session, officer, client, shared):
    own = events(client.open(subscribe(officer)))
    assert {str(event["summary"]) for event in own.values()} == {
        "Laporan mereka, Semester II 2026",
        "Kenari milik yang lain, Semester II 2026",
        "Kunjungan, Semester II 2026",
        "Masa berlaku berakhir: Kerja sama bersama",
        "Batas pemberitahuan: Kerja sama bersama",
    }
    assert len(events(client.open(subscribe(officer, view="semua")))) == 7
    page = officer.read("/kantor/kalender/langganan?jenis=monev&tanpa=berakhir,pemberitahuan,perpanjangan")
    made = officer.submit(page, "Buat alamat", {"name": "Monev"})
    path = markup.words(made.one("//code[@id='feed-address']"))
    (only,) = events(client.open("/kalender/" + path.rpartition("/")[2])).values()
    assert "Kunjungan" in str(only["summary"])
    assert str(only["url"]).endswith(f"/kantor/naskah/{shared['agreement'].code}/kewajiban/3")


def test_a_partner_reads_its_own_and_never_a_word_of_others(session, partner, client, shared):
    answer = client.open(subscribe(partner, PARTNER))
    assert {str(event["summary"]) for event in events(answer).values()} == {
        "Laporan mereka, Semester II 2026",
        "Kunjungan, Semester II 2026",
        "Masa berlaku berakhir: Kerja sama bersama",
        "Batas pemberitahuan: Kerja sama bersama",
    }
    unfolded = answer.get_data(as_text=True).replace("\r\n ", "")
    assert "Kenari" not in unfolded
    assert shared["foreign"].code not in unfolded
    assert "Orang Contoh" not in unfolded
    assert "/kantor" not in unfolded


def test_a_moved_date_moves_the_same_entry_and_what_ends_is_said(session, officer, client, shared):
    path = subscribe(officer)
    before = events(client.open(path))
    (moved,) = [uid for uid, event in before.items() if "Laporan mereka" in str(event["summary"])]
    occurrence = session.scalars(select(Occurrence).where(Occurrence.obligation_id == shared["theirs"].id)).one()
    occurrence.due_on = date(2027, 1, 20)
    occurrence.updated_at = NOW + timedelta(minutes=5)
    after = events(client.open(path))
    assert after.keys() == before.keys()
    assert after[moved].decoded("dtstart") == date(2027, 1, 20)
    assert after[moved]["sequence"] > before[moved]["sequence"]
    assert after[moved].decoded("dtstamp") > before[moved].decoded("dtstamp")
    for stage, word, state in (
        (OccurrenceStage.MET, "✓ Laporan mereka, Semester II 2026, dipenuhi", "CONFIRMED"),
        (OccurrenceStage.WAIVED, "Dibatalkan: Laporan mereka, Semester II 2026", "CANCELLED"),
        (OccurrenceStage.CANCELLED, "Dibatalkan: Laporan mereka, Semester II 2026", "CANCELLED"),
    ):
        occurrence.stage = stage
        event = events(client.open(path))[moved]
        assert (str(event["summary"]), str(event["status"])) == (word, state)
    portal_clock.set_fixed(NOW + timedelta(days=91))
    assert moved not in events(client.open(path))


def test_a_duty_by_the_hour_is_an_instant(session, officer, client, shared):
    at = datetime(2026, 11, 24, 3, 30, tzinfo=UTC)
    duty = make_obligation(session, shared["agreement"], title="Pemberitahuan insiden")
    make_occurrence(session, duty, due_on=date(2026, 11, 24), due_at=at)
    found = [e for e in events(client.open(subscribe(officer))).values() if "insiden" in str(e["summary"])]
    assert [event.decoded("dtstart") for event in found] == [at]


def test_titles_of_restricted_agreements_stay_in_the_portal(session, officer, client, as_account):
    secret = make_agreement(session, title="Kenari rahasia", is_confidential=True)
    make_occurrence(session, make_obligation(session, secret, title="Kenari tugas rahasia"))
    told = client.open(subscribe(officer, view="semua")).get_data(as_text=True).replace("\r\n ", "")
    assert f"Tenggat naskah yang dibatasi ({secret.code})" in told
    assert "rahasia" not in told
    admin = as_account(make_account(session, Role.ADMIN))
    assert secret.code not in client.open(subscribe(admin, view="semua")).get_data(as_text=True)


def test_nothing_without_the_secret_and_nothing_once_it_is_revoked(session, officer, client):
    path = subscribe(officer)
    assert client.open(path).status_code == 200
    feed = session.scalars(select(CalendarFeed)).one()
    assert feed.token_hash not in path
    listed = officer.page(f"{OFFICE}.index")
    asked = officer.read(listed.link("Cabut Ponsel"))
    assert "Langganan dicabut" in officer.submit(asked, "Cabut langganan").main
    wrong = (path, "/kalender/x.ics", f"{path[:-5]}.ics", "/kalender/" + "a" * 43 + ".ics")
    absent = [client.open(each) for each in wrong]
    assert {answer.status_code for answer in absent} == {404}
    shown = set()
    for each, answer in zip(wrong, absent, strict=True):
        own = re.compile(f"{re.escape(each)}|[0-9a-f]{{16}}")
        shown.add(own.sub("", answer.get_data(as_text=True).replace("%2F", "/")))
    assert len(shown) == 1
    assert "Belum ada langganan" in officer.page(f"{OFFICE}.index").main


def test_who_may_not_sign_in_any_more_reads_nothing(session, officer, client):
    path = subscribe(officer)
    role = session.scalars(select(AccountRole).where(AccountRole.account_id == officer.account.id)).one()
    role.ends_on = TODAY - timedelta(days=1)
    assert client.open(path).status_code == 404
    role.ends_on = None
    assert client.open(path).status_code == 200
    officer.account.is_active = False
    assert client.open(path).status_code == 404


def test_nobody_revokes_the_subscription_of_another(session, officer, partner, as_account):
    subscribe(officer)
    feed = session.scalars(select(CalendarFeed)).one()
    other = as_account(make_account(session, Role.OFFICER))
    assert other.get(f"{OFFICE}.revoke", key=feed.token_hash[:12]).status_code == 404
    assert partner.get(f"{PARTNER}.revoke", key=feed.token_hash[:12]).status_code == 404


def test_the_same_calendar_is_sent_once(session, officer, client):
    path = subscribe(officer)
    first = client.open(path)
    again = client.open(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert first.headers["Cache-Control"] == "private, no-cache"
    session.scalars(select(Occurrence)).first().due_on = date(2026, 12, 30)
    assert client.open(path, headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_that_it_was_read_is_noted_once_an_hour(session, officer, client):
    path = subscribe(officer)
    for minutes, noted in ((0, 0), (59, 0), (60, 60)):
        portal_clock.set_fixed(NOW + timedelta(minutes=minutes))
        client.open(path)
        session.expire_all()
        assert session.scalars(select(CalendarFeed.read_at)).one() == NOW + timedelta(minutes=noted)


def test_too_many_wrong_secrets_of_one_address_have_to_wait(session, client):
    session.add(Attempt(key="calendar 127.0.0.1", window_at=NOW.replace(minute=0, second=0, microsecond=0), count=59))
    assert client.open("/kalender/a.ics").status_code == 404
    answer = client.open("/kalender/b.ics")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "3600")


@pytest.mark.parametrize(
    "text",
    [
        "Titik; koma, garis \\ miring dan baris\nbaru",
        "é" * 100 + "🙂" * 40,
        "x" * 66 + "\\;" * 20,
        "akhir\x0bsemu\u2028baris",
    ],
)
@pytest.mark.parametrize("start", [date(2026, 12, 31), datetime(2026, 12, 31, 18, 30, tzinfo=UTC)])
def test_any_text_comes_back_as_it_was_and_no_line_is_too_long(text, start):
    event = CalendarEvent(
        key="occurrence-1", start=start, summary=text, description=text, url="https://simpul.example/a?b=c;d",
        category="Kewajiban, laporan", sequence=3, changed_at=NOW,
    )  # fmt: skip
    content = calendar_file("Simpul", [event])
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    (found,) = Calendar.from_ical(content).walk("VEVENT")
    (second,) = ics.Calendar(content.decode()).events
    said = text.replace("\x0b", "").replace("\u2028", "")
    assert str(found["summary"]) == str(found["description"]) == second.name == second.description == said
    assert found.decoded("dtstart") == start
    assert str(found["url"]) == second.url == event.url
    assert found["categories"].cats == ["Kewajiban, laporan"]
    assert (str(found["uid"]), int(found["sequence"]), found.decoded("dtstamp")) == ("occurrence-1@simpul", 3, NOW)


def test_a_thousand_events_are_written_quickly(tell):
    made = [
        CalendarEvent(
            key=f"occurrence-{n}",
            start=date(2026, 1, 1) + timedelta(days=n % 700),
            summary=f"Laporan pelaksanaan; tahap, {n} dengan judul yang panjang sekali supaya barisnya harus dilipat",
            description="PKS-2026-0001\nPasal 7",
            url="https://simpul.example/kantor",
            category="Kewajiban",
            sequence=n,
            changed_at=NOW,
        )
        for n in range(1000)
    ]
    begun = time.process_time()
    content = calendar_file("Simpul", made)
    tell("a feed", [f"1,000 events in {time.process_time() - begun:.2f} s of work, {len(content) / 1000:.0f} KB"])
    assert len(Calendar.from_ical(content).walk("VEVENT")) == 1000
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
