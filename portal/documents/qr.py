"""The QR code of an address as a picture. Where it stands in a document is the template's (a picture's alt text)."""

import io
from typing import Final

import segno

_MASK: Final = 4
"""One fixed pattern: no search for the best, and the same bytes for the same text (design: documents §10)."""

_SCALE: Final = 8
_BORDER: Final = 4


def png(text: str) -> bytes:
    """Draw a text as a QR code, error level M, with the quiet border readers need; equal text gives equal bytes.

    Raises ValueError for a text that is empty or longer than a code can hold.
    """
    if not text:
        msg = "a QR code needs a text"
        raise ValueError(msg)
    made = segno.make(text, error="m", mask=_MASK, micro=False, boost_error=False)
    kept = io.BytesIO()
    made.save(kept, kind="png", scale=_SCALE, border=_BORDER)
    return kept.getvalue()


def svg(text: str) -> str:
    """Draw a text as a QR code to stand in a page, as an SVG element without a style of its own.

    Raises ValueError for a text that is longer than a code can hold.
    """
    return segno.make(text, error="m", micro=False).svg_inline(scale=5, border=_BORDER, light="#fff")
