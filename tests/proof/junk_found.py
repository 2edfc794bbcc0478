"""What a walk of junk found: as one process hands it on, and as it is told."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.proof.junk_walk import Junk

KEEPERS = (
    "users", "user_roles", "user_invitations", "handovers", "incidents", "personal_data", "retention", "doc_templates",
    "jobs",
)  # fmt: skip
"""The parts of the office that administrators keep."""


@dataclass
class Found:
    """What a walk of one process found, as it can be handed on."""

    answers: Counter[str]
    endpoints: set[str]
    fields: set[tuple[str, str]]
    put_off: Counter[str]
    sent: set[str]
    unsent: set[str]
    """Endpoints that take forms and to which none was sent."""
    refused: int
    faults: list[str]

    def add(self, other: "Found") -> None:
        """Put what another walk found to it."""
        self.answers, self.put_off = self.answers + other.answers, self.put_off + other.put_off
        self.endpoints, self.fields = self.endpoints | other.endpoints, self.fields | other.fields
        self.sent |= other.sent
        self.unsent, self.refused = (self.unsent | other.unsent) - self.sent, self.refused + other.refused
        self.faults += other.faults

    def told(self) -> str:
        """Say it all in lines; of the parts that administrators keep, which were reached by a form and which not."""
        lines = [f"{len(self.endpoints)} kinds of address"]
        for title, counts in (("answers", self.answers), ("forms answered by a page of its own", self.put_off)):
            lines.append(f"{title}: " + ", ".join(f"{name}: {count}" for name, count in sorted(counts.items())))
        kept = {name for name in self.sent | self.unsent if name.startswith(tuple(f"staff.{k}." for k in KEEPERS))}
        lines.append(f"of {len(kept)} forms that administrators keep, {len(kept & self.sent)} were sent")
        lines.append(f"no form was sent to: {', '.join(sorted(self.unsent)) or 'none'}")
        lines.append(f"{len(self.fields)} fields were junk, {self.refused} forms came back; faults: {len(self.faults)}")
        alike: dict[str, list[str]] = {}
        for fault in self.faults:
            alike.setdefault(kind_of(fault), []).append(fault)
        lines += [f"  {len(each)} times such as {each[0]}" for each in alike.values()]
        return "\n".join(lines) + "\n"


def kind_of(fault: str) -> str:
    """What faults of one kind have in common: the address without its numbers and where it failed."""
    first, *trace = fault.strip().splitlines()
    told = re.sub(r"\{.*|'[^']*'|tests/\S+: ", "", first)
    return re.sub(r"\d+", "0", told) + "".join(trace[-1:])


def found_by(junk: "Junk") -> Found:
    """Return what a walk found."""
    rules = junk.house.app.url_map.iter_rules()
    doors = {str(rule.endpoint) for rule in rules if "POST" in (rule.methods or ())}
    sent = doors & junk.forms_sent
    return Found(junk.answers, junk.endpoints, junk.fields, junk.put_off, sent, doors - sent, junk.refused, junk.faults)
