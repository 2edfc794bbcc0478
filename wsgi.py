"""The entry point of the production server."""

from portal.app import create_app

app = create_app()
