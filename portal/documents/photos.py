"""Photos from outside are drawn anew: what is kept holds pixels only, no place, no camera, nothing hidden behind them.

Decoding is done by a child process with little memory and time (`picture_child`); a picture that is too large is
refused by the size it says it has, before anything is decoded. Design: Settled 20.
"""

import logging
import subprocess
import sys
from pathlib import Path
from typing import Final

from portal.documents.refusal import FileRefused
from portal.domain.marking import N_

KINDS: Final = {"image/png": "png", "image/jpeg": "jpg"}
"""The media types that are drawn anew, and what the child calls them."""

_CHILD: Final = Path(__file__).with_name("picture_child.py")
_SECONDS: Final = 30
_MANY_PIXELS: Final = 4
"""What the child says with its exit code when it refuses a picture for its size."""
_BROKEN: Final = N_("Gambar %(name)s rusak atau terpotong. Buka gambar itu, simpan ulang, lalu unggah lagi.")
_TOO_LARGE: Final = N_(
    "Gambar %(name)s terlalu besar. Kecilkan gambar itu sampai paling banyak 50 juta titik, lalu unggah lagi."
)

_log = logging.getLogger(__name__)


def drawn_anew(content: bytes, media_type: str, *, name: str, child: Path = _CHILD) -> bytes:
    """Return a new picture of the same kind, upright and without anything beside its pixels.

    Raises FileRefused when it cannot be read or has too many pixels; `name` is said in the sentence. What the child
    says on its standard error, such as a limit that the system refused, is written into the log of the portal.
    """
    done = _run(content, KINDS[media_type], child)
    if done is not None and done.stderr:
        _log.error("The program that draws photos says: %s", done.stderr.decode("utf-8", "replace")[:500])
    if done is None or done.returncode == _MANY_PIXELS:
        raise FileRefused(_TOO_LARGE, name=name)
    if done.returncode or not done.stdout:
        raise FileRefused(_BROKEN, name=name)
    return done.stdout


def _run(content: bytes, kind: str, child: Path) -> subprocess.CompletedProcess[bytes] | None:
    """Run the child; None when it took too long."""
    command = [sys.executable, "-I", str(child), kind]
    try:
        return subprocess.run(command, input=content, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return None
