"""Messages to services of the Apprise library, an optional extra: names stand in the outbox, addresses in the settings.

An address of a service is a secret: it is never stored, logged or told.
"""

import logging
import warnings
from collections.abc import Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from portal.config import ConfigError
from portal.mail.transport import MailRefusedError, TryLaterError

PACKAGE = "apprise"


class Services:
    """The services of this installation by name; none is the usual case and needs no package."""

    def __init__(self, addresses: Mapping[str, str], *, package: str = PACKAGE) -> None:
        """Understand every address at once; raise ConfigError naming what cannot be used, never an address."""
        self._ways: dict[str, Any] = {}
        if not addresses:
            return
        if find_spec(package) is None:
            raise ConfigError("SIMPUL_APPRISE diisi, tetapi paketnya belum terpasang: pip install 'simpul[apprise]'")
        # Its own lines may tell parts of an address.
        logging.getLogger(package).setLevel(logging.CRITICAL)
        with warnings.catch_warnings():
            # The library reads modules that newer Pythons have put away.
            warnings.simplefilter("ignore", DeprecationWarning)
            self._ways = {name: _way(import_module(package), name, address) for name, address in addresses.items()}

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the services."""
        return tuple(self._ways)

    def send(self, name: str, *, title: str, text: str) -> None:
        """Send one message; raise TryLaterError when the service does not take it, MailRefusedError when it is gone."""
        way = self._ways.get(name)
        if way is None:
            raise MailRefusedError(f"Layanan {name} tidak ada lagi dalam SIMPUL_APPRISE.")
        if not way.notify(title=title, body=text):
            raise TryLaterError(f"Layanan {name} tidak menerima pesan.")


def _way(library: Any, name: str, address: str) -> Any:
    way = library.Apprise()
    if not way.add(address):
        raise ConfigError(f"Alamat layanan {name} dalam SIMPUL_APPRISE tidak dikenal Apprise.")
    return way
