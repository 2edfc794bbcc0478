"""The drafting workspace under /kantor/naskah/<code>/susun (design: ux W4), one module each page."""

from portal.web.staff.drafting import (
    article_additions,
    article_texts,
    articles,
    closed,
    copying,
    duties,
    duty_copying,
    following,
    history,
    overview,
    party_search,
    renditions,
    review,
    section,
    starting,
    template_change,
)
from portal.web.staff.drafting.pages import blueprint

__all__ = [
    "article_additions",
    "article_texts",
    "articles",
    "blueprint",
    "closed",
    "copying",
    "duties",
    "duty_copying",
    "following",
    "history",
    "overview",
    "party_search",
    "renditions",
    "review",
    "section",
    "starting",
    "template_change",
]
