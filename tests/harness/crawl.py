"""Walks everything that a visitor can reach by links, and collects the addresses of forms on the way."""

from collections import Counter, deque
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from lxml import html
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from tests.harness.visitors import Visitor

VARIANTS = 2
"""So many queries of one address are opened: filters make endless many."""
EACH = 9
"""So many records are opened on one endpoint of the office, all sections of a draft; partners' few are all opened."""


@dataclass(kw_only=True)
class Walk:
    """What a walk found: answers by address, and the addresses of forms that change something."""

    answers: dict[str, int] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    posts: set[str] = field(default_factory=set)
    came_from: dict[str, str] = field(default_factory=dict)
    endpoints: set[str] = field(default_factory=set)


def endpoint(visitor: Visitor, path: str, method: str = "GET") -> str | None:
    """The endpoint behind a path, or None."""
    try:
        found, _ = visitor.app.url_map.bind("localhost").match(urlsplit(path).path, method=method)
    except HTTPException:
        return None
    return str(found)


def _links(answer: TestResponse, path: str) -> tuple[set[str], set[str]]:
    tree = html.fromstring(answer.data)
    links = {urljoin(path, href) for href in tree.xpath("//a/@href") if not str(href).startswith("#")}
    posts = set()
    for form in tree.xpath("//form"):
        target = urljoin(path, form.get("action") or path)
        if (form.get("method") or "get").lower() == "post":
            posts.add(target)
        for button in form.xpath(".//@formaction"):
            posts.add(urljoin(path, str(button)))
    return links, posts


def walk(visitor: Visitor, start: str, *, each: int | None = None) -> Walk:
    """Open `start` and whatever can be reached from it by links of the portal itself, at most `each` per endpoint."""
    found, waiting, seen = Walk(), deque([start]), Counter[str]()
    while waiting:
        path = waiting.popleft()
        bare = urlsplit(path).path
        if path in found.answers or seen[bare] >= VARIANTS:
            continue
        seen[bare] += 1
        name = endpoint(visitor, path) or ""
        seen[name] += 1
        if each is not None and seen[name] > each:
            continue
        answer = visitor.open(path)
        found.answers[path] = answer.status_code
        found.endpoints.add(name)
        for target in sorted(_targets(found, answer, path)):
            found.came_from.setdefault(target, path)
            waiting.append(target)
    return found


def _targets(found: Walk, answer: TestResponse, path: str) -> set[str]:
    """Keep what an answer says, and return the portal's own addresses that it leads to."""
    if answer.status_code in {301, 302, 303, 307, 308}:
        links: set[str] = {answer.headers["Location"]}
    elif answer.mimetype == "text/html":
        found.bodies[path] = answer.get_data(as_text=True)
        links, posts = _links(answer, path)
        found.posts |= posts
    else:
        found.bodies[path] = answer.headers.get("Content-Disposition", "")
        links = set()
    split = (urlsplit(link) for link in links)
    return {parts._replace(fragment="").geturl() for parts in split if not parts.scheme and not parts.netloc}
