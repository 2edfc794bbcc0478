"""Signing in and out, the code for new devices, invitations, a new password. Opening a link changes nothing."""

from portal.web.auth import forgotten, invited, proof, second_step, sign_in
from portal.web.auth.pages import blueprint

__all__ = ["blueprint", "forgotten", "invited", "proof", "second_step", "sign_in"]
