"""Which role may open and send what: `python -m tests.harness.policy_table` writes the tables anew.

Every address stands with what its view declares and what the policy says of each role: those of partners in one
table, all others in another. Tests ask all of them and compare; the golden files show in a review what a change opens.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from werkzeug.routing import Rule

from portal.app import create_app
from portal.config import Config
from portal.domain.policy import RULES, Action, Role
from portal.web.access import Access, Audience
from portal.web.route_table import routes

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "partner-policy.txt"
OFFICE_GOLDEN = GOLDEN.with_name("office-policy.txt")
ROLES = (
    Role.PARTNER_RESPONSIBLE,
    Role.PARTNER_WRITER,
    Role.PARTNER_MANAGER,
    Role.PARTNER_VIEWER,
    Role.UMBRELLA_READER,
)
SIGNS = {Role.PARTNER_RESPONSIBLE: "R", Role.PARTNER_WRITER: "W", Role.PARTNER_MANAGER: "M"}
SIGNS |= {Role.PARTNER_VIEWER: "V", Role.UMBRELLA_READER: "U"}
HEAD = (
    "Who of a partner may open (GET) and send (POST) what:",
    "R responsible person, W writer, M manager of accounts, V viewer, U reader of a central board.",
    "A role that is not named is refused with a sentence; a record of another organisation is not found.",
    "(proof): a legal act, for which the password or a code must have been typed within fifteen minutes.",
    "",
)


OFFICE_SIGNS = {
    Role.OFFICER: "O",
    Role.LEGAL: "L",
    Role.HEAD: "H",
    Role.DIRECTOR: "D",
    Role.ADMIN: "A",
}
OFFICE_HEAD = (
    "Who may open (GET) and send (POST) what, beside the pages of partners:",
    "O officer, L legal bureau, H head, D director, A administrator, P everybody of a partner, * who is not signed in.",
    "A role of the office that is not named is refused with a sentence; for a partner the page is not there.",
    "",
)


def declared(app: Flask, rule: Rule) -> Access:
    """What the view behind an address declares."""
    found: Access = app.view_functions[rule.endpoint].access  # type: ignore[attr-defined]
    return found


def partner_rules(app: Flask) -> list[tuple[str, Rule]]:
    """Every address under /mitra with each of its methods, in order."""
    found = []
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("partner."):
            found += [(method, rule) for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})]
    return sorted(found, key=lambda each: (each[1].rule, each[0]))


def may(role: Role, action: Action | None) -> bool:
    """Whether the policy opens an action to a role."""
    return action is None or role in RULES[action].roles


def table(app: Flask) -> str:
    """The whole table as text."""
    lines = list(HEAD)
    for method, rule in partner_rules(app):
        access = declared(app, rule)
        assert access.audience in {Audience.PARTNER, Audience.SIGNED_IN}, f"{rule} is open to more than partners"
        who = "".join(SIGNS[role] if may(role, access.action) else "-" for role in ROLES)
        proof = " (proof)" if access.proof and method != "GET" else ""
        lines.append(f"{method:4} {rule.rule:64} {who}  {access.action or 'signed in'}{proof}")
    return "\n".join(lines) + "\n"


def office_table(app: Flask) -> str:
    """The table of everything that is no page of partners, as text; a view that declares nothing is open to nobody."""
    lines = list(OFFICE_HEAD)
    for route in routes(app):
        if route.endpoint.startswith(("partner.", "gallery.", "demo_mails.")):
            continue
        who = "".join(sign if route.is_open_to(role) else "-" for role, sign in OFFICE_SIGNS.items())
        who += "P" if all(route.is_open_to(role) for role in ROLES) else "-"
        who += "*" if route.is_open_to_strangers else "-"
        action = route.access.action if route.access else None
        lines.append(f"{route.method:4} {route.path:72} {who}  {action or (route.access or Undeclared).audience}")
    return "\n".join(lines) + "\n"


class Undeclared:
    """What stands in the table for a view that declares nothing."""

    audience = "undeclared: shut"


def main() -> int:
    """Write the golden files anew."""
    with TemporaryDirectory() as folder:
        address = f"sqlite:///{folder}/none.sqlite"
        app = create_app(Config(database_url=address, files_dir=Path(folder), secret_key="k" * 32, testing=True))
        GOLDEN.write_text(table(app), "utf-8")
        OFFICE_GOLDEN.write_text(office_table(app), "utf-8")
    sys.stdout.write(GOLDEN.read_text("utf-8") + "\n" + OFFICE_GOLDEN.read_text("utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main())
