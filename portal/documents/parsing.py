"""Office files and PDFs from outside are looked into by a child process with little memory and time.

What the child says comes back as plain values. A file that reaches a limit is refused with a sentence, and the portal
goes on; what passed here may be opened by the portal itself later. Design: platform B4.
"""

import json
import logging
import subprocess
import sys
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from portal.documents.refusal import FileRefused
from portal.documents.workbook import Sheet
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_
from portal.domain.offline_pack import Book, Cell, CellKind, Identity, Line

_SECONDS: Final = 30
_ROOT: Final = str(Path(__file__).parents[2])
_PROGRAMS: Final = {
    "check": "portal.documents.parsing_child",
    "word": "portal.documents.parsing_child",
    "sheet": "portal.documents.sheet_child",
    "book": "portal.documents.sheet_child",
}
_BEGIN: Final = (
    "import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); runpy.run_module(sys.argv.pop(1), run_name='__main__')"
)
_TOO_HEAVY: Final = N_("Berkas ini terlalu berat untuk dibaca. Kecilkan atau bagi berkas itu, lalu unggah lagi.")
_DATED: Final[dict[str, type[datetime | date | time]]] = {"datetime": datetime, "date": date, "time": time}

_log = logging.getLogger(__name__)


def check(name: str, content: bytes) -> str:
    """Return the media type of a file that may be kept; raises RuleBroken with what is wrong with it."""
    return str(_asked("check", content, name))


def word(content: bytes, name: str) -> None:
    """Ask the gate for Word files; raises RuleBroken with the reason of a file that does not pass."""
    _asked("word", content, name)


def sheet(content: bytes, *, most_rows: int) -> Sheet:
    """Read the first sheet of a list that people filled in (see `workbook.read`)."""
    found = _asked("sheet", content, most_rows, field="workbook")
    rows = tuple((number, tuple(_cell(value) for value in cells)) for number, cells in found["rows"])
    return Sheet(headings=tuple(_cell(value) for value in found["headings"]), rows=rows)


def book(content: bytes) -> Book:
    """Read a workbook that came back (see `offline_pack.read`)."""
    found = _asked("book", content, field="workbook")
    return Book(pack=found["pack"], seal=found["seal"], lines=tuple(_line(each) for each in found["lines"]))


def _line(told: dict[str, Any]) -> Line:
    identity, cells = told["identity"], told["cells"]
    return Line(
        number=told["number"],
        first=told["first"],
        identity=Identity(occurrence_id=identity[0], version=identity[1]) if identity else None,
        seal=told["seal"],
        cells={k: Cell(place=place, text=text, kind=CellKind(kind)) for k, (place, text, kind) in cells.items()},
    )


def _cell(told: Any) -> Any:
    if not isinstance(told, dict):
        return told
    [(kind, text)] = told.items()
    return _DATED[kind].fromisoformat(text)


def _asked(task: str, content: bytes, *told: str | int, field: str | None = None) -> Any:
    done = _run(task, content, json.dumps(told))
    if done is not None and done.stderr:
        _log.error("The program that looks into files says: %s", done.stderr.decode("utf-8", "replace")[-500:])
    if done is None or done.returncode:
        raise FileRefused(_TOO_HEAVY, field=field)
    answer = json.loads(done.stdout)
    if "refused" in answer:
        message, wrong, values = answer["refused"]
        raise RuleBroken(message, field=wrong, **values)
    return answer["found"]


def _run(task: str, content: bytes, told: str) -> subprocess.CompletedProcess[bytes] | None:
    """Run the child; None when it took too long."""
    command = [sys.executable, "-I", "-c", _BEGIN, _ROOT, _PROGRAMS[task], task, told]
    try:
        return subprocess.run(command, input=content, capture_output=True, timeout=_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return None
