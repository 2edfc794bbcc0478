"""Signing in told from outside: known and unknown addresses look and cost the same; copied cookies open nothing."""

import re
import statistics
import time

import pytest
from sqlalchemy import event, select

from portal.domain.policy import Role
from portal.extensions import db
from portal.models import Account, Message, SignInSession
from portal.services import password_resets, sign_in
from tests.factories import make_account, make_partner
from tests.factories.accounts import PASSWORD
from tests.harness.visitors import COOKIE, Visitor
from tests.web.test_authenticator import code, set_up

TOKEN = re.compile(r'name="csrf_token"\s+value="[^"]+"')
ROUNDS = 24
"""So often each is timed in turn, below the number of tries that one place has in an hour; the medians of their work
lie within a quarter (design: Settled 4)."""
NEW = "payung biru di halte"


def seen(answer, typed):
    """What differs between two answers besides the address itself and the token of the form."""
    return TOKEN.sub("", answer.get_data(as_text=True).replace(typed, "…"))


def test_known_and_unknown_addresses_cost_the_same_and_look_the_same(client, app, session):
    known = [make_account(session).email for _ in range(ROUNDS)]
    session.commit()
    said: list[str] = []
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", lambda *told: said.append(told[2]))
    page = client.read("/masuk")
    client.send(page, "Masuk", {"email": "pertama@contoh.test", "password": "salah-sekali-ini"})
    runs, times, bodies = {True: [], False: []}, {True: [], False: []}, {True: set(), False: set()}
    for number, email in enumerate(known):
        for is_known in sorted((True, False), reverse=bool(number % 2)):
            typed = email if is_known else f"siapa{number}@contoh.test"
            said.clear()
            began = time.process_time()
            answer = client.send(page, "Masuk", {"email": typed, "password": "salah-sekali-ini"})
            times[is_known].append(time.process_time() - began)
            assert answer.status_code == 422
            bodies[is_known].add(seen(answer, typed))
            runs[is_known].append(tuple(said))
    assert runs[True] == runs[False]
    assert all(runs[True])
    assert bodies[True] == bodies[False]
    assert len(bodies[True]) == 1
    one, other = (statistics.median(times[is_known]) for is_known in (True, False))
    assert max(one, other) < 1.25 * min(one, other)


def test_the_lock_is_told_in_the_same_words_for_unknown_addresses(client, session):
    email = make_account(session).email
    told = set()
    for typed in (email, "tidak.ada@contoh.test"):
        for _ in range(6):
            answer = client.send(client.read("/masuk"), "Masuk", {"email": typed, "password": "salah-sekali-ini"})
        told.add(seen(answer, typed))
    assert len(told) == 1
    assert "Coba lagi sesudah" in told.pop()


def sign_out(visitor, session, clock):
    visitor.submit(visitor.read("/akun"), "Keluar")


def change_password(visitor, session, clock):
    other = Visitor(visitor.app, session)
    other.send(other.read("/masuk"), "Masuk", {"email": visitor.account.email, "password": PASSWORD})
    other.submit(other.read("/akun"), "Ganti kata sandi", {"old": PASSWORD, "password": NEW})


def disable(visitor, session, clock):
    session.get(Account, visitor.account.id).is_active = False


def put_out(visitor, session, clock):
    number = session.scalars(select(SignInSession.id)).one()
    sign_in.end(session, number, now=clock.now)


def idle(visitor, session, clock):
    clock.advance(hours=8, seconds=1)


def grow_old(visitor, session, clock):
    for _ in range(2):
        clock.advance(hours=5, minutes=59)
        assert visitor.read("/kantor")
    clock.advance(minutes=2)


@pytest.mark.parametrize("act", [sign_out, change_password, disable, put_out, idle, grow_old])
def test_a_copied_cookie_is_refused_also_by_another_worker(make_app, as_staff, session, clock, act):
    visitor = as_staff()
    copied = dict(visitor.cookies)[COOKIE]
    workers = [Visitor(app, session, token=copied) for app in (visitor.app, make_app())]
    assert all(worker.open("/kantor").status_code == 200 for worker in workers)
    act(visitor, session, clock)
    for worker in workers:
        assert worker.open("/kantor").headers["Location"].startswith("/masuk")


def test_a_new_password_does_not_skip_the_app(as_account, client, session, clock):
    account = make_account(session)
    text_key, _ = set_up(as_account(account), clock)
    client.submit(client.read("/lupa-sandi"), "Kirim tautan", {"email": account.email})
    password_resets.answer_waiting(session, base_url="http://localhost", now=clock.now)
    session.commit()
    mails = session.scalars(select(Message).where(Message.template == "password_reset")).one()
    path = mails.values["link"].removeprefix("http://localhost")
    client.submit(client.read(path), "Simpan kata sandi", {"password": NEW})
    entered = client.send(client.read("/masuk"), "Masuk", {"email": account.email, "password": NEW})
    assert "/masuk/kode" in entered.headers["Location"]
    assert client.open("/kantor").headers["Location"].startswith("/masuk")
    clock.advance(minutes=1)
    assert client.send(client.read("/masuk/kode"), "Lanjut", {"code": code(text_key, clock)}).status_code == 302
    assert client.read("/kantor")


def test_a_sign_in_that_waits_for_the_app_is_over_after_a_while(as_account, client, session, clock):
    account = make_account(session)
    text_key, _ = set_up(as_account(account), clock)
    client.send(client.read("/masuk"), "Masuk", {"email": account.email, "password": PASSWORD})
    page = client.read("/masuk/kode")
    clock.advance(minutes=15)
    answer = client.send(page, "Lanjut", {"code": code(text_key, clock)})
    assert answer.headers["Location"].startswith("/masuk")
    assert client.open("/kantor").headers["Location"].startswith("/masuk")


def test_the_own_password_cannot_be_guessed_from_an_open_page(as_account, session):
    account = make_account(session, Role.PARTNER_WRITER, make_partner(session))
    visitor = as_account(account)
    for _ in range(5):
        page = visitor.read("/akun")
        told = visitor.submit(page, "Ganti kata sandi", {"old": "salah-sekali-ini", "password": NEW}, expect=422)
    assert "Terlalu banyak percobaan." in told.text
    right = visitor.submit(visitor.read("/akun"), "Ganti kata sandi", {"old": PASSWORD, "password": NEW}, expect=422)
    assert "Terlalu banyak percobaan." in right.text
