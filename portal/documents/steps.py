"""What a compiled template is made of. `program` makes these steps, `emission` prints them."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.documents.expression import Expression
from portal.documents.wordxml import Element


@dataclass(frozen=True, kw_only=True, slots=True)
class Fixed:
    """An element without tags, printed as it is."""

    element: Element


@dataclass(frozen=True, kw_only=True, slots=True)
class Holder:
    """An element with tags somewhere below; `cells_vary` marks a row whose cells come from a loop."""

    element: Element
    body: "Steps"
    cells_vary: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Value:
    """A run that prints a value."""

    run: Element
    expression: Expression


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """Branches of which the first that holds is printed; the last may have no condition."""

    branches: Sequence[tuple[Expression | None, "Steps"]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Loop:
    """A body printed once for every item of a list."""

    name: str
    items: Expression
    body: "Steps"


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """A name for the paragraph it stands in, for references to its number."""

    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """A reference to a labelled paragraph; a near one leaves out the Pasal."""

    run: Element
    name: str
    near: bool


Step = Fixed | Holder | Value | Choice | Loop | Label | Reference
Steps = Sequence[Step]
