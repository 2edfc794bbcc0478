"""What a password must be: long, not a word that everybody would try. No rules of composition (design: platform B1)."""

from collections.abc import Collection

from portal.domain.errors import RuleBroken

SHORTEST = 12
LONGEST = 128
_TOO_PLAIN = ("simpul", "kemensos", "kementerian", "password", "katasandi", "12345678", "qwerty")


def check(password: str, *, email: str, organisation_name: str, common: Collection[str]) -> None:
    """Raise RuleBroken with what to do unless the password is long enough, not guessable from its owner, not common.

    `common` are passwords that many people use, in small letters.
    """
    if len(password) < SHORTEST:
        raise RuleBroken(
            "Kata sandi terlalu pendek. Pakai paling sedikit %(n)s huruf; kalimat pendek mudah diingat.",
            field="password",
            n=SHORTEST,
        )
    if len(password) > LONGEST:
        raise RuleBroken("Kata sandi terlalu panjang. Pakai paling banyak %(n)s huruf.", field="password", n=LONGEST)
    if _is_common(password.casefold(), common):
        raise RuleBroken(
            "Kata sandi ini dipakai banyak orang, jadi mudah ditebak. Pakai kalimat pendek Anda sendiri.",
            field="password",
        )
    plain = password.casefold()
    own = {email.partition("@")[0].casefold(), *(w for w in organisation_name.casefold().split() if len(w) >= 5)}  # noqa: PLR2004
    rest = plain
    for word in (*_TOO_PLAIN, *sorted(own, key=len, reverse=True)):
        rest = rest.replace(word, "")
    if len(set(rest)) < 5:  # noqa: PLR2004 (what is left besides obvious words)
        raise RuleBroken(
            "Kata sandi ini mudah ditebak. Jangan memakai nama portal, lembaga, atau alamat surel Anda.",
            field="password",
        )


def _is_common(plain: str, common: Collection[str]) -> bool:
    """Return whether it is a common password, alone or repeated, also with digits and signs around it."""
    letters = "".join(sign for sign in plain if sign.isalnum())
    return any(_once(each) in common for each in (plain, letters, letters.strip("0123456789")))


def _once(text: str) -> str:
    """Return what a text repeats, the text itself when it repeats nothing."""
    again = (text + text).find(text, 1)
    return text[:again] if text else text
