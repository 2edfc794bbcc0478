"""Forms as pages show them, to be sent again with junk; and whether what was typed is there again after a refusal."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import html
from werkzeug.datastructures import MultiDict

from portal.web.kept_forms import CHOSEN, SECRET, SENT_DAY
from tests.proof.junk_words import GOOD

CONTROLS = ".//input[@name] | .//textarea[@name] | .//select[@name]"
TYPED = {"text", "search", "tel", "email", "number", "date", "url", "textarea", None}
"""Kinds of controls in which people type; a time or a password is typed anew."""


@dataclass(frozen=True, kw_only=True)
class Sendable:
    """A form behind one of its buttons."""

    action: str
    method: str
    button: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...]
    unset: frozenset[str]
    """The choices of which none is made: a browser leaves them out, junk need not."""
    typed: frozenset[str]
    """The fields in which people type freely."""
    hidden: frozenset[str]
    """The fields that nobody sees: junk in them is a forged form."""

    @property
    def names(self) -> list[str]:
        """The fields into which junk may be put."""
        return sorted({name for name, _ in self.fields if name != "csrf_token"} | set(self.files) | self.unset)


def of_page(path: str, body: str) -> Iterator[Sendable]:
    """Yield every form of a page, once for each button."""
    if not body.lstrip().startswith("<"):
        return
    tree = html.fromstring(body)
    for form in tree.xpath("//form"):
        controls = [*form.xpath(CONTROLS), *_named(tree, form)]
        for button in form.xpath(".//button[not(@form)][not(@type) or @type='submit']") or [None]:
            yield _sendable(path, form, controls, button)


def _named(tree: Any, form: Any) -> list[Any]:
    """Return controls that name the form from elsewhere on the page."""
    number = form.get("id")
    return [each for each in tree.xpath("//*[@form and @name]") if number and each.get("form") == number]


def _sendable(path: str, form: Any, controls: list[Any], button: Any) -> Sendable:
    action = (button.get("formaction") if button is not None else None) or form.get("action") or path
    fields, files, unset, typed, hidden = [], [], set(), set(), set()
    for control in controls:
        name, kind = control.get("name"), control.get("type") or ("textarea" if control.tag == "textarea" else None)
        if kind == "file":
            files.append(name)
            continue
        if kind in {"radio", "checkbox"} and control.get("checked") is None:
            unset.add(name)
            continue
        fields.append((name, value_of(control)))
        if kind in TYPED and control.tag != "select":
            typed.add(name)
        if kind == "hidden":
            hidden.add(name)
    told = ""
    if button is not None and button.get("name"):
        told = f"{button.get('name')}={button.get('value') or ''}"
        fields.append((button.get("name"), button.get("value") or ""))
        hidden.add(button.get("name"))
    removed = re.fullmatch(r"\w+=(\w+)\.remove\.(\d+)", told)
    if removed:
        typed = {name for name in typed if not name.startswith(f"{removed[1]}-{removed[2]}-")}
    return Sendable(
        action=urlsplit(urljoin(path, action))._replace(fragment="", scheme="", netloc="").geturl(),
        method=(form.get("method") or "get").upper(),
        button=told,
        fields=tuple(fields),
        files=tuple(files),
        unset=frozenset(unset - {each for each, _ in fields}),
        typed=frozenset(typed),
        hidden=frozenset(hidden),
    )


def value_of(control: Any) -> str:
    """What a control holds."""
    if control.tag == "textarea":
        return str(control.text or "")
    if control.tag == "select":
        chosen = control.xpath(".//option[@selected]") or control.xpath(".//option[1]")
        return str(chosen[0].get("value", chosen[0].text or "")) if chosen else ""
    return str(control.get("value") or ("on" if control.get("type") in {"radio", "checkbox"} else ""))


def lost(form: Sendable, names: set[str], sent: MultiDict[str, Any], body: str) -> Iterator[str]:
    """Yield what is not in the page of the refusal again; where a field is gone, what was typed into it (`names`)."""
    controls: dict[str, set[str]] = {}
    tree = html.fromstring(body)
    for control in tree.xpath(CONTROLS.replace(".//", "//")):
        controls.setdefault(control.get("name"), set()).add(plain(value_of(control)))
    copied = plain(" ".join(each.text_content() for each in tree.xpath("//section[@id='isian']")))
    for name in sorted(form.typed):
        values = [plain(value) for value in sent.getlist(name) if isinstance(value, str)]
        if len(values) != 1 or not values[0]:
            continue
        is_gone = name not in controls
        if is_gone and (name not in names or SECRET.search(name) or CHOSEN.fullmatch(values[0])):
            continue
        if is_gone and not stands_in(copied, values[0]):
            yield f"{name}: the field is not there again, nor is {values[0][:60]!r}"
        elif not is_gone and values[0] not in controls[name]:
            yield f"{name}: {values[0][:60]!r} became {min(controls[name])[:60]!r}"


def unseen(form: Sendable, names: set[str], sent: MultiDict[str, Any], body: str) -> Iterator[str]:
    """Yield what was typed into these fields and does not stand on the page of its own that answers the form.

    A page of a conflict carries in its own fields whatever nobody else has changed.
    """
    tree = html.fromstring(body)
    shown = plain(" ".join([tree.text_content(), *map(value_of, tree.xpath(CONTROLS.replace(".//", "//")))]))
    for name in sorted(form.typed & names):
        values = [plain(value) for value in sent.getlist(name) if isinstance(value, str)]
        if len(values) != 1 or SECRET.search(name) or CHOSEN.fullmatch(values[0]):
            continue
        if not stands_in(shown, values[0]):
            yield f"{name}: {values[0][:60]!r} is not shown"


def stands_in(text: str, value: str) -> bool:
    """Whether a text holds what was typed; a date may stand there as people write it."""
    return value in text or SENT_DAY.sub(r"\3-\2-\1", value) in text


def says_no(body: str) -> bool:
    """Whether a page begins with a sentence about what was not done."""
    return bool(html.fromstring(body).xpath("//main/*[@role='alert'][contains(@class, 'flash-bad')]"))


def lost_files(form: Sendable, sent: MultiDict[str, Any], body: str) -> Iterator[str]:
    """Yield the good files that are neither kept, nor named as what is wrong, nor said to be chosen again."""
    tree = html.fromstring(body)
    said = tree.text_content()
    for name in form.files:
        is_wrong = bool(tree.xpath("//*[@id=$place]", place=f"{name}-error"))
        for _, file_name in (each for each in sent.getlist(name) if not isinstance(each, str)):
            if file_name in GOOD and file_name not in said and not is_wrong and "dipilih lagi" not in said:
                yield f"the file {file_name} of {name}"


def plain(value: str) -> str:
    """A value without what no page can carry: controls, surrogates, spaces at its ends and twice."""
    kept = "".join(" " if _parts(letter) else letter for letter in value if _parts(letter) or _shows(letter))
    return " ".join(unicodedata.normalize("NFC", kept).split())


def _parts(letter: str) -> bool:
    return letter in "\t\n\r" or unicodedata.category(letter).startswith("Z")


def _shows(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Cc", "Cs", "Cf", "Cn"}
