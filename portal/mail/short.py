"""The short twin of a mail of reminders, ready to be copied into WhatsApp (design: ux §11). People send it."""

from collections.abc import Mapping, Sequence
from typing import Any

from portal.mail import compose
from portal.mail.compose import ComposeError, Letterhead, Reader
from portal.mail.phrases import ELLIPSIS

LARGEST = 500
"""So many characters a text has at most."""
MOST_LINES = 2
TITLES = (160, 80, 40, 20)
"""Lengths of titles that are tried in turn until the text is short enough."""


def twin(values: Mapping[str, Any], *, reader: Reader, letterhead: Letterhead) -> str:
    """Return the text of at most 500 characters that says what a mail of reminders says with these values.

    `values` hold `lines` or one `line`; `officer` and `officer_phone` where known. Raises ComposeError when even the
    shortest is too long.
    """
    lines: Sequence[Mapping[str, Any]] = values.get("lines") or [values["line"]]
    shown = lines[:MOST_LINES]
    filling = {
        "lines": shown,
        "more": int(values.get("total", len(lines))) - len(shown),
        "path": shown[0]["path"],
        "officer": values.get("officer") or values.get("sender"),
        "phone": values.get("officer_phone") or letterhead.help_phone,
    }
    for room in TITLES:
        text = compose.render(
            "mail/_whatsapp.txt", {**filling, "cut": _cut(room)}, reader=reader, letterhead=letterhead
        )
        if len(text) <= LARGEST:
            return text
    raise ComposeError(f"{len(text)} characters are too many for a short text.")


def _cut(room: int) -> Any:
    def cut(title: str) -> str:
        if len(title) <= room:
            return title
        return title[: room - len(ELLIPSIS)].rsplit(" ", 1)[0].rstrip(" ,;:-") + ELLIPSIS

    return cut
