"""The way of a version in the libraries of templates and clauses: draft, published, retired."""

from collections.abc import Mapping
from enum import StrEnum

from portal.domain.lifecycle import Transitions


class Publication(StrEnum):
    """What people decided about one version."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


_WAYS: Mapping[Publication, frozenset[Publication]] = {
    Publication.DRAFT: frozenset({Publication.PUBLISHED, Publication.RETIRED}),
    Publication.PUBLISHED: frozenset({Publication.RETIRED}),
    Publication.RETIRED: frozenset(),
}

PUBLICATIONS: Transitions[Publication] = Transitions(table=_WAYS)
