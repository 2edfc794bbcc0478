"""`simpul check`: everything that would keep the portal from starting in production, as a list."""

import click

from portal import starting
from portal.app import create_app
from portal.extensions import db
from portal.settings import ConfigError
from portal.starting import Finding


def _findings() -> list[Finding]:
    try:
        app = create_app(is_checked=False)
    except ConfigError as error:
        return [Finding(subject="Setelan", reason=reason) for reason in error.reasons]
    try:
        return [Finding(subject="Setelan"), *starting.findings(app)]
    finally:
        with app.app_context():
            db.engine.dispose()


@click.command()
@click.pass_context
def check(ctx: click.Context) -> None:
    """Tell whether the portal may start, and what to do where it may not."""
    found = _findings()
    for each in found:
        click.echo(f"tidak  {each.subject}: {each.reason}" if each.reason else f"baik   {each.subject}")
    if any(each.reason for each in found):
        ctx.exit(1)
