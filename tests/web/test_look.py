"""The components in a real browser: accessible at three widths, usable by keyboard, with and without script."""

import pytest
from playwright.sync_api import expect

from tests.harness import accessibility

pytestmark = [pytest.mark.browser, pytest.mark.sqlite_only]
GALLERY = "/komponen"
SEEN = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const box = one.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 2);
  const y = Math.min(Math.max(box.top + box.height / 2, 1), innerHeight - 2);
  const top = document.elementFromPoint(x, y);
  const label = one.labels ? [...one.labels] : [];
  const seen = top && (one.contains(top) || top.contains(one) || label.some(each => each.contains(top)));
  return {seen: Boolean(seen), text: (one.textContent || one.name || one.tagName).trim().slice(0, 40)};
}"""


@pytest.fixture
def gallery(page):
    page.goto(GALLERY)
    return page


def test_the_gallery_is_accessible_and_never_scrolls_sideways(gallery):
    texts = set()
    for width in (1280, 390, 320):
        gallery.set_viewport_size({"width": width, "height": 844})
        assert gallery.evaluate("document.documentElement.scrollWidth") <= width
        assert accessibility.violations(gallery, known=texts) == []


def test_open_menus_are_accessible(gallery):
    gallery.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
    gallery.set_viewport_size({"width": 390, "height": 844})
    assert accessibility.violations(gallery, known=set()) == []


def test_text_spacing_and_large_letters_do_not_scroll_sideways(phone_page):
    phone_page.goto(GALLERY)
    for change in (
        "document.querySelectorAll('*').forEach(each => Object.assign(each.style, "
        "{lineHeight: '1.5', letterSpacing: '.12em', wordSpacing: '.16em'}))",
        "document.querySelectorAll('*').forEach(each => each.removeAttribute('style')); "
        "document.documentElement.style.fontSize = '32px'",
    ):
        phone_page.evaluate(change)
        assert phone_page.evaluate("document.documentElement.scrollWidth") <= 390


def test_escape_closes_a_menu_and_gives_the_focus_back(gallery):
    summary = gallery.locator("details.menu > summary").first
    summary.click()
    gallery.keyboard.press("Tab")
    gallery.keyboard.press("Escape")
    expect(gallery.locator("details.menu[open]")).to_have_count(0)
    expect(summary).to_be_focused()


def test_a_press_elsewhere_closes_a_menu(gallery):
    gallery.locator("details.menu > summary").first.click()
    expect(gallery.locator("details.menu[open]")).to_have_count(1)
    gallery.locator("h1").click()
    expect(gallery.locator("details.menu[open]")).to_have_count(0)


def test_mistakes_take_the_focus_and_lead_to_their_controls(gallery):
    expect(gallery.locator("#error-summary")).to_be_focused()
    gallery.locator(".error-summary a").first.click()
    expect(gallery.locator("#title")).to_be_focused()


def test_control_k_goes_to_the_search(gallery):
    gallery.keyboard.press("Control+k")
    expect(gallery.locator("#search-words")).to_be_focused()


def test_chosen_files_are_listed_and_a_large_one_is_named(gallery, tmp_path):
    small, large = tmp_path / "hadir.pdf", tmp_path / "foto.pdf"
    small.write_bytes(b"x" * 2048)
    large.write_bytes(b"x" * (21 * 1024 * 1024))
    gallery.set_input_files("#files", [small, large])
    expect(gallery.locator("#files-chosen li")).to_have_count(2)
    rows = gallery.locator("#files-chosen li").all_inner_texts()
    assert rows[0].split() == ["hadir.pdf", "2", "KB"]
    assert "21 MB" in rows[1]
    assert "Terlalu besar" in rows[1]


def test_letters_left_are_counted_near_the_end_only(gallery):
    gallery.fill("#reason", "a" * 100)
    expect(gallery.locator("#reason-left")).to_have_text("")
    gallery.fill("#reason", "a" * 290)
    expect(gallery.locator("#reason-left")).to_have_text("Sisa 10 huruf")


def test_a_long_list_can_be_typed_into_and_the_form_gets_its_value(gallery):
    gallery.fill("#partner", "bandung")
    gallery.keyboard.press("ArrowDown")
    gallery.keyboard.press("Enter")
    expect(gallery.locator("#partner")).to_have_value("Lembaga Contoh, Kota Bandung")
    assert gallery.evaluate("new FormData(document.querySelector('form[data-unsaved]')).get('partner')") == "2"


def test_without_script_every_choice_is_an_ordinary_control(no_script_page):
    no_script_page.goto(GALLERY)
    no_script_page.select_option("#partner", "2")
    no_script_page.locator("details.menu > summary").first.click()
    expect(no_script_page.locator("details.menu[open]")).to_have_count(1)
    assert no_script_page.locator("#partner").evaluate("each => each.tagName") == "SELECT"


def test_every_stop_of_the_keyboard_can_be_seen(gallery):
    gallery.evaluate("document.activeElement.blur(); document.querySelector('.skip-link').focus()")
    stops, hidden = 0, []
    for _ in range(300):
        gallery.keyboard.press("Tab")
        seen = gallery.evaluate(SEEN)
        if seen is None:
            break
        stops += 1
        hidden += [] if seen["seen"] else [seen["text"]]
    assert stops > 100
    assert hidden == []


def test_a_password_can_be_shown_and_hidden_again(gallery):
    gallery.fill("#secret", "payung teduh")
    gallery.get_by_role("button", name="Tampilkan").click()
    expect(gallery.locator("#secret")).to_have_attribute("type", "text")
    gallery.get_by_role("button", name="Sembunyikan").click()
    expect(gallery.locator("#secret")).to_have_attribute("type", "password")


def test_a_second_press_does_not_send_a_form_twice(gallery):
    posts = []

    def answer(route):
        posts.append(route.request.method)
        route.fulfill(status=204)

    gallery.route("**/sent", answer)
    gallery.evaluate("document.querySelector('form.confirm-page').setAttribute('action', '/sent')")
    button = gallery.get_by_role("button", name="Kembalikan laporan")
    with gallery.expect_response("**/sent"):
        button.click(no_wait_after=True)
    button.click(no_wait_after=True)
    # A second form would be on its way now.
    gallery.wait_for_timeout(300)
    assert posts == ["POST"]
