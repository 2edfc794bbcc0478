"""The way through a report: which steps there are, where each is, which comes next. No query, no answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import url_for

from portal.domain.report_form import FILES, Field, Form, Step

SLUGS: Mapping[Step, str] = {
    Step.ACTIVITY: "kegiatan",
    Step.NUMBERS: "jumlah",
    Step.FINANCE: "keuangan",
    Step.EVIDENCE: "bukti",
}
"""What a step is called in an address."""
STEPS = {slug: step for step, slug in SLUGS.items()}


def step_href(code: str, step: Step, anchor: str = "") -> str:
    """Return where a step of a report is filled in."""
    return url_for("partner.report_steps.show", code=code, slug=SLUGS[step], _anchor=anchor or None)


def field_href(code: str, asked: Field) -> str:
    """Return where one field of a report is filled in."""
    return step_href(code, asked.step, asked.name)


@dataclass(frozen=True, kw_only=True, slots=True)
class Walk:
    """The steps of one report; after a return those that the officer marked come alone, one by one."""

    code: str
    form: Form
    marks: Mapping[str, str] = field(default_factory=dict)
    """The officer's sentences by item: a field, one file, or the evidence as a whole."""

    @property
    def marked(self) -> tuple[Step, ...]:
        """Return the steps that hold something to mend."""
        found = {self._step_of(item) for item in self.marks}
        return tuple(step for step in self.form.steps if step in found)

    @property
    def others(self) -> tuple[Step, ...]:
        """Return the steps that need no mending; none when nothing was marked."""
        return tuple(step for step in self.form.steps if step not in self.marked) if self.marked else ()

    def _step_of(self, item: str) -> Step | None:
        asked = self.form.field(FILES if item.startswith("file:") else item)
        return asked.step if asked else None

    def along(self, step: Step | None = None) -> tuple[Step, ...]:
        """Return the steps that are walked: the marked ones, unless somebody stands on another."""
        return self.marked if self.marked and (step is None or step in self.marked) else self.form.steps

    def place(self, step: Step) -> tuple[int, int]:
        """Return which step of how many this is; looking through everything is the last."""
        along = self.along(step)
        return along.index(step) + 1, len(along) + 1

    def after(self, step: Step) -> str:
        """Return where to go from a step: the next one, or the check."""
        along = self.along(step)
        place = along.index(step) + 1
        return step_href(self.code, along[place]) if place < len(along) else self.check

    def back(self, step: Step) -> str:
        """Return where to go back to: the step before, or the first page of the report."""
        along = self.along(step)
        place = along.index(step)
        return step_href(self.code, along[place - 1]) if place else self.start

    @property
    def check(self) -> str:
        """Return where everything is looked through before sending."""
        return url_for("partner.reports.check", code=self.code)

    @property
    def start(self) -> str:
        """Return the first page of the report."""
        return url_for("partner.reports.edit", code=self.code)
