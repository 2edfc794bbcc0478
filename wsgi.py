"""The entry point of the production server, and of `flask --app wsgi job …` for who is used to it."""

from portal.app import create_app
from portal.cli.jobs import job

app = create_app()
app.cli.add_command(job)
