"""The texts of the samples as they are kept for review. `python -m tests.documents.golden` writes them anew."""

from pathlib import Path

from portal.documents import context, render, samples, templates
from portal.documents.starters import articles
from tests.documents import reading

FOLDER = Path(__file__).resolve().parent.parent / "golden" / "documents"
FACTS = {**samples.BY_TEMPLATE, "little_known": samples.LITTLE_KNOWN}
"""By the name of the kept text; the last one is a Nota Kesepahaman of which little is known."""


def path(name: str) -> Path:
    """Where the text of a sample is kept."""
    return FOLDER / f"{name}.txt"


def rendered(name: str) -> render.Rendered:
    """The draft of a sample with the articles it begins with."""
    facts = FACTS[name]
    template = templates.get(name if name in templates.CODES else "mou")
    return render.render(articles.filled(template, facts), context.snapshot(facts))


def made(name: str) -> str:
    """The text of a sample as it is today, and what is missing in it."""
    draft = rendered(name)
    missing = [f"{entry.place}: {entry.label}" for entry in draft.missing]
    return reading.text(draft.content) + "\n".join(["--- belum diketahui ---", *missing]) + "\n"


if __name__ == "__main__":
    for each in FACTS:
        path(each).write_text(made(each), encoding="utf-8")
