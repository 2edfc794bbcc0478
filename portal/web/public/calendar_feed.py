"""The address that a calendar program reads: open to whoever has its secret, and to nobody else."""

import hashlib
from collections.abc import Sequence

from flask import Blueprint, current_app, request
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from portal import clock
from portal.documents.calendar_file import calendar_file
from portal.domain.dates import office_date
from portal.domain.errors import NotFound
from portal.extensions import separate_session, separate_session_of
from portal.queries import calendar_feeds as reading
from portal.queries.calendar_feeds import FeedEntry
from portal.services import calendar_feeds
from portal.services.calendar_feeds import Reader
from portal.web import transaction
from portal.web.access import public
from portal.web.staff import feed_words

blueprint = Blueprint("calendar_feed", __name__)

KIND = "text/calendar; charset=utf-8"
LONGEST_SECRET = 100


@blueprint.get("/kalender/<token>.ics")
@public
def show(token: str) -> Response:
    """Send the calendar behind a secret; wrong, revoked and absent ones are answered alike."""
    with transaction.apart() as apart:
        address = request.remote_addr or ""
        opened = calendar_feeds.open_with(apart, token[:LONGEST_SECRET], address=address, now=clock.now())
    if opened.must_wait:
        return Response(_("Terlalu banyak permintaan. Coba lagi satu jam lagi."), 429, headers={"Retry-After": "3600"})
    if opened.reader is None:
        raise NotFound
    return _answer(_written(opened.reader))


def _answer(content: bytes) -> Response:
    """Answer with the file, or with "not modified" for who has the same one."""
    response = Response(content, content_type=KIND)
    response.headers["Cache-Control"] = "private, no-cache"
    response.set_etag(hashlib.sha256(content).hexdigest()[:32])
    response.make_conditional(request.environ)
    return response


def _written(reader: Reader) -> bytes:
    base_url = current_app.config["SETTINGS"].base_url
    with force_locale(reader.language):
        name = _("Simpul: %(name)s", name=reader.name)
        return calendar_file(
            name, [feed_words.event(row, base_url=base_url, actor=reader.actor) for row in _entries(reader)]
        )


def _entries(reader: Reader) -> Sequence[FeedEntry]:
    """Read what the reader may see: a partner's feed in a session that is kept to that partner."""
    actor, now = reader.actor, clock.now()
    if not actor.is_staff:
        organisation_id = actor.organisation_id or 0
        with separate_session_of(organisation_id) as source:
            return reading.of_partner(source, organisation_id=organisation_id, now=now)
    today = office_date(now)
    wanted = feed_words.wanted(reader.view, actor=actor, today=today)
    with separate_session() as source:
        return reading.of_office(source, wanted, today=today, now=now)
