"""What a PDF from outside may not hold: scripts, programs to start, files inside, forms that run. Nothing is drawn.

Names are looked for in the bytes as they lie there and in object streams, which are unpacked within limits; what cannot
be looked into is refused. Design: platform B4, Settled 20.
"""

import re
import zlib
from collections.abc import Iterator
from typing import Final

from portal.documents.refusal import FileRefused
from portal.domain.marking import N_

MOST_UNPACKED: Final = 60 * 2**20
MOST_OF_A_STREAM: Final = 20 * 2**20

_SCRIPT: Final = N_("PDF %(name)s memuat skrip. Cetak ulang ke PDF, lalu unggah lagi.")
_STARTS: Final = N_("PDF %(name)s memuat perintah menjalankan program. Cetak ulang ke PDF, lalu unggah lagi.")
_INSIDE: Final = N_("PDF %(name)s memuat berkas lain di dalamnya. Unggah berkas itu secara terpisah.")
_FORM: Final = N_("PDF %(name)s memuat formulir yang dapat berubah. Cetak ulang ke PDF, lalu unggah lagi.")
_CLOSED: Final = N_("PDF %(name)s terkunci, sehingga tidak dapat kami periksa. Simpan tanpa kunci, lalu unggah lagi.")
_UNREAD: Final = N_("PDF %(name)s tidak dapat kami periksa. Cetak ulang ke PDF, lalu unggah lagi.")
_LARGE: Final = N_("PDF %(name)s terlalu besar bila dibuka. Cetak ulang ke PDF, lalu unggah lagi.")

_END: Final = rb"(?=[\x00\t\n\f\r ()<>\[\]{}/%]|$)"
_ANYWHERE: Final = (
    (re.compile(rb"/JavaScript" + _END), _SCRIPT),
    (re.compile(rb"/Launch" + _END), _STARTS),
    (re.compile(rb"/EmbeddedFiles?" + _END), _INSIDE),
    (re.compile(rb"/RichMedia" + _END), _INSIDE),
    (re.compile(rb"/XFA" + _END), _FORM),
)
"""Names long enough not to stand by chance in packed pictures."""
_IN_OBJECTS: Final = ((re.compile(rb"/JS" + _END), _SCRIPT),)
"""A name so short that it is looked for outside packed data only."""
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM: Final = re.compile(rb"(?<!end)stream(?:\r\n|\n|\r)")
_DATA: Final = re.compile(rb"(?<!end)stream(?:\r\n|\n|\r).*?endstream", re.DOTALL)
_HOLDS_OBJECTS: Final = re.compile(rb"/ObjStm" + _END)
_COUNTS_OBJECTS: Final = (re.compile(rb"/N" + _END), re.compile(rb"/First" + _END))
_FILTER: Final = re.compile(rb"/(?:Filter|F)" + _END)
_FLATE: Final = re.compile(rb"/Filter\s*(?:\[\s*)?/(?:FlateDecode|Fl)\s*(?:\]\s*)?(?=/|>>)")
_PREDICTED: Final = re.compile(rb"/Predictor(?!\s*1\b)")
_LOCKED: Final = re.compile(rb"/Encrypt" + _END)
_LONGEST_HEAD: Final = 16_384


def check(content: bytes, name: str) -> None:
    """Refuse a PDF that does something by itself, or carries other files; raises FileRefused."""
    _look(content, _ANYWHERE, name)
    _look(_DATA.sub(b" ", content), _IN_OBJECTS, name)
    is_locked = _LOCKED.search(_plain(content)) is not None
    spent = 0
    for head, start in _object_streams(content):
        if is_locked:
            raise FileRefused(_CLOSED, name=name)
        part = _unpacked(content, head, start, name=name)
        spent += len(part)
        if spent > MOST_UNPACKED:
            raise FileRefused(_LARGE, name=name)
        _look(part, (*_ANYWHERE, *_IN_OBJECTS), name)


def _plain(content: bytes) -> bytes:
    """Return bytes with the letters that a name may hide behind `#4A` written out."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content) if b"#" in content else content


def _look(content: bytes, wanted: tuple[tuple[re.Pattern[bytes], str], ...], name: str) -> None:
    plain = _plain(content)
    for pattern, sentence in wanted:
        if pattern.search(plain):
            raise FileRefused(sentence, name=name)


def _object_streams(content: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield head and beginning of each stream that holds objects, or could be read as if it did."""
    for found in _STREAM.finditer(content):
        before = max(content.rfind(b"obj", 0, found.start()), found.start() - _LONGEST_HEAD, 0)
        head = _plain(content[before : found.start()])
        if _HOLDS_OBJECTS.search(head) or all(each.search(head) for each in _COUNTS_OBJECTS):
            yield head, found.end()


def _unpacked(content: bytes, head: bytes, start: int, *, name: str) -> bytes:
    if _PREDICTED.search(head):
        raise FileRefused(_UNREAD, name=name)
    if not _FILTER.search(head):
        end = content.find(b"endstream", start)
        return content[start : end if end >= 0 else len(content)]
    if not _FLATE.search(head):
        raise FileRefused(_UNREAD, name=name)
    try:
        part = zlib.decompressobj().decompress(content[start:], MOST_OF_A_STREAM + 1)
    except zlib.error as fault:
        raise FileRefused(_UNREAD, name=name) from fault
    if len(part) > MOST_OF_A_STREAM:
        raise FileRefused(_LARGE, name=name)
    return part
