"""What is wrong, or doubtful, in a template: the finding, where it is, and words that were probably meant."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

_MOST_LETTERS_OFF: Final = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One fault (an error: the template cannot be used) or one doubt (a warning), and where it is.

    `message` is the Indonesian source sentence, `values` fill it; `paragraph` counts from 1 within `part`, 0 when
    the finding belongs to no paragraph; `suggestion` is the word that was probably meant, "" when there is none.
    """

    code: str
    is_error: bool
    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    part: str = "word/document.xml"
    place: str = ""
    paragraph: int = 0
    tag: str = ""
    suggestion: str = ""

    @property
    def sentence(self) -> str:
        """The message with its values, in Indonesian."""
        said = self.message % self.values if self.values else self.message
        return f"{said} Maksud Anda “{self.suggestion}”?" if self.suggestion else said


def nearest(word: str, known: Collection[str]) -> str:
    """Return the known word that is one or two letters off, "" when there is none."""
    most = min(_MOST_LETTERS_OFF, max(1, len(word) // 2))
    ranked = sorted((distance, other) for other in known if (distance := _letters_off(word, other)) <= most)
    return ranked[0][1] if ranked and ranked[0][0] else ""


def _letters_off(one: str, other: str) -> int:
    """Count the letters to put in, take out, replace or swap to make one word of the other."""
    if abs(len(one) - len(other)) > _MOST_LETTERS_OFF:
        return _MOST_LETTERS_OFF + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        last, before, row = before, row, [at]
        for place, sign in enumerate(other, start=1):
            cost = min(before[place] + 1, row[place - 1] + 1, before[place - 1] + (letter != sign))
            if at > 1 and place > 1 and letter == other[place - 2] and one[at - 2] == sign:
                cost = min(cost, last[place - 2] + 1)
            row.append(cost)
    return row[-1]
