"""Walks a page with the Tab key, as people do who use no mouse, and tells what they could not see or reach.

Each stop is looked at when the next key goes down: by then the browser has scrolled to it and drawn its ring.
Given the kinds of controls that were walked before, the walk begins before the first control of a new kind and ends
behind the last one. A kind is a number for a control with the boxes that it lies in, the bars that may cover it, and
the scripts of the page.
"""

from collections.abc import Set
from dataclasses import dataclass, field

from playwright.sync_api import Page

LONGEST = 400
AT_ONCE = 10
"""So many keys are pressed before asking whether the walk is over."""
WATCH = """numbers => {
  const known = new Set(numbers);
  const short = text => [...text].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) % 281474976710597, 7);
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
    .filter(each => each.tabIndex >= 0 && !each.disabled && each.checkVisibility({visibilityProperty: true}))
    /* Of radios with one name Tab reaches the chosen one, or the first. */
    .filter(each => {
      const group = `input[type=radio][name="${each.name}"]`;
      return each.type !== 'radio'
        || each === (document.querySelector(`${group}:checked`) || document.querySelector(group));
    });
  const said = each => [each.localName, each.type, each.getAttribute('role'), each.getAttribute('tabindex'),
    [...each.classList].sort().join('.')].filter(Boolean).join(' ');
  const bars = [...document.body.querySelectorAll('*')].filter(each =>
    each.checkVisibility() && ['fixed', 'sticky'].includes(getComputedStyle(each).position));
  const page = short([...[...document.scripts].map(each => new URL(each.src).pathname), ...bars.map(said)].join(' '));
  const kinds = all.map(one => {
    const boxes = [one];
    while (boxes.length < 4 && boxes[0].parentElement) boxes.unshift(boxes[0].parentElement);
    return short([page, ...boxes.map(said)].join(' > '));
  });
  const fresh = kinds.map((kind, place) => known.has(kind) ? -1 : place).filter(place => place >= 0);
  const from = all[fresh[0] - 1], end = all[fresh[fresh.length - 1] + 1];
  const reach = fresh.length ? all.slice(fresh[0], fresh[fresh.length - 1] + 1) : [];
  const walk = { begun: false, over: !reach.length, stops: [], reach: reach.length, all: all.length, kinds };
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
    const first = from ? all[0] : walk.stops[0] && walk.stops[0].one;
    if (!one || [document.body, end, first].includes(one)) { walk.over = true; return; }
    const last = walk.stops[walk.stops.length - 1];
    /* Day, month and year of a date are stops inside one control. */
    if (one === from || (last && last.one === one)) return;
    walk.stops.push({ one, faults: [
      seen(one) ? '' : 'cannot be seen',
      near(one).some(drawn) ? '' : 'has no ring',
      last && !(last.one.compareDocumentPosition(one) & 4) ? 'comes before the stop before it' : '',
    ].filter(Boolean) });
  }, true);
  window.walk = walk;
  document.activeElement.blur();
  getSelection().removeAllRanges();
  if (window.walked) {
    /* Tab goes on where the focus last was: a page that was walked before begins at its first control again. */
    document.body.setAttribute('tabindex', '-1');
    document.body.focus();
    document.body.blur();
    document.body.removeAttribute('tabindex');
  }
  window.walked = true;
  scrollTo(0, 0);
  if (from) from.focus();
}"""
TOLD = """() => ({
  over: walk.over,
  stops: walk.stops.length,
  reach: walk.reach,
  controls: walk.all,
  kinds: walk.kinds,
  faults: walk.stops.flatMap(stop => stop.faults.map(fault => `${fault}: ${stop.one.outerHTML.slice(0, 160)}`)),
})"""


@dataclass(frozen=True, kw_only=True)
class Walked:
    """How many stops were made and should have been, how many controls and which kinds there are, and the faults."""

    stops: int
    reach: int
    controls: int
    kinds: frozenset[int]
    faults: list[str] = field(default_factory=list)


def walk(page: Page, known: Set[int] = frozenset()) -> Walked:
    """Press Tab from the top of a page until it has been left, or past what is of no known kind."""
    page.evaluate(WATCH, list(known))
    pressed = 0
    while pressed < LONGEST and not page.evaluate("() => walk.over"):
        # The key is held, which repeats it: half as many messages to the browser.
        for _ in range(AT_ONCE):
            page.keyboard.down("Tab")
        pressed += AT_ONCE
    page.keyboard.up("Tab")
    told = page.evaluate(TOLD)
    faults = list(told["faults"])
    if not told["over"]:
        faults.append(f"no end after {pressed} keys: a trap")
    if told["stops"] < told["reach"]:
        faults.append(f"only {told['stops']} of {told['reach']} controls are reached")
    return Walked(
        stops=told["stops"],
        reach=told["reach"],
        controls=told["controls"],
        kinds=frozenset(told["kinds"]),
        faults=faults,
    )
