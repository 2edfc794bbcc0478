"""Walks a page with the Tab key, as people do who use no mouse, and tells what they could not see or reach.

Each stop is looked at when the next key goes down: by then the browser has scrolled to it and drawn its ring.
"""

from dataclasses import dataclass

from playwright.sync_api import Page

LONGEST = 400
AT_ONCE = 20
"""So many keys are pressed before asking whether the walk is over."""
WATCH = """() => {
  const reach = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
    .filter(each => each.tabIndex >= 0 && !each.disabled && each.checkVisibility({visibilityProperty: true}))
    /* Of radios with one name Tab reaches the chosen one, or the first. */
    .filter(each => {
      const group = `input[type=radio][name="${each.name}"]`;
      return each.type !== 'radio'
        || each === (document.querySelector(`${group}:checked`) || document.querySelector(group));
    });
  const walk = { begun: false, over: false, stops: [], reach: reach.length };
  const drawn = each => {
    const style = each && getComputedStyle(each);
    return style && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  };
  const near = one => [one, ...(one.labels || []), one.nextElementSibling, one.parentElement,
    one.parentElement && one.parentElement.parentElement].filter(Boolean);
  const seen = one => {
    const labels = [...(one.labels || [])];
    const boxes = [one, ...labels].flatMap(each => [...each.getClientRects()]).filter(box => box.width > 1);
    /* A browser leaves a control where it is if most of it shows, so its ends are looked at too. */
    return boxes.some(box => [0.5, 0.1, 0.9].some(part => {
      const top = document.elementFromPoint(box.left + box.width * part, box.top + box.height / 2);
      return top && (one.contains(top) || labels.some(label => label.contains(top)));
    }));
  };
  document.addEventListener('keydown', event => {
    if (event.key !== 'Tab' || walk.over) return;
    if (!walk.begun) { walk.begun = true; return; }
    const one = document.activeElement;
    const first = walk.stops[0];
    if (!one || one === document.body || (first && first.one === one)) { walk.over = true; return; }
    const last = walk.stops[walk.stops.length - 1];
    /* Day, month and year of a date are stops inside one control. */
    if (last && last.one === one) return;
    walk.stops.push({ one, faults: [
      seen(one) ? '' : 'cannot be seen',
      near(one).some(drawn) ? '' : 'has no ring',
      last && !(last.one.compareDocumentPosition(one) & 4) ? 'comes before the stop before it' : '',
    ].filter(Boolean) });
  }, true);
  window.walk = walk;
  document.activeElement.blur();
  getSelection().removeAllRanges();
  scrollTo(0, 0);
}"""
TOLD = """() => ({
  over: walk.over,
  stops: walk.stops.length,
  reach: walk.reach,
  faults: walk.stops.flatMap(stop => stop.faults.map(fault => `${fault}: ${stop.one.outerHTML.slice(0, 160)}`)),
})"""


@dataclass(frozen=True, kw_only=True)
class Walked:
    """How many stops a page has, how many it should have, and what is wrong with them."""

    stops: int
    reach: int
    faults: list[str]


def walk(page: Page) -> Walked:
    """Press Tab from the top of a page until it has been left."""
    page.evaluate(WATCH)
    pressed = 0
    while pressed < LONGEST:
        # The key is held, which repeats it: half as many messages to the browser.
        for _ in range(AT_ONCE):
            page.keyboard.down("Tab")
        pressed += AT_ONCE
        if page.evaluate("() => walk.over"):
            break
    page.keyboard.up("Tab")
    told = page.evaluate(TOLD)
    faults = list(told["faults"])
    if not told["over"]:
        faults.append(f"no end after {pressed} keys: a trap")
    if told["stops"] < told["reach"]:
        faults.append(f"only {told['stops']} of {told['reach']} controls are reached")
    return Walked(stops=told["stops"], reach=told["reach"], faults=faults)
