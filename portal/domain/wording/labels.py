"""The label of every enum of the domain, as people read it (design: ux §10, domain §7).

Keyed by enum first: members of two enums may share a code ("draft"), and equal codes are equal keys.
"""

from collections.abc import Mapping
from enum import StrEnum
from itertools import chain
from types import MappingProxyType
from typing import Final

from portal.domain.wording import (
    labels_of_actions,
    labels_of_agreements,
    labels_of_changes,
    labels_of_deadlines,
    labels_of_drafting,
    labels_of_duties,
    labels_of_people,
    labels_of_personal,
    labels_of_reminders,
    labels_of_review,
    labels_of_talk,
)

LABELS: Final[Mapping[type[StrEnum], Mapping[StrEnum, str]]] = MappingProxyType(
    dict(
        chain(
            labels_of_actions.LABELS.items(),
            labels_of_agreements.LABELS.items(),
            labels_of_changes.LABELS.items(),
            labels_of_deadlines.LABELS.items(),
            labels_of_drafting.LABELS.items(),
            labels_of_duties.LABELS.items(),
            labels_of_people.LABELS.items(),
            labels_of_personal.LABELS.items(),
            labels_of_reminders.LABELS.items(),
            labels_of_review.LABELS.items(),
            labels_of_talk.LABELS.items(),
        )
    )
)


def label(member: StrEnum) -> str:
    """Give the Indonesian label of an enum member; the page translates it. KeyError: none is written here."""
    return LABELS[type(member)][member]
