"""Every code of the domain has a word, and every table of stages covers its enum."""

import importlib
import pkgutil
from collections.abc import Iterator
from enum import StrEnum
from types import ModuleType

import pytest

from portal import domain
from portal.domain import wording
from portal.domain.lifecycle import Transitions

# Names of things that no page shows.
WITHOUT_WORDS: set[type[StrEnum]] = set()


def domain_modules() -> Iterator[ModuleType]:
    """Every module of the domain, packages included."""
    for found in pkgutil.walk_packages(domain.__path__, "portal.domain."):
        yield importlib.import_module(found.name)


def enums() -> list[type[StrEnum]]:
    """Every enum that the domain itself defines."""
    found = {
        value
        for module in domain_modules()
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, StrEnum) and value.__module__.startswith("portal.domain")
    }
    return sorted(found, key=lambda kind: kind.__qualname__)


def tables() -> list[tuple[str, Transitions]]:
    """Every table of stages, by the name it has in its module."""
    found = {
        f"{module.__name__}.{name}": value
        for module in domain_modules()
        for name, value in vars(module).items()
        if isinstance(value, Transitions)
    }
    return sorted(found.items())


@pytest.mark.parametrize("kind", enums(), ids=lambda kind: kind.__qualname__)
def test_every_member_has_a_word(kind: type[StrEnum]):
    if kind in WITHOUT_WORDS:
        assert kind not in wording.LABELS
        return
    missing = [member.name for member in kind if not wording.LABELS.get(kind, {}).get(member, "").strip()]
    assert not missing, f"write labels of {kind.__qualname__} in portal/domain/wording: {missing}"


@pytest.mark.parametrize("kind", enums(), ids=lambda kind: kind.__qualname__)
def test_two_members_never_share_a_word(kind: type[StrEnum]):
    words = list(wording.LABELS.get(kind, {}).values())
    assert len(words) == len(set(words))


@pytest.mark.parametrize("kind", enums(), ids=lambda kind: kind.__qualname__)
def test_stored_codes_are_short_and_plain(kind: type[StrEnum]):
    bad = [member.value for member in kind if len(member.value) > 32 or " " in member.value]
    assert not bad


@pytest.mark.parametrize(("name", "table"), tables(), ids=[name for name, _ in tables()])
def test_a_table_of_stages_covers_its_enum(name: str, table: Transitions):
    kind = type(next(iter(table.table)))
    assert set(table.table) == set(kind)
    targets = {after for ways in table.table.values() for after in ways}
    assert targets <= set(kind)


@pytest.mark.parametrize(("name", "table"), tables(), ids=[name for name, _ in tables()])
def test_every_stage_can_be_reached_from_the_first(name: str, table: Transitions):
    first = next(iter(type(next(iter(table.table)))))
    reached, edge = {first}, {first}
    while edge:
        edge = {after for stage in edge for after in table.table[stage]} - reached
        reached |= edge
    assert reached == set(table.table)


def test_there_are_tables_of_stages():
    assert len(tables()) >= 2
