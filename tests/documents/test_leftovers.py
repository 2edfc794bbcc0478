"""What the file of a template carries that no draft may: remarks, names of its makers, orders to Word."""

import dataclasses

import pytest

from portal.documents import leftovers, lint, package, render
from portal.documents.starters import layout
from tests.documents import builders, soundness

REMARKED = '<w:p><w:commentRangeStart w:id="1"/><w:r><w:t>x</w:t></w:r><w:commentRangeEnd w:id="1"/></w:p>'
ORDER = "<w:updateFields{}/>"


def changed(template, **parts):
    """The template with parts that are made from the old ones."""
    kept = package.unpack(template.content)
    kept |= {name: change(kept.get(name, b"")) for name, change in parts.items()}
    content = package.pack(kept)
    return dataclasses.replace(template, content=content, digest=str(hash(content)))


def ordered(value=""):
    def change(settings):
        return settings.replace(b"</w:settings>", f"{ORDER.format(value)}</w:settings>".encode())

    return changed(builders.template(builders.text("{{ nama }}")), **{leftovers.SETTINGS: change})


def noted(template):
    return [(one.code, one.is_error) for one in lint.check(template.content, template.schema) if one.code == "T212"]


@pytest.mark.parametrize("value", ["", ' w:val="true"', ' w:val="1"'])
def test_an_order_to_update_fields_is_noted_and_dropped(value):
    template = ordered(value)
    assert noted(template) == [("T212", False)]
    made = render.render(template, {"nama": "N"}).content
    assert b"updateFields" not in package.unpack(made)[leftovers.SETTINGS]
    assert soundness.faults(made) == []


def test_an_order_that_is_switched_off_is_dropped_without_a_word():
    template = ordered(' w:val="false"')
    assert noted(template) == []
    assert b"updateFields" not in package.unpack(render.render(template, {}).content)[leftovers.SETTINGS]


def test_settings_without_the_order_stay_byte_for_byte():
    template = builders.template(builders.text("x"))
    before, after = package.unpack(template.content), package.unpack(render.render(template, {}).content)
    assert before[leftovers.SETTINGS] == after[leftovers.SETTINGS]
    assert noted(template) == []


def test_remarks_of_whoever_made_the_template_are_left_out_of_drafts():
    remarks = f'<w:comments {layout.W_NS}><w:comment w:id="1" w:author="a"/></w:comments>'.encode()
    template = changed(builders.template(REMARKED), **{"word/comments.xml": lambda _: remarks})
    made = package.unpack(render.render(template, {}).content)
    assert "word/comments.xml" not in made
    assert b"comment" not in made["word/document.xml"]


def test_a_draft_does_not_tell_who_made_its_template():
    def signed(core):
        said = b"<dc:creator>Orang Contoh</dc:creator><cp:lastModifiedBy>Orang Contoh</cp:lastModifiedBy>"
        return core.replace(b"</cp:coreProperties>", said + b"</cp:coreProperties>")

    made = render.render(changed(builders.template(builders.text("x")), **{"docProps/core.xml": signed}), {}).content
    assert b"Orang Contoh" not in b"".join(package.unpack(made).values())
    assert b"<dc:language>id-ID</dc:language>" in package.unpack(made)["docProps/core.xml"]
