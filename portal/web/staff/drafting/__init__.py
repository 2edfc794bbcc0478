"""The drafting workspace under /kantor/naskah/<code>/susun (design: ux W4), one module each page."""

from portal.web.staff.drafting import articles, duties, overview, renditions, review, section
from portal.web.staff.drafting.pages import blueprint

__all__ = ["articles", "blueprint", "duties", "overview", "renditions", "review", "section"]
