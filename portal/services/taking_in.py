"""The one way in for files that people send: what the kind of file asks, and for Word files the gate as well."""

from portal.documents import gate
from portal.documents.refusal import FileRefused
from portal.domain import upload
from portal.domain.errors import RuleBroken

_WORD = upload.MEDIA_TYPES["docx"]


def media_type(name: str, content: bytes, *, field: str = "files") -> str:
    """Check a file and give its media type; raises RuleBroken (of `field`) saying what is wrong with it.

    Everybody's Word files go through the same gate, whoever may open them later (design: documents §13, 29).
    """
    found = upload.check(name, content)
    if found == _WORD:
        try:
            gate.check(content, name)
        except FileRefused as refused:
            raise RuleBroken(refused.message, field=field, **refused.values) from refused
    return found
