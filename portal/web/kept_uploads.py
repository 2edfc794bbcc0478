"""A file that came with a form that was refused: kept aside, so that it need not be chosen again.

The form carries a signed note of it, bound to the person; only a file that may be kept at all is.
"""

from dataclasses import dataclass, field
from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from portal.domain.errors import RuleBroken
from portal.services import taking_in
from portal.web import guard
from portal.web.filters import file_size


@dataclass(frozen=True, kw_only=True, slots=True)
class Chosen:
    """A file as it was chosen: its name and bytes; nothing when none was."""

    name: str = ""
    content: bytes = field(default=b"", repr=False)


def _notes() -> URLSafeSerializer:
    settings = current_app.config["SETTINGS"]
    return URLSafeSerializer(
        [*settings.old_secret_keys, settings.secret_key], salt=f"kept-upload-{guard.actor().account_id}"
    )


def chosen(form: Any) -> Chosen:
    """Return the file of a form with the fields `files` and `kept`: the one chosen now, else the one kept aside.

    May be asked several times: the stream is read once.
    """
    if not hasattr(form, "chosen_file"):
        form.chosen_file = _fresh(form.files.data) or _aside(form.kept.data or "")
    found: Chosen = form.chosen_file
    return found


def _fresh(sent: Any) -> Chosen | None:
    if not sent or not sent.filename:
        return None
    with sent.stream:
        return Chosen(name=sent.filename, content=sent.read())


def _aside(note: str) -> Chosen:
    try:
        name, digest = _notes().loads(note)
        return Chosen(name=name, content=current_app.extensions["storage"].read(digest))
    except (BadSignature, FileNotFoundError, ValueError):
        return Chosen()


def keep(form: Any) -> list[dict[str, str]]:
    """Keep the file of a refused form aside; return it as the upload control shows kept ones, nothing for none."""
    file = chosen(form)
    if not file.name or form.files.errors:
        form.kept.data = ""
        return []
    try:
        taken = taking_in.taken(file.name, file.content)
    except RuleBroken:
        form.kept.data = ""
        return []
    digest = current_app.extensions["storage"].keep(taken.content)
    form.kept.data = _notes().dumps([file.name, digest])
    return [{"name": file.name, "size": file_size(len(taken.content))}]
