"""The application of the tests finds a page that reads and yet writes."""

from collections.abc import Callable

import pytest
from flask import Flask, request
from sqlalchemy.exc import InternalError

from portal.extensions import db
from portal.models import Attempt
from portal.models.scope import ScopedSession
from portal.web.access import public
from tests.harness.clock import StandingClock
from tests.harness.visitors import Visitor


@pytest.mark.parametrize("flush", [True, False])
def test_a_get_that_writes_is_found(
    make_app: Callable[..., Flask], session: ScopedSession, clock: StandingClock, flush: bool
):
    app = make_app()

    @public
    def careless() -> str:
        db.session.add(Attempt(key=request.method, window_at=clock.now, count=1))
        if flush:
            db.session.flush()
        return "ya"

    app.add_url_rule("/ceroboh", "careless", careless, methods=["GET", "POST"])
    app.config["WTF_CSRF_ENABLED"] = False
    visitor = Visitor(app, session)
    assert visitor.open("/ceroboh", method="POST").status_code == 200
    # PostgreSQL refuses by itself what is written in a transaction that only reads.
    found = "GET /ceroboh wants to write|cannot execute INSERT in a read-only transaction"
    with pytest.raises((AssertionError, InternalError), match=found):
        visitor.open("/ceroboh")
