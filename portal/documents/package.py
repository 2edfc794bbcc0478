"""The ZIP around a Word document, written by hand: parts in, the same bytes out each time.

Parts that no draft changes are deflated once, when a template is compiled. `gate` decides what may come in.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

_FIRST: Final = "[Content_Types].xml"
_LEVEL: Final = 6
"""The standard of deflate: what Word and every other library use."""

_SMALL: Final = 4096
_SMALL_WINDOW: Final = 12
"""A small part fits into a small window; preparing a large one would take longer than the part itself."""

_DATE: Final = 1 << 5 | 1
"""1 January 1980, the earliest a ZIP can hold: equal content gives equal bytes, whenever it is made."""

_VERSION: Final = 20
_UTF8: Final = 0x800
_ATTRIBUTES: Final = 0o600 << 16
_MOST_ENTRIES: Final = 0xFFFF
_MOST_BYTES: Final = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in a ZIP as it will be written: its name, the fields that both of its headers share, and its data."""

    name: bytes
    fields: bytes
    data: bytes


def unpack(content: bytes) -> dict[str, bytes]:
    """Read the parts of a document that is our own; files from outside go through `gate.check`."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def pack(parts: Mapping[str, bytes], *, deflate: bool = True) -> bytes:
    """Write the parts with fixed times and order; without `deflate` the bytes do not depend on any zlib."""
    return join(entry(name, parts[name], deflate=deflate) for name in ordered(parts))


def ordered(names: Iterable[str]) -> list[str]:
    """Sort the names of parts as they stand in a package: the list of types first."""
    return sorted(names, key=lambda name: (name != _FIRST, name))


def entry(name: str, content: bytes, *, deflate: bool = True) -> Entry:
    """Prepare one file; deflated unless told not to be."""
    data = content
    if deflate:
        window = zlib.MAX_WBITS if len(content) > _SMALL else _SMALL_WINDOW
        packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -window, window - 7)
        data = packer.compress(content) + packer.flush()
    encoded = name.encode()
    fields = struct.pack(
        "<HHHHHIIIHH",
        _VERSION,
        0 if encoded.isascii() else _UTF8,
        zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED,
        0,
        _DATE,
        zlib.crc32(content),
        len(data),
        len(content),
        len(encoded),
        0,
    )
    return Entry(encoded, fields, data)


def join(entries: Iterable[Entry]) -> bytes:
    """Write a whole package."""
    archive = Archive()
    pieces = [piece for one in entries for piece in archive.add(one)]
    pieces.append(archive.end())
    return b"".join(pieces)


class Archive:
    """A ZIP on its way out: `add` and `end` give the bytes to write, in order, to whatever takes them."""

    def __init__(self) -> None:
        """Begin an empty archive."""
        self._directory: list[bytes] = []
        self._offset = 0

    def add(self, one: Entry) -> tuple[bytes, bytes]:
        """Give the header and the data of a file; raises ValueError for more than a plain ZIP can hold."""
        header = b"PK\x03\x04" + one.fields + one.name
        self._directory.append(
            b"PK\x01\x02"
            + struct.pack("<H", _VERSION)
            + one.fields
            + struct.pack("<HHHII", 0, 0, 0, _ATTRIBUTES, self._offset)
            + one.name
        )
        self._offset += len(header) + len(one.data)
        if self._offset > _MOST_BYTES or len(self._directory) > _MOST_ENTRIES:
            msg = "an archive of this kind holds at most 4 GB and 65,535 files"
            raise ValueError(msg)
        return header, one.data

    def end(self) -> bytes:
        """Give the directory that ends the archive."""
        directory = b"".join(self._directory)
        count = len(self._directory)
        return directory + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(directory), self._offset, 0)
