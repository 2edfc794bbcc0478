"""Do the tests notice a wrong change? `python -m tests.proof.mutants [--module portal/…] [--most 200] [--seed 1]`.

In a copy of the tree one small thing is changed at a time in planner, scope and sign-in, and only the tests that
concern the module are run: first those that reach the changed lines, the quickest before the others, and if none of
them notices, all of them. A change that no test notices is a survivor: it is printed with its place. Survivors that do
no harm are listed with a reason in `survivors.toml` and counted apart (design: platform E36).
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from tests.proof.mutator import Mutant, sample

ROOT = Path(__file__).resolve().parents[2]
COPIED = (
    "portal",
    "templates",
    "doc_templates",
    "migrations",
    "tests",
    "pyproject.toml",
    "README.md",
    "run.py",
    "wsgi.py",
)
SURVIVORS = Path(__file__).with_name("survivors.toml")
REACHED = "reached.json"
"""The file of a tree that says which test reaches which line."""
COMPILED = "compiled"
"""The folder of a tree with what Python compiled of it."""
SECONDS = 900
"""So long the tests of a module may take before anything is changed."""
MOST_NAMED = 400
"""So many tests are named one by one to pytest; more are run by their files."""
LEAST_KILLED = 0.9
NOTHING_RAN = (4, 5)
"""What pytest answers where it did not find the tests that were named: it says nothing about a change."""

_PLANS = (
    "tests/domain/test_ladders_as_written.py",
    "tests/domain/test_reminder_ladder.py",
    "tests/domain/test_ladder_effect.py",
    "tests/services/test_plan_equals_rule.py",
    "tests/services/test_reminders_sweep.py",
    "tests/services/test_reminders_return.py",
    "tests/services/test_paper_reminders.py",
    "tests/services/test_stand_ins.py",
    "tests/services/test_plan_changes.py",
    "tests/services/test_plan_locks.py",
    "tests/services/test_reminder_decisions.py",
)
_WALLS = (
    "tests/models/test_scope.py",
    "tests/models/test_scope_criteria.py",
    "tests/models/test_scope_of_boards.py",
    "tests/models/test_row_walls.py",
    "tests/models/test_row_walls_raised.py",
)
_DOOR = (
    "tests/services/test_sign_in.py",
    "tests/services/test_accounts.py",
    "tests/services/test_lockout.py",
    "tests/web/test_sign_in.py",
    "tests/web/test_sign_in_attacks.py",
    "tests/services/test_users.py",
    "tests/web/test_password_reset.py",
    "tests/web/staff/test_personal_data.py",
)
_PROOFS = ("tests/services/test_proofs.py", "tests/web/test_legal_acts.py")
_APPS = ("tests/services/test_authenticators.py", "tests/web/test_authenticator.py")
_CODES = ("tests/services/test_second_steps.py", "tests/web/test_second_step.py")
_WORDS = ("tests/domain/test_password.py", "tests/services/test_passwords.py")

TESTS: dict[str, tuple[str, ...]] = {
    "portal/domain/reminder.py": _PLANS,
    "portal/services/planning.py": _PLANS,
    "portal/services/plan_agenda.py": ("tests/services/test_plan_agenda.py", *_PLANS),
    "portal/services/plan_statements.py": _PLANS,
    "portal/models/scope.py": _WALLS,
    "portal/models/scope_lists.py": _WALLS,
    "portal/models/scope_criteria.py": _WALLS,
    "portal/models/row_walls.py": _WALLS,
    "portal/domain/password.py": _WORDS,
    "portal/domain/secret.py": ("tests/domain/test_secret.py",),
    "portal/domain/policy.py": ("tests/domain/test_policy.py",),
    "portal/services/accounts.py": _DOOR,
    "portal/services/sign_in.py": _DOOR,
    "portal/services/locks.py": ("tests/services/test_locks.py", "tests/services/test_lockout.py"),
    "portal/services/attempts.py": ("tests/services/test_locks.py", "tests/web/public/test_calendar_feed.py"),
    "portal/services/second_steps.py": _CODES,
    "portal/services/passwords.py": (*_WORDS, *_DOOR),
    "portal/services/authenticators.py": _APPS,
    "portal/services/proofs.py": _PROOFS,
    "portal/services/sealing.py": ("tests/services/test_sealing.py",),
}
"""The tests that concern a module, those that fail soonest first."""


@dataclass
class Account:
    """What came of the mutants of one module."""

    module: str
    killed: int = 0
    excused: int = 0
    survivors: list[Mutant] = field(default_factory=list)

    def told(self) -> str:
        """Say how large a part of those that could be noticed was noticed, and of nothing that it is whole."""
        tried = self.killed + len(self.survivors)
        share = f"{self.killed / tried:.0%}" if tried else "nothing was tried"
        return f"{self.killed} noticed, {len(self.survivors)} survived, {self.excused} do no harm: {share}"


@dataclass(frozen=True)
class Look:
    """What the tests of a module do before anything is changed."""

    seconds: float
    """So long they may take when something is changed."""
    reached: dict[str, frozenset[int]]
    """The lines of the module that each test reaches, the quickest test first."""

    def of(self, mutant: Mutant) -> tuple[str, ...]:
        """Return the tests that reach what is changed, the quickest first; none where it is done by the import."""
        found = tuple(test for test, lines in self.reached.items() if not lines.isdisjoint(mutant.lines))
        return found if len(found) <= MOST_NAMED else ()


def excuses() -> dict[tuple[str, str], str]:
    """The reason of each survivor that does no harm, by module and change."""
    listed = tomllib.loads(SURVIVORS.read_text("utf-8")).get("survivor", [])
    return {(one["module"], one["change"]): one["why"] for one in listed}


def copy_tree(folder: Path) -> Path:
    """Copy what the tests need, so that nothing of the real tree is ever changed."""
    for name in COPIED:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    return folder


def outcome(
    tree: Path, tests: tuple[str, ...], *, seconds: float, told: Path | None = None, watched: str | None = None
) -> int:
    """Return pytest's answer to tests in a tree, 0 where all pass; what they say is written to `told`.

    What hangs is ended and has failed.

    Only the run that tells, before anything is changed, keeps what it compiles: by its time and size a changed file
    may look like the one before. Of a module that is `watched` it is written down which test reaches which line.
    """
    once = {"PYTHONDONTWRITEBYTECODE": "" if told else "1", "PYTHONPYCACHEPREFIX": str(tree / COMPILED)}
    words = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:randomly"]
    if watched:
        once |= {"REACHED_FILE": str(tree / watched), "REACHED_TO": str(tree / REACHED)}
        words += ["-p", "tests.proof.reached"]
    with (told or Path(os.devnull)).open("w") as output:
        run = subprocess.Popen(
            [*words, "-p", "no:xdist", "--hypothesis-seed=1", *tests],
            cwd=tree,
            env={**os.environ, "PYTHONPATH": str(tree), **once},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            return run.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(run.pid, signal.SIGKILL)
            run.wait()
            return 1


def first_look(tree: Path, module: str) -> Look:
    """Run the tests of a module while nothing is changed: how long they take, and which of them reach which line."""
    told, begun = tree / "told.txt", time.monotonic()
    if outcome(tree, TESTS[module], seconds=SECONDS, told=told, watched=module):
        raise SystemExit(f"{module}: its tests fail before anything is changed\n{told.read_text()[-2000:]}")
    for compiled in (tree / COMPILED).rglob(f"{Path(module).stem}.*.pyc"):
        compiled.unlink()
    reached = json.loads((tree / REACHED).read_text("utf-8"))
    seconds = 4 * (time.monotonic() - begun) + 20
    return Look(seconds, {test: frozenset(lines) for test, lines in reached.items()})


def survives(tree: Path, module: str, look: Look, mutant: Mutant) -> bool:
    """Whether no test of a module notices a change: neither those that reach it nor all of them."""
    (tree / module).write_text(mutant.text, "utf-8")
    named = look.of(mutant)
    if named and outcome(tree, named, seconds=look.seconds) not in {0, *NOTHING_RAN}:
        return False
    return outcome(tree, TESTS[module], seconds=look.seconds) == 0


def judge(tree: Path, module: str, *, most: int, seed: int, until: float) -> Account:
    """Try the mutants of a module one after the other, and put the file back in the end."""
    file, account, known = tree / module, Account(module), excuses()
    text, look = file.read_text("utf-8"), first_look(tree, module)
    for one in sample(text, most=most, seed=seed):
        if time.monotonic() > until:
            break
        if not survives(tree, module, look, one):
            account.killed += 1
        elif (module, one.change) in known:
            account.excused += 1
        else:
            account.survivors.append(one)
            sys.stdout.write(f"  survived {module}:{one.line}  {one.change}\n")
            sys.stdout.flush()
    file.write_text(text, "utf-8")
    return account


def main(words: list[str] | None = None) -> int:
    """Try the mutants of the modules asked for, print the shares, and fail below the least."""
    parser = argparse.ArgumentParser(prog="tests.proof.mutants")
    parser.add_argument("--module", action="append", choices=sorted(TESTS), help="only this one; may be repeated")
    parser.add_argument("--most", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=600)
    asked = parser.parse_args(words)
    until, accounts = time.monotonic() + 60 * asked.minutes, []
    with tempfile.TemporaryDirectory(prefix="simpul-mutants-") as folder:
        tree = copy_tree(Path(folder))
        for module in asked.module or sorted(TESTS):
            if time.monotonic() > until:
                break
            one = judge(tree, module, most=asked.most, seed=asked.seed, until=until)
            accounts.append(one)
            sys.stdout.write(f"{module}: {one.told()}\n")
            sys.stdout.flush()
    killed, survived = sum(one.killed for one in accounts), sum(len(one.survivors) for one in accounts)
    share = killed / (killed + survived) if killed + survived else 0.0
    sys.stdout.write(f"{killed} of {killed + survived} noticed: {share:.1%}\n")
    return 0 if share >= LEAST_KILLED else 1


if __name__ == "__main__":
    sys.exit(main())
