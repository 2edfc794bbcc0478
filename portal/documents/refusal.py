"""Why a template or a file is refused, in sentences for people at the office."""

from portal.domain.errors import RuleBroken


class TemplateRefused(RuleBroken):
    """A template breaks the rules of tags; the sentence names the place."""


class FileRefused(RuleBroken):
    """A Word file from outside may not come in; the sentence says why."""
