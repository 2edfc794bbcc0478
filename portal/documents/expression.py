"""The little language inside tags: names, comparisons, filters. It is closed: no calls, no arithmetic."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from portal.documents.filters import FILTERS
from portal.documents.refusal import TemplateRefused
from portal.documents.schema import Shape

Scope = Mapping[str, Any]

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"[^"]*"|'[^']*')|(?P<number>\d+)|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"""
    r"""|(?P<sign>==|!=|<=|>=|<|>|[().|]))"""
)
_COMPARE: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a is not None and b is not None and a < b,
    ">": lambda a, b: a is not None and b is not None and a > b,
    "<=": lambda a, b: a is not None and b is not None and a <= b,
    ">=": lambda a, b: a is not None and b is not None and a >= b,
}
_WORDS: Final = frozenset({"dan", "atau", "bukan"})
_CONSTANTS: Final[Mapping[str, Any]] = {"benar": True, "salah": False, "kosong": None}
_CURLY: Final = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " "})


@dataclass(frozen=True, kw_only=True, slots=True)
class Expression:
    """A checked expression: how to get its value, and the name it begins with; `bare` is a name alone."""

    source: str
    value: Callable[[Scope], Any]
    path: tuple[str, ...] = ()
    shape: Shape | None = None
    bare: bool = False

    def owner(self, scope: Scope) -> Any:
        """Give the record that holds the value, for the label of what is missing."""
        return _walk(self.path[:-1], scope) if len(self.path) > 1 else scope


def read(source: str, names: Mapping[str, Shape]) -> Expression:
    """Read one expression against the names that are known here; raises TemplateRefused with a sentence."""
    reader = _Reader(source.translate(_CURLY), names)
    made = reader.either()
    if reader.ahead is not None:
        raise TemplateRefused("Tanda “%(sign)s” tidak dimengerti.", sign=reader.ahead)
    return made


class _Reader:
    """Recursive descent over the tokens of one expression."""

    def __init__(self, source: str, names: Mapping[str, Shape]) -> None:
        self._source = source
        self._names = names
        self._tokens = _tokens(source)
        self.ahead: str | None = None
        self._kind = ""
        self._step()

    def either(self) -> Expression:
        left = self._both()
        while self.ahead == "atau":
            self._step()
            left = self._pair(left, self._both(), lambda a, b: a or b)
        return left

    def _both(self) -> Expression:
        left = self._negated()
        while self.ahead == "dan":
            self._step()
            left = self._pair(left, self._negated(), lambda a, b: a and b)
        return left

    def _negated(self) -> Expression:
        if self.ahead != "bukan":
            return self._compared()
        self._step()
        inner = self._negated()
        return self._made(lambda scope: not inner.value(scope))

    def _compared(self) -> Expression:
        left = self._filtered()
        if self.ahead not in _COMPARE or self._kind != "sign":
            return left
        compare = _COMPARE[self._step()]
        right = self._filtered()
        return self._made(lambda scope: compare(left.value(scope), right.value(scope)))

    def _filtered(self) -> Expression:
        made = self._primary()
        while self.ahead == "|":
            self._step()
            name = self._step()
            made = self._defaulted(made) if name == "baku" else self._through(made, name)
        return made

    def _through(self, inner: Expression, name: str) -> Expression:
        if name not in FILTERS:
            raise TemplateRefused("Penyaring “%(name)s” tidak dikenal.", name=name)
        change = FILTERS[name]

        def value(scope: Scope) -> Any:
            found = inner.value(scope)
            return None if is_missing(found) else change(found)

        return Expression(source=self._source, value=value, path=inner.path, shape=inner.shape)

    def _defaulted(self, inner: Expression) -> Expression:
        self._expect("(")
        fallback = self._primary()
        self._expect(")")

        def value(scope: Scope) -> Any:
            found = inner.value(scope)
            return fallback.value(scope) if is_missing(found) else found

        return Expression(source=self._source, value=value, path=inner.path, shape=inner.shape)

    def _primary(self) -> Expression:
        kind, token = self._kind, self._step()
        if kind == "text":
            return self._made(lambda _: token[1:-1])
        if kind == "number":
            return self._made(lambda _: int(token))
        if kind == "sign" and token.startswith("("):
            inner = self.either()
            self._expect(")")
            return inner
        if kind != "name" or token in _WORDS:
            raise TemplateRefused("Tanda “%(sign)s” tidak dimengerti.", sign=token)
        if token in _CONSTANTS:
            return self._made(lambda _: _CONSTANTS[token])
        return self._path(token)

    def _path(self, first: str) -> Expression:
        steps = [first]
        shape = self._names.get(first)
        while shape is not None and self.ahead == ".":
            self._step()
            steps.append(self._step())
            shape = shape.fields.get(steps[-1])
        if shape is None:
            raise TemplateRefused("Nama “%(name)s” tidak dikenal.", name=".".join(steps))
        path = tuple(steps)
        return Expression(
            source=self._source, value=lambda scope: _walk(path, scope), path=path, shape=shape, bare=True
        )

    def _pair(self, left: Expression, right: Expression, join: Callable[[Any, Any], Any]) -> Expression:
        return self._made(lambda scope: join(left.value(scope), right.value(scope)))

    def _made(self, value: Callable[[Scope], Any]) -> Expression:
        return Expression(source=self._source, value=value)

    def _step(self) -> str:
        token = self.ahead
        self._kind, self.ahead = next(self._tokens, ("", None))
        return token or ""

    def _expect(self, sign: str) -> None:
        if self._step() != sign:
            raise TemplateRefused("Kurang tanda “%(sign)s”.", sign=sign)


def is_missing(value: Any) -> bool:
    """Tell whether a value is not known: nothing, an empty text, an empty list (zero and false are known)."""
    return value is None or value in ("", [], ())


def _walk(path: tuple[str, ...], scope: Any) -> Any:
    found = scope
    for step in path:
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _tokens(source: str) -> Iterator[tuple[str, str]]:
    place = 0
    source = source.rstrip()
    while place < len(source):
        found = _TOKEN.match(source, place)
        if found is None:
            raise TemplateRefused("Tanda “%(sign)s” tidak dimengerti.", sign=source[place:].strip())
        yield found.lastgroup or "", found[found.lastgroup or 0]
        place = found.end()
