"""What changes something says so in the trail (design: platform E25).

Of every address that takes what is sent, the source is asked whether it comes to the trail at all; and every form that
people really see is sent as it stands: whoever wrote rows and was not refused left an entry.
"""

import inspect
import io
from collections import defaultdict
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from portal.web.route_table import routes
from tests.harness import reaching, traces
from tests.harness.sample import SampleHouse
from tests.harness.telling import Tell
from tests.proof.junk_forms import Sendable
from tests.proof.junk_walk import Junk, Person

pytestmark = [pytest.mark.minutes, pytest.mark.sqlite_only]
TRAIL = {("portal.services.audit", "record"), ("portal.services.audit", "erase_details")}
SIDE_ROWS = {"audit_head", "entry", "plan_change", "register_change", "sign_in_session"}
"""Written beside a change, never for their own sake: the seal of the trail, notes for other processes, last use."""
OWN_HISTORY = "each save of a draft is a row of its own that says who and when; the acts upon a draft leave entries"
READING = "notes only that somebody has read; nothing that others rely on"
WITHOUT_ENTRY = {
    "auth.ask_link": "puts a wish down for the worker, also for unknown addresses; what comes of it leaves entries",
    "auth.hear": "looks a spoken code up and opens the page of its invitation; taking it leaves an entry",
    "auth.send_code": "sends the code of a sign-in once more; the sign-in leaves the entry",
    "auth.sign_out": "the row of the session says when it ended",
    "own_authenticator.begin": "shows a key that opens nothing before its first code was typed, which leaves the entry",
    "partner.bell.mark_all": READING,
    "partner.bell.open_notice": READING,
    "partner.bell.open_reminder": READING,
    "partner.report_evidence.begin": "makes room for a file in parts; the attached file leaves the entry",
    "staff.bell.mark_all": READING,
    "staff.bell.open_notice": READING,
    "staff.bell.open_reminder": READING,
    "staff.drafting.decline": OWN_HISTORY,
    "staff.drafting.reconsider": OWN_HISTORY,
    "staff.drafting.take_duties": OWN_HISTORY,
    "staff.handovers.check": "only shows what a hand-over would do",
}
SOMETIMES = {"staff.drafting.save": OWN_HISTORY}
"""May leave none, though its act sometimes does."""
LEAST = 20
"""So many addresses left entries when everybody sent everything, at least."""
TEXT = "Diisi untuk memeriksa jejak"
EACH = 2


def test_every_address_that_changes_something_comes_to_the_trail(app: Flask):
    """From the list of routes: what does not come to the trail is listed with its reason, and nothing else is."""
    silent, count = set(), 0
    for route in routes(app):
        if route.method in traces.SAFE:
            continue
        count += 1
        view = inspect.unwrap(app.view_functions[route.endpoint])
        if not reaching.reaches((view.__module__, view.__name__), TRAIL):
            silent.add(route.endpoint)
    assert silent == WITHOUT_ENTRY.keys()
    assert count > 180


def test_what_is_not_called_is_not_reached():
    assert reaching.reaches(("portal.services.users", "end_session"), TRAIL)
    assert not reaching.reaches(("portal.services.sign_in", "end"), TRAIL)


def filled(form: Sendable) -> MultiDict[str, Any]:
    """What a form sends when every empty text is filled in and a file is chosen wherever one is asked for."""
    sent: MultiDict[str, Any] = MultiDict()
    for name, value in form.fields:
        empty = name in form.typed and not value
        sent.add(name, plausible(name) if empty else value)
    for name in form.files:
        sent.add(name, (io.BytesIO(b"%PDF-1.4\n%%EOF\n"), "berkas.pdf"))
    return sent


def plausible(name: str) -> str:
    """A word that a field of this name may hold."""
    if name.endswith(("_on", "tanggal", "day", "from", "until")):
        return "2026-12-01"
    if "email" in name:
        return "orang.baru@uji.example"
    return "3" if name.endswith(("count", "days", "number", "amount")) else TEXT


def send_all(junk: Junk, person: Person) -> None:
    """Send every form of somebody; whoever was put out by one comes in again."""
    for form in person.forms:
        if form.method == "POST" and not form.action.startswith(("/keluar", "/bahasa")):
            junk.ask(person, "POST", form.action, data=filled(form))
            junk.revive()


def test_whoever_changes_something_leaves_an_entry(make_sample: Callable[..., SampleHouse], tell: Tell):
    junk = Junk(house=make_sample(demo=True), random=Random(1))
    junk.prepare(each=EACH)
    with traces.noted() as notes:
        for person in junk.people:
            send_all(junk, person)
    silent: dict[str, set[str]] = defaultdict(set)
    told = {one.endpoint for one in notes.traces if one.actions}
    for one in notes.traces:
        if not one.actions and one.tables - SIDE_ROWS:
            silent[one.endpoint] |= one.tables - SIDE_ROWS
    asked = {one.endpoint for one in notes.traces}
    quiet = len(asked - told - silent.keys())
    tell(
        "entries of the trail",
        [f"{len(asked)} addresses took what was sent; {len(told)} left entries, {quiet} wrote nothing"],
    )
    unlisted = {name: sorted(tables) for name, tables in silent.items() if name not in WITHOUT_ENTRY | SOMETIMES}
    assert unlisted == {}, "these wrote rows and said nothing in the trail"
    assert sorted(told & WITHOUT_ENTRY.keys()) == [], "these leave entries: take them off the list"
    assert len(told) >= LEAST
