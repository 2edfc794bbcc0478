"""Every address with what its view declares: for the page that says who may what, and for the tests that walk it."""

from dataclasses import dataclass

from flask import Flask

from portal.domain.policy import PARTNER_ROLES, RULES, STAFF_ROLES, Role
from portal.web.access import Access, Audience


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """One method of one address; `access` None: its view declares nothing and is shut for everybody."""

    method: str
    path: str
    endpoint: str
    access: Access | None

    def is_open_to(self, role: Role) -> bool:
        """Return whether somebody who holds this role alone may ask for it; who may what with a record is not told."""
        if self.access is None:
            return False
        sides = {Audience.OFFICE: STAFF_ROLES, Audience.PARTNER: PARTNER_ROLES}
        if role not in sides.get(self.access.audience, STAFF_ROLES | PARTNER_ROLES):
            return False
        return self.access.action is None or role in RULES[self.access.action].roles

    @property
    def is_open_to_strangers(self) -> bool:
        """Return whether it needs no sign-in."""
        return self.access is not None and self.access.audience is Audience.EVERYBODY


def routes(app: Flask) -> list[Route]:
    """Return every address with each of its methods, by path; static files are left out."""
    found = [
        Route(
            method=method,
            path=rule.rule,
            endpoint=rule.endpoint,
            access=getattr(app.view_functions[rule.endpoint], "access", None),
        )
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.endpoint != "static"
    ]
    return sorted(found, key=lambda each: (each.path, each.method))
