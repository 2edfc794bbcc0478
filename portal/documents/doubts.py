"""What is doubtful in a template though it can be printed: warnings for the person who keeps it."""

from collections.abc import Mapping, Sequence

from portal.documents.location import Located
from portal.documents.reading import Reading
from portal.documents.templates import Template


def of_part(located: Located) -> None:
    """Look at one part before its tags are read."""


def of_template(template: Template, parts: Mapping[str, bytes], located: Sequence[Located], reading: Reading) -> None:
    """Look at the whole once its tags were read."""
