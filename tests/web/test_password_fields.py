"""Passwords are masked while they are typed, and whoever keeps them may fill them in (design: ASVS 6.2.6, 6.2.7)."""

from collections.abc import Callable

import pytest

from tests.harness.pages import Page
from tests.harness.visitors import Visitor

pytestmark = pytest.mark.sqlite_only


def fields(page: Page) -> dict[str, str]:
    """Every field whose name speaks of a password, with what it offers to helpers of browsers."""
    found = page.all("//input[contains(@name, 'password') or @type='password']")
    assert all(each.get("type") == "password" for each in found)
    assert all(each.get("maxlength") is None and each.get("readonly") is None for each in found)
    return {each.get("name"): each.get("autocomplete") for each in found}


def test_the_door_takes_what_a_helper_fills_in(client: Visitor):
    assert fields(client.page("auth.sign_in")) == {"password": "current-password"}


def test_a_new_password_is_offered_to_helpers(as_staff: Callable[..., Visitor]):
    offered = fields(as_staff().page("own_account.show"))
    assert set(offered.values()) == {"current-password", "new-password"}
