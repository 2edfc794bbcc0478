"""What the killed workers and mail servers of a proof had in their hands: only that may arrive once more."""

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import cast

from sqlalchemy import Engine, Table, and_, select, update

from portal.domain.reminder import MessageStage
from portal.models import Message

MESSAGES = cast(Table, Message.__table__)
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class Dead:
    """Counts how many died while they held a message.

    The design asks that none arrives more than twice (platform E3). That holds unless two die with the same mail in
    their hands, one after the other: then it may come once more.
    """

    def __init__(self, engine: Engine) -> None:
        """Nobody has died yet."""
        self.engine = engine
        self.held: Counter[str] = Counter()

    def bury_worker(self, number: int, *, lease_ends: bool) -> bool:
        """Note what the process of this number held, and whether it held anything.

        `lease_ends`: its leases run out at once, as they would have while nobody watched.
        """
        theirs = and_(MESSAGES.c.stage == MessageStage.LEASED, MESSAGES.c.lease_by.like(f"%-{number}-%"))
        until = LONG_AGO if lease_ends else MESSAGES.c.lease_until
        # Read and written by one statement: SQLite lets no reading transaction write after somebody else has written.
        freed = update(MESSAGES).where(theirs).values(lease_until=until).returning(MESSAGES.c.message_id)
        with self.engine.begin() as connection:
            left = connection.scalars(freed).all()
        self.held.update(left)
        return bool(left)

    def bury_server(self) -> None:
        """Note what was tried and is not known to have arrived: the server may have taken it without saying so."""
        begun = and_(MESSAGES.c.stage != MessageStage.SENT, MESSAGES.c.tries > 0)
        with self.engine.connect() as connection:
            self.held.update(connection.scalars(select(MESSAGES.c.message_id).where(begun)).all())

    def too_often(self, came: Mapping[str, int]) -> list[str]:
        """Return what arrived more than once, and more often than its senders died, by its Message-ID."""
        return [key for key, count in came.items() if count > 1 + self.held[key]]
