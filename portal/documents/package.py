"""The ZIP around a Word document: parts in, the same bytes out each time. `gate` decides what may come in."""

import io
import zipfile
from collections.abc import Mapping
from typing import Final

_FIXED_TIME: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time a ZIP can hold: equal content gives equal bytes, whenever it is made."""

_FIRST: Final = "[Content_Types].xml"


def unpack(content: bytes) -> dict[str, bytes]:
    """Read the parts of a document that is our own; files from outside go through `gate.check`."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def pack(parts: Mapping[str, bytes], *, deflate: bool = True) -> bytes:
    """Write the parts with fixed times and order; without `deflate` the bytes do not depend on any zlib."""
    kept = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if deflate else zipfile.ZIP_STORED
    names = sorted(parts, key=lambda name: (name != _FIRST, name))
    with zipfile.ZipFile(kept, "w", method) as archive:
        for name in names:
            entry = zipfile.ZipInfo(name, _FIXED_TIME)
            entry.compress_type = method
            entry.create_system = 0
            entry.external_attr = 0
            archive.writestr(entry, parts[name])
    return kept.getvalue()
