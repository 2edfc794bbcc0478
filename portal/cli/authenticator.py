"""Commands about authenticator apps: let somebody begin anew who has lost app and recovery codes."""

import click

from portal import clock
from portal.app import create_app
from portal.domain.errors import NotFound
from portal.extensions import db
from portal.jobs import runner
from portal.services import lost_apps


@click.group()
def authenticator() -> None:
    """Aplikasi autentikator orang yang masuk."""


@authenticator.command()
@click.argument("email")
def release(email: str) -> None:
    """Lepas aplikasi dari akun EMAIL; semua sesinya berakhir dan orangnya diberi tahu."""
    app = create_app()
    try:
        with runner.transaction(app) as session:
            account = lost_apps.release(session, email, now=clock.now())
            click.echo(f"Aplikasi dilepas dari akun {account.email}. Saat masuk lagi, yang baru dipasang.")
    except NotFound as error:
        raise click.ClickException("Tidak ada akun dengan aplikasi pada alamat ini. Periksa alamatnya.") from error
    finally:
        with app.app_context():
            db.engine.dispose()
