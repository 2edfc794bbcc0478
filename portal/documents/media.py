"""What a picture inside a Word file may be, judged by its first bytes; nothing is decoded here."""

import re
import struct
from typing import Final

from portal.documents.refusal import FileRefused
from portal.domain.marking import N_

MOST_PIXELS: Final = 50_000_000
"""About an A4 page at 600 dpi, doubled: more is no logo and no scan of a page."""

_STARTS: Final = {
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "jfif": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"),
    "bmp": (b"BM",),
    "tif": (b"II*\0", b"MM\0*"),
    "tiff": (b"II*\0", b"MM\0*"),
    "emf": (b"\x01\0\0\0",),
    "wmf": (b"\xd7\xcd\xc6\x9a", b"\x01\0", b"\x02\0"),
    "wdp": (b"II\xbc",),
}
_START_OF_FRAME: Final = re.compile(rb"\xff[\xc0-\xc3\xc5-\xc7\xc9-\xcb\xcd-\xcf]..\x08(....)", re.DOTALL)


def check(name: str, content: bytes) -> None:
    """Refuse a picture whose bytes are not what its name says, or that would be huge; raises FileRefused.

    Only what lies in a folder for media is judged; other parts without markup are kept as they are.
    """
    if "/media/" not in f"/{name.casefold()}":
        return
    starts = _STARTS.get(name.rpartition(".")[2].casefold())
    if starts is None:
        raise FileRefused(N_("Berkas memuat media yang bukan gambar (%(part)s). Hapus, lalu simpan ulang."), part=name)
    if not content.startswith(starts):
        raise FileRefused(N_("Gambar %(part)s dalam berkas ini rusak atau bukan gambar."), part=name)
    if _pixels(content) > MOST_PIXELS:
        raise FileRefused(N_("Gambar %(part)s dalam berkas ini terlalu besar. Kecilkan gambarnya."), part=name)


def _pixels(content: bytes) -> int:
    """Count the pixels that a PNG, GIF or JPEG says it has; 0 for kinds that are vectors or rare.

    A JPEG can carry a small picture of itself in its head: the largest frame counts.
    """
    sizes: list[tuple[int, int]] = []
    if content.startswith(_STARTS["png"]) and len(content) >= 24:  # noqa: PLR2004 - the head of a PNG
        sizes = [struct.unpack(">II", content[16:24])]
    elif content.startswith(_STARTS["gif"]) and len(content) >= 10:  # noqa: PLR2004 - the head of a GIF
        sizes = [struct.unpack("<HH", content[6:10])]
    elif content.startswith(_STARTS["jpg"]):
        sizes = [struct.unpack(">HH", frame[1]) for frame in _START_OF_FRAME.finditer(content)]
    return max((width * height for width, height in sizes), default=0)
