"""The mark that shows the catalogue which strings of the domain are read by people. It translates nothing."""


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's extractors look for
    """Return the message as it is; the edge translates it when it is shown."""
    return message
