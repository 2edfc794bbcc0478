"""How headers of mails are made and folded: as the standard library does it, with what recurs kept.

The library makes a new class for every header of every mail, and parses and folds the same sender each time.
"""

from email.headerregistry import HeaderRegistry
from email.policy import EmailPolicy
from functools import lru_cache
from typing import Any

LINE_END = "\r\n"
RECURRING = frozenset(
    {"from", "reply-to", "auto-submitted", "mime-version", "content-type", "content-transfer-encoding"}
)
"""Headers whose values come again in the next mail."""


def _recurs(name: str, value: object) -> bool:
    return name.lower() in RECURRING and isinstance(value, str) and "boundary" not in value


class _Headers(HeaderRegistry):
    """A registry that keeps its classes, and the headers that recur: they are texts and never change."""

    def __getitem__(self, name: str) -> Any:
        return _class(name)

    def __call__(self, name: str, value: Any) -> Any:
        return _header(name, str(value)) if _recurs(name, value) else _class(name)(name, value)


class _Policy(EmailPolicy):
    """The policy of mails on the wire; it keeps the lines of headers that recur."""

    def fold_binary(self, name: str, value: Any) -> bytes:
        """Return the lines of a header."""
        if self.linesep == LINE_END and not self.utf8 and _recurs(name, value):
            return _folded(name, str(value))
        return super().fold_binary(name, value)


_STANDARD = HeaderRegistry()
_PLAIN = EmailPolicy(linesep=LINE_END, header_factory=_STANDARD)
POLICY = _Policy(linesep=LINE_END, header_factory=_Headers())


@lru_cache(maxsize=64)
def _class(name: str) -> Any:
    return _STANDARD[name]


@lru_cache(maxsize=64)
def _header(name: str, value: str) -> Any:
    return _class(name)(name, value)


@lru_cache(maxsize=64)
def _folded(name: str, value: str) -> bytes:
    return _PLAIN.fold_binary(name, _header(name, value))
