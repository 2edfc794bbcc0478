"""The texts of the samples as they are kept for review. `python -m tests.documents.golden` writes them anew."""

from pathlib import Path

from portal.documents import context, render, samples, templates
from tests.documents import reading

FOLDER = Path(__file__).resolve().parent.parent / "golden" / "documents"


def path(code: str) -> Path:
    """Where the text of a sample is kept."""
    return FOLDER / f"{code}.txt"


def made(code: str) -> str:
    """The text of a sample as it is today, and what is missing in it."""
    template = templates.get(code)
    rendered = render.render(template, context.snapshot(samples.BY_TEMPLATE[code]))
    missing = [f"{entry.place}: {entry.label}" for entry in rendered.missing]
    return reading.text(rendered.content) + "\n".join(["--- belum diketahui ---", *missing]) + "\n"


if __name__ == "__main__":
    for name in templates.CODES:
        path(name).write_text(made(name))
