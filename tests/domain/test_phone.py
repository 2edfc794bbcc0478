"""Numbers for links, as people write them."""

import pytest

from portal.domain import phone


@pytest.mark.parametrize(
    ("written", "dialled", "mobile"),
    [
        ("0812-3456-7890", "+6281234567890", "6281234567890"),
        ("+62 812 3456 7890", "+6281234567890", "6281234567890"),
        ("(021) 310-3591", "+62213103591", None),
        ("", None, None),
        (None, None, None),
        ("pos 12", None, None),
    ],
)
def test_only_mobile_numbers_are_offered_for_whatsapp(written, dialled, mobile) -> None:
    assert phone.dialled(written) == dialled
    assert phone.mobile(written) == mobile
