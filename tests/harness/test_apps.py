"""The application of the tests finds a page that reads and yet writes."""

from collections.abc import Callable

import pytest
from flask import Flask, request

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
    with pytest.raises(AssertionError, match="GET /ceroboh wants to write"):
        visitor.open("/ceroboh")
