"""A small process of its own that takes in files and says what each cost; its arguments are the paths.

What a process once held it never gives back in these counts, so nothing that makes the files may run here.
"""

import json
import resource
import sys
from pathlib import Path

from portal.domain.errors import RuleBroken
from portal.services import taking_in

UNIT = 1 if sys.platform == "darwin" else 1024
"""macOS counts bytes, Linux kilobytes."""


def spent() -> float:
    """CPU of this process and of its children, in seconds."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def peaks() -> tuple[int, int]:
    """The most memory that this process, and any child of it, ever had, in bytes."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_maxrss * UNIT, children.ru_maxrss * UNIT


def told(path: Path) -> dict[str, object]:
    """What is said to one file, and what that cost; `own` leaves out the bytes that came."""
    content = path.read_bytes()
    cpu, before = spent(), peaks()
    try:
        said = taking_in.taken(path.name, content).media_type
    except RuleBroken as refused:
        said = str(refused)
    after = peaks()
    return {"said": said, "cpu": spent() - cpu, "own": after[0] - before[0], "child": after[1]}


def main(paths: list[str]) -> None:
    """Take in the files one after the other; the first line is the child that only begins."""
    sys.stdout.write("\n".join(json.dumps(told(Path(path))) for path in paths))


if __name__ == "__main__":
    main(sys.argv[1:])
