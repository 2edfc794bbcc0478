"""The program that draws a photo anew; it is run as a child with limits of its own, never imported by the portal.

It reads a picture from its standard input and writes a new one, pixels only, to its standard output. What it says
with its exit code stands in `photos`, which starts it. On its standard error it names limits that the system refused.
"""

import io
import resource
import sys
from typing import BinaryIO

from PIL import Image, ImageOps

MOST_PIXELS = 50_000_000
MEMORY = 768 * 2**20
CPU_SECONDS = 10
LIMITS = {"RLIMIT_AS": MEMORY, "RLIMIT_CPU": CPU_SECONDS, "RLIMIT_FSIZE": 0, "RLIMIT_CORE": 0}
QUALITY = 85
BROKEN, TOO_LARGE = 3, 4
"""Exit codes: the picture cannot be read; it has more pixels than are taken."""

_ORIENTATION, _UPRIGHT = 0x0112, 1
_KINDS = {"png": ("PNG",), "jpg": ("JPEG", "MPO")}
_JPEG_MODES = frozenset({"L", "RGB"})
_PNG_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA", "I;16"})


class TooLarge(Exception):
    """The picture says of itself that it has too many pixels."""


def limit() -> list[str]:
    """Give this process little memory, little time, and no file to write; return the limits that the system refused.

    A limit that is tighter already stays as it is.
    """
    return [name for name, most in LIMITS.items() if not _is_held(getattr(resource, name), most)]


def _is_held(kind: int, most: int) -> bool:
    hard = resource.getrlimit(kind)[1]
    least = most if hard == resource.RLIM_INFINITY else min(most, hard)
    try:
        resource.setrlimit(kind, (least, least))
    except (ValueError, OSError):
        return False
    return True


def draw(content: bytes, kind: str) -> bytes:
    """Return the picture upright, with nothing beside its pixels; raises TooLarge for too many of them."""
    with Image.open(io.BytesIO(content), formats=_KINDS[kind]) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise TooLarge
        opened.load()
        keeps = kind == "jpg" and opened.format == "JPEG" and opened.mode in _JPEG_MODES and not _is_turned(opened)
        picture: Image.Image = opened if keeps else _plain(ImageOps.exif_transpose(opened), kind)
        transparent = picture.info.get("transparency") if kind == "png" else None
        picture.info = {}
        return _saved(picture, kind, transparent=transparent, quality="keep" if keeps else QUALITY)


def _is_turned(picture: Image.Image) -> bool:
    return bool(picture.getexif().get(_ORIENTATION, _UPRIGHT) != _UPRIGHT)


def _plain(picture: Image.Image, kind: str) -> Image.Image:
    """Return a picture in a mode that its kind can hold."""
    if kind == "png":
        return picture if picture.mode in _PNG_MODES else picture.convert("RGBA")
    return picture if picture.mode in _JPEG_MODES else picture.convert("RGB")


def _saved(picture: Image.Image, kind: str, *, transparent: object, quality: int | str) -> bytes:
    kept = io.BytesIO()
    if kind == "png":
        more = {} if transparent is None else {"transparency": transparent}
        picture.save(kept, "PNG", **more)
    else:
        picture.save(kept, "JPEG", quality=quality)
    return kept.getvalue()


def main(kind: str, incoming: BinaryIO, outgoing: BinaryIO) -> int:
    """Draw what comes in; return the exit code."""
    refused = limit()
    if refused:
        sys.stderr.write(f"The system refused these limits: {', '.join(refused)}.")
    try:
        drawn = draw(incoming.read(), kind)
    except TooLarge:
        return TOO_LARGE
    except Exception:  # noqa: BLE001 - decoders raise what they like; here that means one thing
        return BROKEN
    outgoing.write(drawn)
    return 0


if __name__ == "__main__":
    Image.MAX_IMAGE_PIXELS = None
    sys.exit(main(sys.argv[1], sys.stdin.buffer, sys.stdout.buffer))
