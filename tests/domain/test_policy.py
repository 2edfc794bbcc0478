"""Who somebody is to the policy, and what a refusal says."""

from pathlib import Path

import pytest

from portal.domain import policy
from portal.domain.errors import NotAllowed, NotFound
from portal.domain.policy import RULES, Action, Actor, Role

GOLDEN = Path(__file__).parents[1] / "golden"


def actor(*roles: Role, organisation_id: int = 7, is_system: bool = False) -> Actor:
    return Actor(account_id=1, name="Uji", roles=frozenset(roles), organisation_id=organisation_id, is_system=is_system)


@pytest.mark.parametrize("role", sorted(Role))
@pytest.mark.parametrize("action", sorted(Action))
def test_a_role_may_exactly_what_its_rule_names(role: Role, action: Action):
    somebody, rule = actor(role), RULES[action]
    verdict = policy.may(somebody, action)
    assert bool(verdict) is (role in rule.roles)
    assert policy.verdicts(somebody)(action) == verdict
    if verdict:
        assert policy.check(somebody, action) is None
        assert not verdict.reason
    else:
        assert verdict.reason == rule.reason
        with pytest.raises(NotAllowed) as refused:
            policy.check(somebody, action)
        assert refused.value.message == rule.reason


def test_the_portal_itself_may_everything_and_nobody_nothing():
    assert all(policy.may(actor(is_system=True), action) for action in Action)
    assert not any(policy.may(actor(), action) for action in Action)


@pytest.mark.parametrize("role", sorted(Role))
def test_somebody_belongs_to_one_side(role: Role):
    somebody = actor(role)
    assert somebody.is_staff is (role in policy.STAFF_ROLES)
    assert somebody.is_partner is (role in policy.PARTNER_ROLES)
    assert somebody.is_staff is not somebody.is_partner


def test_who_holds_roles_of_both_sides_is_of_the_ministry_and_who_holds_none_of_neither():
    both = actor(Role.OFFICER, Role.PARTNER_WRITER)
    assert (both.is_staff, both.is_partner) == (True, False)
    assert (actor().is_staff, actor().is_partner) == (False, False)
    assert (actor(is_system=True).is_staff, actor(is_system=True).is_partner) == (True, False)


def test_a_partner_reaches_its_own_organisation_only_and_staff_every_one():
    policy.check_own(actor(Role.PARTNER_WRITER), 7)
    policy.check_own(actor(Role.OFFICER), 8)
    with pytest.raises(NotFound):
        policy.check_own(actor(Role.PARTNER_WRITER), 8)


def test_only_the_portal_itself_is_the_system():
    assert policy.SYSTEM.is_system
    assert not Actor(account_id=1, name="Uji", organisation_id=7).is_system


def test_who_may_do_what_is_as_written():
    """The matrix itself stands in a file, so that a slip in a set of roles is seen by whoever reads the change."""
    lines = [f"{action.value}: {' '.join(sorted(RULES[action].roles)) or 'nobody'}" for action in sorted(Action)]
    assert lines == (GOLDEN / "who-may-what.txt").read_text("utf-8").splitlines()
