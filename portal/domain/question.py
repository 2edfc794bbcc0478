"""Questions that a partner asks about an agreement: what one must say, and when it may be answered."""

from dataclasses import dataclass
from typing import Final

from portal.domain.errors import RuleBroken
from portal.domain.marking import N_

ANSWER_DAYS: Final = 7
"""A question is to be answered within a week; an own rule of the office, no law."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What a partner wants to know; `place` is the Pasal or part that it is about, "" for the whole agreement."""

    text: str
    place: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What the office says; `is_by_phone`: it was said by telephone, and the text tells what was said."""

    text: str
    is_by_phone: bool = False


def check_asked(asked: Asked) -> None:
    """Raise RuleBroken (field `text`) for a question without words."""
    if not asked.text.strip():
        raise RuleBroken(N_("Tulis pertanyaan Anda."), field="text")


def check_answer(answer: Answer, *, is_answered: bool) -> None:
    """Raise RuleBroken unless a question waits and the answer says something."""
    if is_answered:
        raise RuleBroken(N_("Pertanyaan ini sudah dijawab. Jawabannya ada di halaman ini."))
    if not answer.text.strip():
        raise RuleBroken(N_("Tulis jawabannya."), field="text")
