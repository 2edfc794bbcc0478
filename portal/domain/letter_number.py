"""Numbers of letters: the office's own patterns and the next number in a year.

A partner's number is never made here, only kept as printed, and no pattern is enforced on it
(design: domain §2.7).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portal.domain.wording.numbers import roman

_FIELD = re.compile(r"\{(seq|yyyy|yy|mm|m|roman)\}")
_SHAPES = {
    "seq": r"(?P<seq>\d+)",
    "yyyy": r"(?P<yyyy>\d{4})",
    "yy": r"(?P<yy>\d{2})",
    "mm": r"(?P<mm>\d{2})",
    "m": r"(?P<m>\d{1,2})",
    "roman": r"(?P<roman>[IVX]+)",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Pattern:
    """How one office numbers one class of letters, "{seq}/HUK/{yyyy}"; `width` pads the sequence with zeros.

    Fields: seq, yyyy, yy, mm (two figures), m, roman (month). Anything else is printed as it stands.
    """

    text: str
    width: int = 1

    def number(self, seq: int, on: date) -> str:
        """Write the number `seq` of the day `on`."""
        values = {
            "seq": f"{seq:0{self.width}d}",
            "yyyy": f"{on.year:04d}",
            "yy": f"{on.year % 100:02d}",
            "mm": f"{on.month:02d}",
            "m": str(on.month),
            "roman": roman(on.month),
        }
        return _FIELD.sub(lambda found: values[found[1]], self.text)

    def sequence(self, printed: str, *, year: int) -> int | None:
        """Read the sequence out of a printed number; None when it is of another shape or another year."""
        found = re.fullmatch(self._expression(), printed.strip())
        if found is None or "seq" not in found.groupdict():
            return None
        parts = found.groupdict()
        if (
            parts.get("yyyy", f"{year:04d}") != f"{year:04d}"
            or parts.get("yy", f"{year % 100:02d}") != f"{year % 100:02d}"
        ):
            return None
        return int(parts["seq"])

    def next_in_year(self, printed: Iterable[str], on: date) -> str:
        """Propose the number after the highest one printed this year; the office may type another."""
        taken = [sequence for text in printed if (sequence := self.sequence(text, year=on.year)) is not None]
        return self.number(max(taken, default=0) + 1, on)

    def _expression(self) -> str:
        pieces, end, seen = [], 0, set[str]()
        for found in _FIELD.finditer(self.text):
            pieces.append(re.escape(self.text[end : found.start()]))
            name = found[1]
            pieces.append(f"(?P={name})" if name in seen else _SHAPES[name])
            seen.add(name)
            end = found.end()
        return "".join([*pieces, re.escape(self.text[end:])])
