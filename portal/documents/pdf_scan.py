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
MOST_STREAMS: Final = 50_000

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
_SAYS_OBJECTS: Final = re.compile(rb"/ObjStm" + _END)
_BEGINS_LIKE_OBJECTS: Final = re.compile(rb"[\s\x00]*\d+\s+\d+\s")
"""An object stream begins with pairs of numbers: which object, and where it lies."""
_LOCKED: Final = re.compile(rb"/Encrypt" + _END)
_FIRST_BYTES: Final = 512
_CHUNK: Final = 2**16


def check(content: bytes, name: str) -> None:
    """Refuse a PDF that does something by itself, or carries other files; raises FileRefused."""
    _look(content, _ANYWHERE, name)
    _look(_without_data(content), _IN_OBJECTS, name)
    spent = 0
    for part in _object_streams(content, name):
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


def _without_data(content: bytes) -> bytes:
    """Return what stands outside of streams."""
    kept, place = [], 0
    while found := _STREAM.search(content, place):
        kept.append(content[place : found.start()])
        place = content.find(b"endstream", found.end())
        if place < 0:
            return b" ".join(kept)
    return b" ".join((*kept, content[place:]))


def _object_streams(content: bytes, name: str) -> Iterator[bytes]:
    """Yield what is inside every stream that holds objects, or could; refuse one that says so and cannot be read."""
    before = 0
    for number, found in enumerate(_STREAM.finditer(content)):
        if number >= MOST_STREAMS:
            raise FileRefused(_LARGE, name=name)
        head, before = _plain(content[before : found.start()]), found.end()
        first = content[before : before + _FIRST_BYTES]
        if _BEGINS_LIKE_OBJECTS.match(first):
            end = content.find(b"endstream", before)
            yield content[before : end if end >= 0 else len(content)]
        elif _BEGINS_LIKE_OBJECTS.match(_inflated(first, 0, _FIRST_BYTES)):
            yield _inflated(content, before, MOST_OF_A_STREAM)
        elif _SAYS_OBJECTS.search(head):
            raise FileRefused(_CLOSED if _LOCKED.search(_plain(content)) else _UNREAD, name=name)


def _inflated(content: bytes, start: int, most: int) -> bytes:
    """Unpack a stream piece by piece, at most so many bytes; what is no packed stream gives nothing."""
    unpacker, kept, size = zlib.decompressobj(), [], 0
    for place in range(start, len(content), _CHUNK):
        try:
            piece = unpacker.decompress(content[place : place + _CHUNK], most - size)
        except zlib.error:
            break
        kept.append(piece)
        size += len(piece)
        if unpacker.eof or size >= most:
            break
    return b"".join(kept)
