"""What a compiled template is made of: constant markup and slots. `program` makes them, `emission` prints them."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.documents.expression import Expression


@dataclass(frozen=True, kw_only=True, slots=True)
class Raw:
    """Constant markup; `shown` tells whether a reader sees something of it."""

    markup: str
    shown: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Look:
    """How a run looks: its properties as markup, and the same on yellow ground for what is missing."""

    plain: str
    marked: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """Constant text of a run, as the markup inside `w:t`; neighbours of one look become one run."""

    look: Look
    markup: str
    shown: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Value:
    """A place in a run where a value is printed."""

    look: Look
    expression: Expression


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """Branches of which the first that holds is printed; the last may have no condition."""

    branches: Sequence[tuple[Expression | None, "Steps"]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Loop:
    """A body printed once for every item of a list; `asked` is what it wants to know of the loop itself."""

    name: str
    items: Expression
    body: "Steps"
    asked: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """A name for the paragraph it stands in, for references to its number."""

    name: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reference:
    """A composed reference to a labelled paragraph; a near one leaves out the Pasal it stands in itself."""

    look: Look
    name: str
    near: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Field:
    """A REF field that Word's own dialog made: the bookmark, the whole instruction, and the text it has now."""

    look: Look
    bookmark: str
    instruction: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Bookmark:
    """One end of a bookmark in a loop, where every pass needs a number and a name of its own."""

    key: str
    name: str
    opens: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Restart:
    """The next paragraph of a list begins at one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ListSlot:
    """The place in a paragraph's properties that ties it to a list; `markup` is what stands there otherwise."""

    markup: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """The beginning of a paragraph that is numbered or names a place.

    `kind` is "pasal" for a level of the articles, "isi" for unnumbered text of an article, "named" for a place that is
    called `name`, "" for other lists. `word` stands before its number in a reference. `list_id` is "" without a number.
    """

    list_id: str = ""
    level: int = 0
    kind: str = ""
    name: str = ""
    word: str = ""
    bookmarks: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Closing:
    """The end of a numbered paragraph, where a bookmark around it ends."""

    opening: Opening


@dataclass(frozen=True, kw_only=True, slots=True)
class Openings:
    """Beginnings of paragraphs around which no bookmark is ever needed; they keep no place in the output.

    `counted` are those whose number a reference may need; the others only name places of what is missing.
    """

    all: tuple[Opening, ...]
    counted: tuple[Opening, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """A paragraph that goes away when nothing of it is seen."""

    body: "Steps"


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """A table or row that goes away when no row or cell of it is left."""

    head: str
    body: "Steps"
    tail: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """What is in a cell; `otherwise` is the paragraph it gets when it does not end with one."""

    body: "Steps"
    otherwise: str


@dataclass(frozen=True, kw_only=True, slots=True)
class SharedWidth:
    """A table whose cells come from a loop: the columns share its width in twips."""

    total: int
    body: "Steps"


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """The columns of such a table."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RowOfShared:
    """The beginning of a row of such a table."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CellWidth:
    """The width of a cell of such a table."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DrawingNumber:
    """The number of a picture or shape, unique in the file."""


Step = (
    Raw
    | Text
    | Value
    | Choice
    | Loop
    | Label
    | Reference
    | Field
    | Bookmark
    | Restart
    | ListSlot
    | Opening
    | Closing
    | Openings
    | Paragraph
    | Kept
    | Cell
    | SharedWidth
    | Grid
    | RowOfShared
    | CellWidth
    | DrawingNumber
)
Steps = Sequence[Step]
