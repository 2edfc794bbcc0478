"""One answer of the portal, read as a visitor reads it. Reading checks it strictly (see `markup`)."""

from dataclasses import dataclass
from typing import Any

from lxml import etree
from werkzeug.test import TestResponse

from tests.harness import markup

SUBMITS = ".//button[not(@type) or @type='submit'] | .//input[@type='submit']"


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form as a browser would send it: what is filled in, and where it goes."""

    action: str
    method: str
    fields: list[tuple[str, str]]


class Page:
    """A page or a part of one: `code`, `title`, `heading`, `text`, `one(xpath)`, `links`, `form(button)`."""

    def __init__(self, response: TestResponse, path: str) -> None:
        """Parse and check the answer; every fault is named at once."""
        self.response = response
        self.path = path
        self.markup = response.get_data(as_text=True)
        assert self.markup.strip(), f"{path} ({response.status_code}): the answer is empty"
        self.tree: etree._Element = markup.parsed(self.markup)
        found = markup.faults(self.markup, self.tree)
        assert not found, f"{path} ({response.status_code}):\n" + "\n".join(found)

    @property
    def code(self) -> int:
        """The number of the answer, 200 or another."""
        return self.response.status_code

    @property
    def title(self) -> str:
        """What the browser's tab says."""
        return markup.words(self.one("//head/title"))

    @property
    def heading(self) -> str:
        """The words of the one main heading."""
        return markup.words(self.one("//h1"))

    @property
    def text(self) -> str:
        """All visible words."""
        return markup.words(self.tree)

    @property
    def main(self) -> str:
        """The visible words of the main part, without navigation."""
        return markup.words(self.one("//main"))

    @property
    def links(self) -> list[tuple[str, str]]:
        """Every link: its name and its address."""
        return [(markup.name_of(a, self.tree).strip(), str(a.get("href"))) for a in self.all("//a[@href]")]

    def all(self, xpath: str, **values: Any) -> list[Any]:
        """Everything that an XPath finds."""
        return list(self.tree.xpath(xpath, **values))

    def one(self, xpath: str, **values: Any) -> Any:
        """The single thing that an XPath finds."""
        found = self.all(xpath, **values)
        assert len(found) == 1, f"{self.path}: {xpath} finds {len(found)} things instead of one"
        return found[0]

    def link(self, name: str) -> str:
        """The address of the link whose name contains these words."""
        found = {href for text, href in self.links if name in text}
        assert len(found) == 1, f"{self.path}: {len(found)} links named {name!r} among {self.links}"
        return found.pop()

    def form(self, button: str) -> Form:
        """The form that the button with these words sends, with everything that is already filled in."""
        found = [
            (form, control)
            for form in self.all("//form")
            for control in [one for one in form.xpath(SUBMITS) if not one.get("form")] + self._buttons_outside(form)
            if button in (control.get("value") or "" if control.tag == "input" else markup.name_of(control, self.tree))
        ]
        assert len(found) == 1, f"{self.path}: {len(found)} buttons named {button!r}"
        form, control = found[0]
        pressed = [(control.get("name"), control.get("value") or "")] if control.get("name") else []
        return Form(
            action=control.get("formaction") or form.get("action") or self.path,
            method=(control.get("formmethod") or form.get("method") or "get").upper(),
            fields=[*filled_in(form, self.tree), *pressed],
        )

    def _buttons_outside(self, form: Any) -> list[Any]:
        key = form.get("id")
        return self.all("//button[@form=$key]", key=key) if key else []


def filled_in(form: Any, tree: Any) -> list[tuple[str, str]]:
    """The fields of a form as the page brings them, files left out."""
    fields = []
    controls = form.xpath(".//input[@name] | .//select[@name] | .//textarea[@name]")
    if form.get("id"):
        controls += tree.xpath("//*[self::input or self::select or self::textarea][@form=$key]", key=form.get("id"))
    for control in controls:
        kind = control.get("type", "text") if control.tag == "input" else control.tag
        if control.get("disabled") is not None or kind in {"file", "submit", "button", "image", "reset"}:
            continue
        if kind in {"checkbox", "radio"} and control.get("checked") is None:
            continue
        fields += [(control.get("name"), value) for value in values_of(control, kind)]
    return fields


def values_of(control: Any, kind: str) -> list[str]:
    """What a control sends as the page brings it."""
    if kind == "select":
        options = control.xpath(".//option")
        chosen = [option for option in options if option.get("selected") is not None]
        if not chosen and control.get("multiple") is None:
            chosen = options[:1]
        return [option.get("value", markup.words(option)) for option in chosen]
    if kind == "textarea":
        return [(control.text or "").removeprefix("\n")]
    return [control.get("value", "on" if kind in {"checkbox", "radio"} else "")]
