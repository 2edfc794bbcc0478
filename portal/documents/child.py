"""What a child process needs that looks into files from outside: limits, and one JSON object as its answer.

`parsing` starts such a child and reads its answer: what was found, or why the file is refused. On its standard error a
child names limits that the system refused.
"""

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO, Final

from portal.domain.errors import RuleBroken

MEMORY: Final = 512 * 2**20
CPU_SECONDS: Final = 10
LIMITS: Final = {"RLIMIT_AS": MEMORY, "RLIMIT_CPU": CPU_SECONDS, "RLIMIT_FSIZE": 0, "RLIMIT_CORE": 0}
TOO_HEAVY: Final = 4
"""The exit code that says: the file needs more memory than it is given."""


def limit() -> list[str]:
    """Give this process little memory, little time, and no file to write; return the limits that the system refused.

    A limit that is tighter already stays as it is; a system that knows none of them runs without.
    """
    try:
        import resource
    except ImportError:
        return list(LIMITS)
    return [name for name, most in LIMITS.items() if not _is_held(resource, getattr(resource, name, None), most)]


def _is_held(resource: Any, kind: int | None, most: int) -> bool:
    if kind is None:
        return False
    hard = resource.getrlimit(kind)[1]
    least = most if hard == resource.RLIM_INFINITY else min(most, hard)
    try:
        resource.setrlimit(kind, (least, least))
    except (ValueError, OSError):
        return False
    return True


def main(tasks: Mapping[str, Callable[..., Any]], task: str, told: str, incoming: BinaryIO, outgoing: BinaryIO) -> int:
    """Do one task with what comes in; return the exit code."""
    refused = limit()
    if refused:
        sys.stderr.write(f"The system refused these limits: {', '.join(refused)}.")
    try:
        answer = {"found": tasks[task](incoming.read(), *json.loads(told))}
    except RuleBroken as broken:
        values = {key: value if isinstance(value, int | str) else str(value) for key, value in broken.values.items()}
        answer = {"refused": [broken.message, broken.field, values]}
    except (MemoryError, RecursionError):
        return TOO_HEAVY
    outgoing.write(json.dumps(answer).encode())
    return 0


def run(tasks: Mapping[str, Callable[..., Any]]) -> None:
    """Do what the command line asks with what comes in, and end."""
    sys.exit(main(tasks, sys.argv[1], sys.argv[2], sys.stdin.buffer, sys.stdout.buffer))
