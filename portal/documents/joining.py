"""Joins the steps of a template: neighbouring constants become one, neighbouring text of one look becomes one run."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from portal.documents.markup import TEXT_CLOSE, TEXT_OPEN
from portal.documents.steps import (
    Cell,
    Choice,
    Closing,
    Kept,
    Look,
    Loop,
    Opening,
    Openings,
    Paragraph,
    Raw,
    SharedWidth,
    Step,
    Steps,
    Text,
    Value,
)

_NO_TEXT: Final = TEXT_OPEN + TEXT_CLOSE
_TIGHT: Final = re.compile(rf"{TEXT_OPEN}(?=[^\s<])([^<]*[^\s<]){TEXT_CLOSE}")
"""Constant text that neither begins nor ends with a space, which no reader trims."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Needed:
    """What references need of a numbered paragraph: a bookmark around it, or that it is counted."""

    bookmark: Callable[[Opening], bool]
    count: Callable[[Opening], bool]


def joined(steps: Steps, needed: Needed, *, watched: bool = False) -> Steps:
    """Give the same steps with as few constants and runs as possible.

    `watched` keeps what a reader sees apart from what only holds it, for a paragraph that may go away.
    """
    return _Joiner(needed, watched=watched, look=None).all(steps)


class _Joiner:
    """One sequence on its way: what is made so far and the run that is open at its end."""

    def __init__(self, needed: Needed, *, watched: bool, look: Look | None) -> None:
        self._needed = needed
        self._watched = watched
        self._first = look
        self._look = look
        self._made: list[Step] = []

    def all(self, steps: Steps) -> Steps:
        for step in steps:
            self._add(step)
        if self._look is not self._first:
            self._enter(self._first)
        return tuple(
            replace(step, markup=_spare(step.markup)) if isinstance(step, Raw) else step for step in self._made
        )

    def _add(self, step: Step) -> None:
        match step:
            case Raw():
                self._enter(None)
                self._constant(step.markup, shown=step.shown)
            case Text():
                self._enter(step.look)
                self._constant(step.markup, shown=step.shown)
            case Value():
                self._enter(step.look)
                self._made.append(step)
            case Choice() | Loop():
                self._block(step)
            case Opening() if not self._needed.bookmark(step):
                self._enter(None)
                self._open(step)
            case Closing() if not self._needed.bookmark(step.opening):
                pass
            case _:
                self._enter(None)
                self._made.append(_within(step, self._needed))

    def _open(self, step: Opening) -> None:
        """Put a beginning that keeps no place before the constant it stands in, so that constants stay together."""
        last = self._made[-1] if self._made else None
        constant = self._made.pop() if isinstance(last, Raw) and not last.shown else None
        before = self._made[-1] if self._made else None
        if isinstance(before, Openings):
            self._made.pop()
        else:
            before = Openings(all=())
        counted = (*before.counted, step) if self._needed.count(step) else before.counted
        self._made.append(Openings(all=(*before.all, step), counted=counted))
        if constant is not None:
            self._made.append(constant)

    def _block(self, step: Choice | Loop) -> None:
        look = _only_look(step)
        self._enter(look)

        def inner(steps: Steps) -> Steps:
            return _Joiner(self._needed, watched=self._watched, look=look).all(steps)

        self._made.append(_changed(step, inner))

    def _enter(self, look: Look | None) -> None:
        if self._look is look:
            return
        if self._look is not None:
            self._constant(f"{TEXT_CLOSE}</w:r>")
        if look is not None:
            self._constant(f"<w:r>{look.plain}{TEXT_OPEN}")
        self._look = look

    def _constant(self, markup: str, *, shown: bool = False) -> None:
        shown = shown and self._watched
        last = self._made[-1] if self._made else None
        if isinstance(last, Raw) and last.shown == shown:
            self._made[-1] = Raw(markup=last.markup + markup, shown=shown)
        else:
            self._made.append(Raw(markup=markup, shown=shown))


def _spare(markup: str) -> str:
    """Write a constant with no empty text and no needless mark on text."""
    return _TIGHT.sub(rf"<w:t>\1{TEXT_CLOSE}", markup.replace(_NO_TEXT, ""))


def _within(step: Step, needed: Needed) -> Step:
    """Join what is inside a paragraph, row, cell or table."""
    match step:
        case Paragraph():
            return Paragraph(body=joined(step.body, needed, watched=True))
        case Kept():
            return replace(step, body=joined(step.body, needed))
        case Cell():
            return replace(step, body=joined(step.body, needed))
        case SharedWidth():
            return replace(step, body=joined(step.body, needed))
    return step


def _changed(step: Choice | Loop, change: Callable[[Steps], Steps]) -> Choice | Loop:
    if isinstance(step, Loop):
        return replace(step, body=change(step.body))
    return Choice(branches=[(condition, change(body)) for condition, body in step.branches])


def _only_look(step: Choice | Loop) -> Look | None:
    """Give the one look of all text in a block; None when there are several, or more than text."""
    looks: set[str] = set()
    found: Look | None = None
    bodies = [step.body] if isinstance(step, Loop) else [body for _, body in step.branches]
    for inner in (one for body in bodies for one in body):
        if isinstance(inner, Text | Value):
            look: Look | None = inner.look
        elif isinstance(inner, Choice | Loop):
            look = _only_look(inner)
        else:
            look = None
        if look is None:
            return None
        looks.add(look.plain)
        found = look
    return found if len(looks) == 1 else None
