"""Joins the groups of commands and runs them."""

from importlib import import_module
from importlib.util import find_spec

import click

GROUPS = (
    ("portal.cli.assets", "assets"),
    ("portal.cli.database", "database"),
    ("portal.cli.demo", "demo"),
    ("portal.cli.documents", "documents"),
    ("portal.cli.jobs", "job"),
    ("portal.cli.jobs", "worker"),
)
"""Module and the name of its command or group."""


@click.group()
def main() -> None:
    """Simpul, portal kerja sama."""


for _module, _name in GROUPS:
    if find_spec(_module):
        main.add_command(getattr(import_module(_module), _name))

if __name__ == "__main__":
    main(prog_name="simpul")
