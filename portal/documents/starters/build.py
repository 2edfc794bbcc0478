"""Writes the starters as Word files, the same bytes each time."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from portal.documents import about, package, page_setup
from portal.documents.starters import agreements, followups, layout, two_columns

_BODIES: Final[Mapping[str, Callable[[], str]]] = {
    "mou": agreements.mou,
    "pks": agreements.pks,
    "pks_aid": agreements.pks_aid,
    "pks_data": agreements.pks_data,
    "synergy_note": agreements.synergy_note,
    "addendum": followups.addendum,
    "extension": followups.extension,
    "termination": followups.termination,
    "bast": followups.bast,
    "mou_bilingual": two_columns.mou_bilingual,
}


def build(code: str) -> bytes:
    """Write one starter; stored, not deflated, so that no version of a compressor changes its bytes."""
    told = about.read(code)
    body, is_wide = _BODIES[code](), told.language == "id"
    parts = layout.parts(body, "{{ judul }}", subject="{{ jenis }}", justified=is_wide)
    return package.pack(page_setup.on_parts(parts, told.settings), deflate=False)


def write_all(folder: Path) -> tuple[Path, ...]:
    """Write every starter into a folder and give the files."""
    written = []
    for code in _BODIES:
        path = folder / f"{code}.docx"
        path.write_bytes(build(code))
        written.append(path)
    return tuple(written)
