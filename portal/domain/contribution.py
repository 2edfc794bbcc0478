"""What parties give each other: money in stages and goods with a record of hand-over (design: domain §5.6)."""

from enum import StrEnum


class ContributionKind(StrEnum):
    """What is given."""

    MONEY = "money"
    GOODS = "goods"
    SERVICE = "service"


class ContributionStage(StrEnum):
    """What people decided about one entry."""

    PLANNED = "planned"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
