"""The changes that `tests.proof.mutants` makes: each kind, one at a time, and only where something is done."""

import ast
from pathlib import Path

import pytest

from tests.proof import mutants
from tests.proof.mutator import Mutant, sample
from tests.proof.mutator import mutants as changes_of


@pytest.mark.parametrize(
    ("line", "changes"),
    [
        ("a < b", ["a < b -> a <= b"]),
        ("a is None", ["a is None -> a is not None"]),
        ("a in b and c", ["a in b -> a not in b", "a in b and c -> a in b or c"]),
        ("not a", ["not a -> a"]),
        ("a + 3", ["3 -> 2", "3 -> 4", "a + 3 -> a - 3"]),
        ("True", ["True -> False"]),
    ],
)
def test_each_kind_of_change_is_made(line: str, changes: list[str]):
    found = changes_of(f"x = {line}\n")
    assert sorted(each.change for each in found) == sorted(changes)
    assert len({each.text for each in found}) == len(found)


def test_statements_are_left_out_and_answers_forgotten():
    text = "def f(a: int = 0) -> int:\n    'Say 1.'\n    g(a)\n    if a:\n        raise KeyError\n    return a\n"
    found = {each.line: each.text for each in changes_of(text) if "-> pass" in each.change or "None" in each.change}
    assert sorted(found) == [3, 5, 6]
    assert "g(a)" not in found[3]
    assert "raise" not in found[5]
    assert "return None" in found[6]


def test_what_is_only_read_by_people_and_checkers_is_left_alone():
    text = (
        "from a import b\nx: Literal[1]\n'''Say 2.'''\nif TYPE_CHECKING:\n    y = 3\n@cache(4)\ndef f() -> T[5]: ...\n"
    )
    assert changes_of(text) == []


def test_the_same_seed_draws_the_same_changes_and_one_differs_from_the_file_in_one_place():
    text = (mutants.ROOT / "portal/domain/secret.py").read_text("utf-8")
    drawn = sample(text, most=9, seed=4)
    assert drawn == sample(text, most=9, seed=4) != sample(text, most=9, seed=5)
    plain = ast.unparse(ast.parse(text)).splitlines()
    for each in drawn:
        assert sum(line not in plain for line in each.text.splitlines()) <= 1, each.change


@pytest.mark.parametrize("module", sorted(mutants.TESTS))
def test_every_module_and_its_tests_are_there(module: str):
    assert (mutants.ROOT / module).is_file()
    for test in mutants.TESTS[module]:
        assert (mutants.ROOT / test.partition("::")[0]).is_file(), test


def test_a_survivor_that_is_excused_is_still_a_change_of_its_module():
    excused: dict[str, set[str]] = {}
    for module, change in mutants.excuses():
        excused.setdefault(module, set()).add(change)
    for module, changes in excused.items():
        made = {each.change for each in changes_of((mutants.ROOT / module).read_text("utf-8"))}
        assert not changes - made, f"{module}: {changes - made} is no longer made"


def test_a_hanging_or_failing_tree_has_failed_and_a_good_one_has_not(tmp_path: Path):
    for name, body in {"good": "pass", "bad": "assert False", "slow": "import time; time.sleep(60)"}.items():
        (tmp_path / f"test_{name}.py").write_text(f"def test_it():\n    {body}\n")
    answers = {name: mutants.outcome(tmp_path, (f"test_{name}.py",), seconds=20) for name in ("good", "bad")}
    assert answers == {"good": 0, "bad": 1}
    assert mutants.outcome(tmp_path, ("test_slow.py",), seconds=4) == 1


@pytest.mark.parametrize("named", ["test_it.py::test_gone", "test_gone.py::test_it"])
def test_tests_that_are_not_found_say_nothing_about_a_change(tmp_path: Path, monkeypatch, named: str):
    (tmp_path / "test_it.py").write_text("from module import said\n\n\ndef test_it():\n    assert said() == 1\n")
    monkeypatch.setitem(mutants.TESTS, "module.py", ("test_it.py",))
    look = mutants.Look(20, {named: frozenset({2})})
    for number, survives in ((1, True), (2, False)):
        changed = Mutant(line=2, lines=frozenset({2}), change="", text=f"def said():\n    return {number}\n")
        assert mutants.survives(tmp_path, "module.py", look, changed) is survives
