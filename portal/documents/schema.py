"""The names a template may use: their labels, which are required, how they nest. Values live in `context`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_FIELD = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """One name of the schema: text, a record of further names, or a list of either.

    `label` may hold a field of the same record in braces, "nomor naskah {sebutan}".
    """

    path: str
    label: str = ""
    required: bool = False
    fields: Mapping[str, "Shape"] = field(default_factory=dict)
    item: "Shape | None" = None

    def label_for(self, owner: Any) -> str:
        """Give the label with the braces filled from the record that owns the value."""
        record = owner if isinstance(owner, Mapping) else {}
        label = _FIELD.sub(lambda found: str(record.get(found[1]) or ""), self.label or self.path)
        return " ".join(label.split())


LOOP = Shape(
    path="putaran",
    label="putaran",
    fields={
        name: Shape(path=f"putaran.{name}", label=name)
        for name in ("nomor", "huruf", "pertama", "terakhir", "jumlah", "sisa")
    },
)
"""What every loop knows of itself."""

ANYTHING = Shape(path="?")
"""Stands for the items of a list that is itself wrong: whatever they are said to have is let pass."""

LOOP_WORDS: Mapping[str, str] = {"index": "nomor", "first": "pertama", "last": "terakhir", "length": "jumlah"}
"""The same in the words of templates that were written in English."""


def read(names: Mapping[str, Mapping[str, Any]]) -> Shape:
    """Build the tree of names from flat paths, "pihak[].nomor" → list of records with a field."""
    tree: dict[str, Any] = {}
    for path, about in names.items():
        node = tree
        for step in re.findall(r"[^.\[]+|\[\]", path):
            node = node.setdefault(step, {})
        node[""] = about
    return _shape("", tree)


def _shape(path: str, node: Mapping[str, Any]) -> Shape:
    about = node.get("", {})
    steps = {step: below for step, below in node.items() if step}
    item = steps.pop("[]", None)
    return Shape(
        path=path,
        label=about.get("label", ""),
        required=bool(about.get("required", False)),
        fields={step: _shape(f"{path}.{step}" if path else step, below) for step, below in steps.items()},
        item=None if item is None else _shape(f"{path}[]", item),
    )
