"""The checklist of OWASP ASVS 5.0, levels 1 and 2: what applies has evidence that exists, or says why not."""

import ast
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from tests.harness import source
from tests.harness.telling import Tell

LIST = tomllib.loads(Path(__file__).with_name("level2.toml").read_text("utf-8"))["requirement"]
LEVELS = {1: 70, 2: 183}
"""So many requirements each level of version 5.0 adds."""
LEAST_MET = 0.9


@lru_cache
def functions(name: str) -> frozenset[str]:
    """The names of the functions of a test file."""
    return frozenset(
        node.name
        for node in ast.walk(ast.parse((source.ROOT / name).read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    )


def faults(one: dict[str, Any]) -> list[str]:
    """What is wrong with an entry."""
    if not one["applies"]:
        return [] if one.get("why") else ["says not why it does not apply"]
    if not one.get("says"):
        return ["says not what is asked"]
    if one.get("open"):
        return ["is open and has evidence"] if one.get("evidence") else []
    if not one.get("control") or not one.get("evidence"):
        return ["has no control or no evidence"]
    wrong = []
    for evidence in one["evidence"]:
        name, _, test = evidence.partition("::")
        if not (source.ROOT / name).is_file():
            wrong.append(f"{name} is not there")
        elif test and test not in functions(name):
            wrong.append(f"{evidence} is not there")
    return wrong


def test_every_requirement_has_evidence_or_a_reason(tell: Tell):
    wrong = [f"{one['id']} {fault}" for one in LIST for fault in faults(one)]
    applicable = [one for one in LIST if one["applies"]]
    unmet = [one for one in applicable if one.get("open")]
    share = 1 - len(unmet) / len(applicable)
    tell(
        "ASVS 5.0, levels 1 and 2",
        [
            f"{len(LIST)} requirements, {len(applicable)} apply, {share:.1%} of these met",
            *(f"open: {one['id']} {one['open']}" for one in unmet),
        ],
    )
    assert wrong == []
    assert share >= LEAST_MET


@pytest.mark.parametrize("level", LEVELS)
def test_the_list_is_complete_and_names_each_requirement_once(level: int):
    numbers = [one["id"] for one in LIST]
    assert len(set(numbers)) == len(numbers)
    assert sum(one["level"] == level for one in LIST) == LEVELS[level]


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ({"applies": True, "says": "x", "control": "y"}, "no evidence"),
        ({"applies": True, "says": "x", "control": "y", "evidence": ["tests/none.py"]}, "not there"),
        (
            {"applies": True, "says": "x", "control": "y", "evidence": ["tests/asvs/test_level2.py::nothing"]},
            "not there",
        ),
        ({"applies": False}, "not why"),
    ],
)
def test_a_requirement_without_evidence_would_be_found(entry: dict[str, Any], fault: str):
    assert fault in " ".join(faults(entry))
