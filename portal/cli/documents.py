"""Commands for the templates of Word files: write the starters, check what lies in the folder, print samples."""

from pathlib import Path

import click

from portal import paths
from portal.documents import context, render, samples, templates
from portal.documents.refusal import TemplateRefused
from portal.documents.starters import articles, build

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group(help="Templates of Word files.")
def documents() -> None:
    """Group of the commands below."""


@documents.command("build-templates")
@click.option("--folder", type=FOLDER, default=paths.DOC_TEMPLATES, help="Where the files go.")
def build_templates(folder: Path) -> None:
    """Write the starter templates anew, the same bytes each time. Changes made in Word are lost."""
    for path in build.write_all(folder):
        print(f"ditulis: {path.name}")


@documents.command()
@click.option("--folder", type=FOLDER, default=paths.DOC_TEMPLATES, help="Where the templates lie.")
@click.option("--sample", type=FOLDER, help="Also write a sample of each template into this folder.")
def check(folder: Path, sample: Path | None) -> None:
    """Hold every template against its schema; exit code 1 when one is refused."""
    refused = 0
    for template in templates.list_templates(folder=folder):
        try:
            print(f"{template.code}: {_checked(template, sample)}")
        except TemplateRefused as refusal:
            refused += 1
            print(f"{template.code}: {refusal}")
    if refused:
        raise SystemExit(1)


def _checked(template: templates.Template, sample: Path | None) -> str:
    render.check(template)
    if sample is None:
        return "baik"
    facts = samples.BY_TEMPLATE[template.code]
    made = render.render(articles.filled(template, facts), context.snapshot(facts))
    (sample / f"contoh-{template.code}.docx").write_bytes(made.content)
    return f"baik; contoh ditulis, {len(made.missing)} isian belum diketahui"
