"""What was sent after the session had ended: it goes with the sign-in form, and can be sent again by one button.

Nothing is stored: the fields travel through the reader's own browser. Files cannot travel so and are chosen again.
"""

import re
from collections.abc import Iterable

from flask import g, make_response, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from portal.web.addresses import own_path

PREFIX = "kept:"
PATH = "kept-path"
LONGEST = 256 * 1024
"""So many letters of fields are carried at most."""

HIDDEN = re.compile(r"csrf_token|version|stamp|seen|page|act|kept.*|before_.*")
SECRET = re.compile(r"password|sandi|secret|token|proof|code|kode|^(old|again|repeat)$")
CHOSEN = re.compile(r"[a-z_]{0,20}|\d{1,3}")
"""What a page itself writes or offers, and what is never shown again: no typed sentence looks like that."""
SENT_DAY = re.compile(r"\A(\d{4})-(\d\d)-(\d\d)\Z")
"""A date as browsers send it."""

Pairs = list[tuple[str, str]]


class SessionEnded(Exception):
    """Something was sent without a session; carries its fields, and where the reader came from."""

    def __init__(self, pairs: Pairs, *, back: str) -> None:
        """Keep what the sign-in page needs."""
        super().__init__(back)
        self.pairs = pairs
        self.back = back


def sent() -> Pairs:
    """Return the fields of this request that are worth carrying; none when there is a file or too much."""
    pairs = [(name, value) for name, value in request.form.items(multi=True) if name != "csrf_token"]
    with_file = any(file.filename for file in request.files.values())
    return [] if with_file or _length(pairs) > LONGEST else pairs


def typed(shown: Iterable[str] = ()) -> list[str]:
    """Return the texts that somebody typed into a form that is answered by a page of its own, to be copied from there.

    Choices and what the page itself put into the form are left out, whatever may be secret, and a text that is as the
    page shows it anyway. Dates are written as people write them.
    """
    try:
        pairs = [(name, value.strip()) for name, value in request.form.items(multi=True)]
    except HTTPException:
        return []  # it was too large, or no form at all: it was not read
    if _length(pairs) > LONGEST:
        return []
    known = (pair for pair in pairs if not HIDDEN.fullmatch(pair[0]) and not SECRET.search(pair[0]))
    texts = (SENT_DAY.sub(r"\3-\2-\1", value) for _, value in known if not CHOSEN.fullmatch(value))
    return apart_from(shown, texts)


def apart_from(shown: Iterable[str], texts: Iterable[str]) -> list[str]:
    """Return each text once, in order, without empty ones and those that a page shows anyway, wherever lines end."""
    there = {(), *(tuple(text.split()) for text in shown)}
    return list(dict.fromkeys(text for text in texts if tuple(text.split()) not in there))


def carried() -> Pairs:
    """Return the fields that the sign-in form carries."""
    pairs = request.form.items(multi=True)
    return [(name.removeprefix(PREFIX), value) for name, value in pairs if name.startswith(PREFIX)]


def under_other_names(pairs: Pairs) -> Pairs:
    """Return fields as the sign-in form carries them, with where they were sent to."""
    return [*((PREFIX + name, value) for name, value in pairs), (PATH, request.path)]


def again_page(pairs: Pairs, *, back: str) -> Response:
    """Return the page whose button sends the carried fields where they belong, with a token of the new session."""
    g.pop("csrf_token", None)
    path = own_path(request.form.get(PATH), back)
    return make_response(render_template("auth/open_session.html", action=path, pairs=pairs, back=back))


def still_carried() -> Pairs:
    """Return what a refused sign-in form goes on carrying, under its own names."""
    return [(name, value) for name, value in request.form.items(multi=True) if name == PATH or name.startswith(PREFIX)]


def _length(pairs: Iterable[tuple[str, str]]) -> int:
    return sum(len(name) + len(value) for name, value in pairs)
