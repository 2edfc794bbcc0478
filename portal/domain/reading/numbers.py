"""Numbers as agreements write them: words, figures with words in brackets, rupiah (design: domain §2.2)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_UNITS: Final = {
    "nol": 0, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "lima": 5,
    "enam": 6, "tujuh": 7, "delapan": 8, "sembilan": 9, "sepuluh": 10, "sebelas": 11,
}  # fmt: skip
_ONES: Final = {"seratus": (1, "ratus"), "seribu": (1, "ribu"), "sejuta": (1, "juta")}
_SIZES: Final = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "milyar": 10**9, "triliun": 10**12, "trilyun": 10**12}
_HUNDRED, _TEN = 100, 10
_WORDS: Final = frozenset({*_UNITS, *_ONES, *_SIZES, "belas", "puluh", "ratus"})

_COUNTED: Final = re.compile(
    r"(?<![\w./,-])(?P<figure>\d{1,3}(?:\.\d{3})+|\d+)\s*(?:%\s*)?\(\s*(?P<words>[A-Za-z][A-Za-z\s-]*?)\)\s*(?P<unit>\w*)"
)
_MONEY: Final = re.compile(
    r"\bRp\.?\s*(?P<figure>\d{1,3}(?:\.\d{3})+|\d+)(?:,(?P<sen>\d{2}|-))?(?:\s*\((?P<words>[^()]*)\))?", re.IGNORECASE
)
_PERCENT: Final = re.compile(r"\s+(?:persen|per\s*seratus|rupiah)$")


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundNumber:
    """A figure with words in brackets; `value` is what the words say, None when they are no number.

    `is_near` tells that some of the words, but not all, belong to numbers: a slip of the pen.
    """

    figure: int
    words: str
    value: int | None
    unit: str
    text: str
    is_near: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class FoundMoney:
    """An amount in rupiah; `words` is None without brackets, `value` None when they are no number."""

    figure: int
    words: str | None
    value: int | None
    text: str


def number(words: str) -> int | None:
    """Read a whole number in words in any case, "dua ribu dua puluh lima" → 2025; None when it is none."""
    tokens = words.casefold().replace("-", " ").split()
    if not tokens or any(token not in _WORDS for token in tokens):
        return None
    total, last, group = 0, 10**18, _Group()
    for token in tokens:
        ones = _ONES.get(token)
        if ones is not None and not group.take("satu"):
            return None
        word = ones[1] if ones else token
        if word not in _SIZES:
            if not group.take(word):
                return None
            continue
        size = _SIZES[word]
        if group.is_empty or size >= last:
            return None
        total, last, group = total + group.value * size, size, _Group()
    return total + group.value if not group.is_empty or total else None


class _Group:
    """A number below a thousand while it is read word by word."""

    def __init__(self) -> None:
        self.hundreds = self.tens = 0
        self.unit: int | None = None
        self.is_empty = True

    @property
    def value(self) -> int:
        return self.hundreds + self.tens + (self.unit or 0)

    def take(self, word: str) -> bool:
        """Take the next word; False when it cannot stand here."""
        self.is_empty = False
        if word in _UNITS:
            taken = self.unit is None and (_UNITS[word] < _TEN or not self.tens)
            self.unit = _UNITS[word]
            return taken
        if self.unit is None or not 0 < self.unit < _TEN:
            return False
        return self._multiply(word)

    def _multiply(self, word: str) -> bool:
        unit, self.unit = self.unit or 0, None
        if word == "ratus" and not self.hundreds and not self.tens:
            self.hundreds = unit * _HUNDRED
            return True
        if word in {"puluh", "belas"} and not self.tens:
            self.tens = unit * _TEN if word == "puluh" else _TEN + unit
            if word == "belas":
                self.unit = 0
            return True
        return False


def numbers(text: str) -> Iterator[FoundNumber]:
    """Find every figure that is followed by words in brackets, "3 (tiga) tahun"; amounts of money are left out."""
    spans = [found.span() for found in _MONEY.finditer(text)]
    for found in _COUNTED.finditer(text):
        if any(start <= found.start() < end for start, end in spans):
            continue
        words = " ".join(_PERCENT.sub("", found["words"].strip()).split())
        value = number(words)
        yield FoundNumber(
            figure=int(found["figure"].replace(".", "")),
            words=words,
            value=value,
            unit=found["unit"].casefold(),
            text=f"{found['figure']} ({words})",
            is_near=value is None and _looks_like_number(words),
        )


def money(text: str) -> Iterator[FoundMoney]:
    """Find every amount in rupiah, "Rp325.000.000,00 (tiga ratus dua puluh lima juta rupiah)"."""
    for found in _MONEY.finditer(text):
        words = None if found["words"] is None else " ".join(found["words"].split())
        yield FoundMoney(
            figure=int(found["figure"].replace(".", "")),
            words=words,
            value=None if words is None else number(re.sub(r"\s+rupiah$", "", words, flags=re.IGNORECASE)),
            text=" ".join(found[0].split()),
        )


def _looks_like_number(words: str) -> bool:
    tokens = words.casefold().split()
    return "kali" not in tokens and any(token in _WORDS for token in tokens)
