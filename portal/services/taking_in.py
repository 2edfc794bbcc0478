"""The one way in for files that people send: what the kind of file asks, for Word files the gate, photos drawn anew.

Whatever has to be taken apart is taken apart by a child process (`documents/parsing.py`, `documents/photos.py`).
"""

from dataclasses import dataclass, field

from portal.documents import parsing, photos
from portal.documents.refusal import FileRefused
from portal.domain import upload
from portal.domain.errors import RuleBroken

_PICTURES = frozenset({"png", "jpg", "jpeg"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """A file that may be kept: its bytes as they are kept, its media type, and whether we drew it ourselves.

    Only a picture that we drew may be shown inside a page; everything else is downloaded.
    """

    content: bytes = field(repr=False)
    media_type: str
    is_reencoded: bool = False


def taken(name: str, content: bytes, *, field: str = "files") -> Taken:
    """Check a file and return what is kept of it; raises RuleBroken (of `field`) saying what is wrong with it.

    Photos lose everything beside their pixels (place, camera, hidden parts); the bytes that came are not kept.
    """
    found = media_type(name, content, field=field)
    if found not in photos.KINDS:
        return Taken(content=content, media_type=found)
    try:
        drawn = photos.drawn_anew(content, found, name=upload.safe_name(name))
    except FileRefused as refused:
        raise RuleBroken(refused.message, field=field, **refused.values) from refused
    return Taken(content=drawn, media_type=found, is_reencoded=True)


def media_type(name: str, content: bytes, *, field: str = "files") -> str:
    """Check a file and give its media type; raises RuleBroken (of `field`) saying what is wrong with it.

    Everybody's Word files go through the same gate, whoever may open them later (design: documents §13, 29).
    """
    try:
        kind = upload.kind_of(name, content)
        return upload.check(name, content) if kind in _PICTURES else parsing.check(name, content)
    except RuleBroken as refused:
        raise RuleBroken(refused.message, field=field, **refused.values) from refused
