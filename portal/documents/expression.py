"""The little language inside tags: names, comparisons, filters. It is closed: no calls, no arithmetic, no objects.

An expression becomes a closure once, when the template is compiled. Only plain values can be reached: texts, numbers,
flags, records and lists (design: documents §8.2).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import NoneType
from typing import Any, Final

from portal.documents.filters import FILTERS
from portal.documents.findings import nearest
from portal.documents.refusal import TagRefused
from portal.documents.schema import ANYTHING, LOOP_WORDS, Shape
from portal.domain.marking import N_

Scope = Mapping[str, Any]
Step = str | int

DEEPEST: Final = 20
"""Brackets and negations within one another; more is a mistake or an attack."""

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>"[^"]*"|'[^']*')|(?P<number>\d{1,15})|(?P<name>[A-Za-z_][A-Za-z0-9_]*)"""
    r"""|(?P<sign>==|!=|<=|>=|<|>|[().|\[\]]))"""
)
_COMPARE: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "<": lambda a, b: a is not None and b is not None and a < b,
    ">": lambda a, b: a is not None and b is not None and a > b,
    "<=": lambda a, b: a is not None and b is not None and a <= b,
    ">=": lambda a, b: a is not None and b is not None and a >= b,
}
_WORDS: Final = {"dan": "dan", "and": "dan", "atau": "atau", "or": "atau", "bukan": "bukan", "not": "bukan"}
_CONSTANTS: Final[Mapping[str, Any]] = {
    "benar": True,
    "true": True,
    "True": True,
    "salah": False,
    "false": False,
    "False": False,
    "kosong": None,
    "none": None,
    "None": None,
}
_PLAIN: Final = frozenset({str, int, float, bool, NoneType, dict, list, tuple})
_EMPTY: Final[tuple[object, ...]] = ("", [], ())


@dataclass(frozen=True, kw_only=True, slots=True)
class Expression:
    """A checked expression: how to get its value, and the name it begins with; `bare` is a name alone."""

    source: str
    value: Callable[[Scope], Any]
    path: tuple[Step, ...] = ()
    shape: Shape | None = None
    bare: bool = False

    def owner(self, scope: Scope) -> Any:
        """Give the record that holds the value, for the label of what is missing."""
        return walker(self.path[:-1])(scope) if len(self.path) > 1 else scope

    def is_beyond(self, scope: Scope) -> bool:
        """Tell whether the name leads beyond the end of a list, as for the partner of an odd last party."""
        return any(isinstance(step, int) for step in self.path) and self.owner(scope) is None


def read(source: str, names: Mapping[str, Shape], *, used: set[str] | None = None) -> Expression:
    """Read one expression against the names that are known here; raises TagRefused with a sentence.

    The paths of the names it uses are added to `used`.
    """
    reader = _Reader(source, names, set() if used is None else used)
    made = reader.either()
    if reader.ahead is not None:
        raise _not_understood(reader.ahead)
    return made


