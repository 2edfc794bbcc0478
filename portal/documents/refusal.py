"""Why a template or a file is refused, in sentences for people at the office."""

from portal.domain.errors import RuleBroken


class TemplateRefused(RuleBroken):
    """A template breaks the rules of tags; the sentence names the place."""


class TagRefused(TemplateRefused):
    """One tag is wrong: the code of the fault and, where there is one, the word that was probably meant."""

    def __init__(self, code: str, message: str, *, suggestion: str = "", **values: object) -> None:
        """Keep code and suggestion beside the sentence; the place is known to whoever reads the tag."""
        super().__init__(message)
        if values:
            self.args = (message % values,)
            self.values = values
        self.code = code
        self.suggestion = suggestion


class FileRefused(RuleBroken):
    """A Word file from outside may not come in; the sentence says why."""


class PictureRefused(RuleBroken):
    """A picture for a draft is of another type than its place, or too large."""
