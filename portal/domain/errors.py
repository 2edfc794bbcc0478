"""Refusals of the domain. Each carries a message id and values; the edge turns it into the reader's language."""

from collections.abc import Mapping


class PortalError(Exception):
    """A refusal with a sentence.

    `message` is the Indonesian source sentence (also the id in the catalogue) with named placeholders
    in percent style, `values` fill them, `field` names the form field it belongs to, if any.
    """

    def __init__(self, message: str, *, field: str | None = None, **values: object) -> None:
        """Keep the sentence and its values apart, so that it can be translated."""
        super().__init__(message % values if values else message)
        self.message = message
        self.values: Mapping[str, object] = values
        self.field = field


class RuleBroken(PortalError):
    """What was asked is against a rule; the sentence says what to do instead."""


class NotAllowed(PortalError):
    """The person may not do this; the sentence says who may."""


class NotFound(PortalError):
    """There is no such record, or the person may not know that there is."""

    def __init__(self, message: str = "Halaman atau data tidak ditemukan.") -> None:
        """Say the one sentence that never tells absent from foreign."""
        super().__init__(message)


class Conflict(PortalError):
    """Somebody else changed the record in the meantime."""
