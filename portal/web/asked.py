"""What an address asks of a list: values by stable Indonesian words. What is not understood is told, not refused."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from werkzeug.datastructures import MultiDict

Value = TypeVar("Value")

LONGEST_TEXT = 200
LONGEST_NUMBER = 18
"""Digits; what is longer fits no column."""


def whole(text: str) -> int:
    """Return the number that a hidden field or an address holds, 0 for anything that is none or far too long."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER else 0


def _plain(value: str) -> str:
    """Return a word without control characters, which no list knows and one database refuses."""
    return "".join(letter for letter in value if letter.isprintable()).strip()[:LONGEST_TEXT]


def _builds(name: str) -> bool:
    """Return whether a name would be taken for an instruction where an address is built."""
    return name == "endpoint" or name.startswith("_")


class Asked:
    """The query part of an address, read once; `unknown` collects the words that mean nothing here."""

    def __init__(self, args: "MultiDict[str, str]") -> None:
        """Keep what was asked; fields left empty in a form ask nothing, and words that build addresses are none."""
        self.args = {name: text for name, value in args.items() if (text := _plain(value)) and not _builds(name)}
        self.unknown: list[str] = []

    def text(self, name: str) -> str:
        """Return what was typed, or the empty text."""
        return self.args.get(name, "")

    def one_of(self, name: str, words: Mapping[str, Value]) -> Value | None:
        """Return what a word stands for; an unknown word is noted and asks nothing."""
        word = self.args.get(name)
        if word is None:
            return None
        if word not in words:
            self.forget(name)
            return None
        return words[word]

    def day(self, name: str) -> date | None:
        """Return a date written as 2026-11-21."""
        word = self.args.get(name)
        if word is None:
            return None
        try:
            return date.fromisoformat(word)
        except ValueError:
            self.forget(name)
            return None

    def page(self) -> int:
        """Return the page that is asked for, 1 unless told."""
        word = self.args.get("hal", "1")
        return max(1, int(word)) if word.isascii() and word.isdigit() and len(word) < 6 else 1  # noqa: PLR2004

    def forget(self, name: str) -> None:
        """Note that a word was not understood, and drop it."""
        self.unknown.append(f"{name}={self.args.pop(name)}")
