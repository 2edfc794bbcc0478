"""Whether the text of a clause is in order, told with the number of the line as the typist counts them.

Commands and braces only; whether a name exists is asked of the engine by the service (design: documents §12).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from portal.domain.clause import Level, Line, parse, write
from portal.domain.errors import RuleBroken
from portal.domain.marking import N_

_TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_HALF: Final = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_OPENS: Final = re.compile(r"(jika|untuk|if|for)\s+\S.*")
_GOES_ON: Final = re.compile(r"(selain\s+itu|else|(atau\s+jika|elif)\s+\S.*)")
_ENDS: Final = re.compile(r"(?:akhir\s+(jika|untuk)|end(if|for)|akhir|end)")
_OTHERS: Final = re.compile(r"label\s+[a-z][a-z0-9_]*|ulang\s+nomor")
_SAME: Final = {"if": "jika", "for": "untuk"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Fault:
    """One thing that is wrong in a line, counted from 1; `message` takes `values`, `line` among them."""

    line: int
    message: str
    values: dict[str, object] = field(default_factory=dict)


def faults(text: str) -> tuple[Fault, ...]:
    """Return everything that is wrong in a text, in the order of its lines."""
    found: list[Fault] = []
    opened: list[tuple[int, str, str]] = []
    labels: dict[str, int] = {}
    for number, raw in enumerate(text.splitlines(), start=1):
        found += _braces(number, raw)
        for source in _TAG.findall(raw):
            if source.startswith("{%"):
                inner = " ".join(source[2:-2].split())
                found += _command(number, source, inner, opened)
                found += _label(number, inner, labels)
    found += [
        _fault(
            line,
            N_("Baris ke-%(line)s: “%(command)s” belum ditutup. Tambahkan “{%% akhir %(word)s %%}”."),
            command=source,
            word=word,
        )
        for line, source, word in opened
    ]
    return tuple(sorted(found, key=lambda one: one.line))


def _fault(line: int, message: str, **values: object) -> Fault:
    return Fault(line=line, message=message, values={"line": line, **values})


def _braces(line: int, raw: str) -> Iterator[Fault]:
    if half := _HALF.search(_TAG.sub("", raw)):
        yield _fault(
            line,
            N_("Baris ke-%(line)s: tanda “%(mark)s” tidak mempunyai pasangan dalam baris itu."),
            mark=half[0],
        )


def _command(line: int, source: str, inner: str, opened: list[tuple[int, str, str]]) -> Iterator[Fault]:
    if begun := _OPENS.fullmatch(inner):
        opened.append((line, source, _SAME.get(begun[1], begun[1])))
    elif ended := _ENDS.fullmatch(inner):
        word = ended[1] or _SAME.get(ended[2] or "", "")
        if not opened or (word and opened[-1][2] != word):
            yield _fault(
                line, N_("Baris ke-%(line)s: “%(command)s” tidak menutup apa pun yang dibuka."), command=source
            )
        else:
            opened.pop()
    elif _GOES_ON.fullmatch(inner):
        if not opened or opened[-1][2] != "jika":
            yield _fault(line, N_("Baris ke-%(line)s: “%(command)s” berdiri di luar “{%% jika … %%}”."), command=source)
    elif not _OTHERS.fullmatch(inner):
        yield _fault(line, N_("Baris ke-%(line)s: perintah “%(command)s” tidak dikenal."), command=source)


def _label(line: int, inner: str, labels: dict[str, int]) -> Iterator[Fault]:
    word, _space, name = inner.partition(" ")
    if word != "label":
        return
    if name in labels:
        yield _fault(
            line,
            N_("Baris ke-%(line)s: label “%(label)s” sudah diberikan di baris ke-%(first)s."),
            label=name,
            first=labels[name],
        )
    labels.setdefault(name, line)


def pair_faults(text: str, text_en: str) -> tuple[Fault, ...]:
    """Return the first line at which the English text does not follow the Indonesian one; none without English."""
    if not text_en.strip():
        return ()
    ours, theirs = _shape(text), _shape(text_en)
    for place, level in enumerate(ours):
        if place >= len(theirs) or theirs[place] is not level:
            return (
                _fault(
                    _typed_line(text, place),
                    N_("Baris ke-%(line)s teks Indonesia tidak sepadan dengan teks Inggris. Samakan barisnya."),
                ),
            )
    if len(theirs) > len(ours):
        return (
            _fault(
                _typed_line(text_en, len(ours)),
                N_("Baris ke-%(line)s teks Inggris tidak mempunyai pasangan dalam teks Indonesia."),
            ),
        )
    return ()


def _shape(text: str) -> list[Level]:
    return [line.level for line in parse(text)]


def _typed_line(text: str, place: int) -> int:
    written = [number for number, raw in enumerate(text.splitlines(), start=1) if raw.strip()]
    return written[place]


def check(text: str, text_en: str = "") -> None:
    """Raise RuleBroken with the first thing that is wrong; the field is `text` or `text_en`."""
    if not text.strip():
        raise RuleBroken(N_("Tulis isi Pasal."), field="text")
    for name, found in (("text", faults(text)), ("text_en", faults(text_en)), ("text_en", pair_faults(text, text_en))):
        if found:
            raise RuleBroken(found[0].message, field=name, **found[0].values)


@dataclass(frozen=True, kw_only=True, slots=True)
class NumberedLine:
    """A line as it is printed: its mark as the numbering gives it, and its text."""

    mark: str
    line: Line


def numbered(text: str) -> tuple[NumberedLine, ...]:
    """Return the lines of a text with their numbers, counted densely; a command keeps no mark."""
    lines = parse(text)
    written = write(lines).splitlines()
    return tuple(
        NumberedLine(mark=whole.removesuffix(line.text).strip(), line=line)
        for whole, line in zip(written, lines, strict=True)
    )
