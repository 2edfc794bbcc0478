"""Joins the groups of commands and runs them; a group is imported when it is asked for."""

from importlib import import_module
from typing import Any

import click

from portal.settings import ConfigError

COMMANDS = {
    "assets": "portal.cli.assets",
    "audit": "portal.cli.audit",
    "check": "portal.cli.check",
    "authenticator": "portal.cli.authenticator",
    "backup": "portal.cli.backup",
    "catalogue": "portal.cli.catalogue",
    "database": "portal.cli.database",
    "demo": "portal.cli.demo",
    "documents": "portal.cli.documents",
    "job": "portal.cli.jobs",
    "worker": "portal.cli.jobs",
}
"""Name of each command or group, and the module where it stands under that name."""


class Lazily(click.Group):
    """A group that imports a command only when it is used, so that the command line starts quickly."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return every name."""
        del ctx
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of a name, or None."""
        del ctx
        module = COMMANDS.get(cmd_name)
        found: click.Command | None = getattr(import_module(module), cmd_name) if module else None
        return found

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; settings that are missing or unsafe are told, without a trace."""
        try:
            return super().invoke(ctx)
        except ConfigError as error:
            raise click.ClickException(str(error)) from error


@click.command(cls=Lazily)
def main() -> None:
    """Simpul, portal kerja sama."""


if __name__ == "__main__":
    main(prog_name="simpul")
