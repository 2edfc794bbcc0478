"""Writes the starters as Word files, the same bytes each time."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from portal.documents import package
from portal.documents.starters import addendum, layout, mou, pks

_BODIES: Final[Mapping[str, tuple[str, Callable[[], str]]]] = {
    "mou": (mou.TITLE, mou.body),
    "pks": (pks.TITLE, pks.body),
    "addendum": (addendum.TITLE, addendum.body),
}


def build(code: str) -> bytes:
    """Write one starter; stored, not deflated, so that no version of a compressor changes its bytes."""
    title, body = _BODIES[code]
    return package.pack(layout.parts(body(), title), deflate=False)


def write_all(folder: Path) -> tuple[Path, ...]:
    """Write every starter into a folder and give the files."""
    written = []
    for code in _BODIES:
        path = folder / f"{code}.docx"
        path.write_bytes(build(code))
        written.append(path)
    return tuple(written)