class _Reader:
    """Recursive descent over the tokens of one expression."""

    def __init__(self, source: str, names: Mapping[str, Shape], used: set[str]) -> None:
        self._source = source
        self._names = names
        self._used = used
        self._tokens = _tokens(source)
        self._depth = 0
        self.ahead: str | None = None
        self._kind = ""
        self._step()

    def either(self) -> Expression:
        left = self._both()
        while _word(self.ahead, self._kind) == "atau":
            self._step()
            left = self._made(_either_of(left.value, self._both().value))
        return left

    def _both(self) -> Expression:
        left = self._negated()
        while _word(self.ahead, self._kind) == "dan":
            self._step()
            left = self._made(_both_of(left.value, self._negated().value))
        return left

    def _negated(self) -> Expression:
        if _word(self.ahead, self._kind) != "bukan":
            return self._compared()
        self._step()
        with_depth = self._deeper(self._negated)
        inner = with_depth.value
        return self._made(lambda scope: not inner(scope))

    def _compared(self) -> Expression:
        left = self._filtered()
        if self.ahead not in _COMPARE or self._kind != "sign":
            return left
        compare = _COMPARE[self._step()]
        first, second = left.value, self._filtered().value
        return self._made(lambda scope: compare(first(scope), second(scope)))

    def _filtered(self) -> Expression:
        made = self._primary()
        while self.ahead == "|":
            self._step()
            name = self._step()
            made = self._defaulted(made) if name in {"baku", "default"} else self._through(made, name)
        return made

    def _through(self, inner: Expression, name: str) -> Expression:
        if name not in FILTERS:
            raise TagRefused(
                "T106",
                N_("Penyaring “%(name)s” tidak dikenal."),
                suggestion=nearest(name, [*FILTERS, "baku"]),
                name=name,
            )
        change, before = FILTERS[name], inner.value

        def value(scope: Scope) -> Any:
            found = before(scope)
            return None if is_missing(found) else change(found)

        shape = inner.shape
        if name == "pasangkan" and shape is not None and shape.item is not None:
            return replace(inner, value=value, shape=replace(shape, item=Shape(path=shape.path, item=shape.item)))
        return Expression(source=self._source, value=value, path=inner.path, shape=shape)

    def _defaulted(self, inner: Expression) -> Expression:
        self._expect("(")
        fallback = self._primary().value
        self._expect(")")
        before = inner.value

        def value(scope: Scope) -> Any:
            found = before(scope)
            return fallback(scope) if is_missing(found) else found

        return Expression(source=self._source, value=value, path=inner.path, shape=inner.shape)

    def _primary(self) -> Expression:
        kind, token = self._kind, self._step()
        if kind in {"text", "number"}:
            constant: str | int = token[1:-1] if kind == "text" else int(token)
            return self._made(lambda _: constant)
        if kind == "sign" and token.startswith("("):
            inner = self._deeper(self.either)
            self._expect(")")
            return inner
        if kind != "name" or token in _WORDS:
            raise _not_understood(token)
        if token in _CONSTANTS:
            known = _CONSTANTS[token]
            return self._made(lambda _: known)
        return self._path(token)

    def _path(self, first: str) -> Expression:
        first = "putaran" if first == "loop" and "loop" not in self._names else first
        steps: list[Step] = [first]
        shape = self._names.get(first)
        _check_name(first, self._names, shape, first)
        while shape is not None and self.ahead in {".", "["}:
            if self._step() == ".":
                name = LOOP_WORDS.get(self.ahead or "", self.ahead or "") if first == "putaran" else self.ahead or ""
                self._step()
                known, shape = shape.fields, shape if shape is ANYTHING else shape.fields.get(name)
                steps.append(name)
                _check_name(name, known, shape, said(steps))
            else:
                steps.append(self._index())
                shape = shape if shape is ANYTHING else shape.item
        if shape is None:
            raise TagRefused("T110", N_("“%(name)s” bukan daftar."), name=said(steps[:-1]))
        path = tuple(steps)
        self._used.add(shape.path)
        return Expression(source=self._source, value=walker(path), path=path, shape=shape, bare=True)

    def _index(self) -> int:
        number = self._step()
        if not number.isdecimal():
            raise _not_understood(number)
        self._expect("]")
        return int(number)

    def _made(self, value: Callable[[Scope], Any]) -> Expression:
        return Expression(source=self._source, value=value)

    def _deeper(self, read_inner: Callable[[], Expression]) -> Expression:
        self._depth += 1
        if self._depth > DEEPEST:
            raise TagRefused("T135", N_("Kurung atau “bukan” bersarang lebih dari %(most)s tingkat."), most=DEEPEST)
        made = read_inner()
        self._depth -= 1
        return made

    def _step(self) -> str:
        token = self.ahead
        self._kind, self.ahead = next(self._tokens, ("", None))
        return token or ""

    def _expect(self, sign: str) -> None:
        if self._step() != sign:
            raise TagRefused("T105", N_("Kurang tanda “%(sign)s”."), sign=sign)


def is_missing(value: Any) -> bool:
    """Tell whether a value is not known: nothing, an empty text, an empty list (zero and false are known)."""
    return value is None or value in _EMPTY


def said(path: tuple[Step, ...] | list[Step]) -> str:
    """Write a path as a template writes it, "tanda_tangan[0].nama"."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")


def walker(path: tuple[Step, ...]) -> Callable[[Scope], Any]:
    """Make the function that follows a path; whatever is no plain value counts as nothing and is never touched."""
    if len(path) == 1 and isinstance(path[0], str):
        first = path[0]

        def value(scope: Scope) -> Any:
            found = scope.get(first)
            return found if type(found) in _PLAIN else None

        return value

    def deep(scope: Scope) -> Any:
        found: Any = scope
        for step in path:
            if type(found) is dict:
                found = found.get(step)
            elif type(step) is int and type(found) in {list, tuple}:
                found = found[step] if step < len(found) else None
            else:
                return None
        return found if type(found) in _PLAIN else None

    return deep


def _either_of(first: Callable[[Scope], Any], second: Callable[[Scope], Any]) -> Callable[[Scope], Any]:
    return lambda scope: first(scope) or second(scope)


def _both_of(first: Callable[[Scope], Any], second: Callable[[Scope], Any]) -> Callable[[Scope], Any]:
    return lambda scope: first(scope) and second(scope)


def _word(token: str | None, kind: str) -> str | None:
    """Read a token as one of the words that join conditions."""
    return _WORDS.get(token or "") if kind == "name" else None


def _check_name(name: str, known: Mapping[str, Shape], shape: Shape | None, whole: str) -> None:
    if name.startswith("_"):
        raise TagRefused("T108", N_("Nama “%(name)s” tidak dikenal: nama tidak boleh diawali garis bawah."), name=whole)
    if shape is None:
        raise TagRefused("T107", N_("Nama “%(name)s” tidak dikenal."), suggestion=nearest(name, known), name=whole)


def _not_understood(sign: str) -> TagRefused:
    if not sign:
        return TagRefused("T104", N_("Tag ini belum selesai, jadi tidak dimengerti."))
    return TagRefused("T104", N_("Tanda “%(sign)s” tidak dimengerti."), sign=sign)


def _tokens(source: str) -> Iterator[tuple[str, str]]:
    place = 0
    source = source.rstrip()
    while place < len(source):
        found = _TOKEN.match(source, place)
        if found is None:
            raise _not_understood(source[place:].strip())
        yield found.lastgroup or "", found[found.lastgroup or 0]
        place = found.end()
