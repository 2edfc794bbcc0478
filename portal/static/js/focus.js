/* Where attention goes: to the error summary of a loaded page, and to [data-focus] of a swapped part. */
(() => {
  const take = (root) => {
    const target = root.querySelector("[data-focus]");
    if (target) target.focus();
  };
  const say = (root) => {
    const sentence = root.querySelector("[data-announce]");
    const announcer = document.getElementById("announcer");
    /* The same words again are not read again: a page that asks every two seconds would never be quiet. */
    if (sentence && announcer.textContent !== sentence.dataset.announce) announcer.textContent = sentence.dataset.announce;
  };
  document.addEventListener("DOMContentLoaded", () => take(document));
  document.addEventListener("htmx:before:request", (event) => {
    const target = event.detail && event.detail.ctx && event.detail.ctx.target;
    if (target && target.setAttribute) target.setAttribute("aria-busy", "true");
  });
  document.addEventListener("htmx:after:swap", () => {
    document.querySelectorAll("[aria-busy]").forEach((each) => each.removeAttribute("aria-busy"));
    if (document.activeElement === document.body) take(document);
    say(document);
  });
  /* A link of the error summary leads to the control, also where the id belongs to a group of choices. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".error-summary a[href^='#']");
    if (!link) return;
    const target = document.getElementById(link.hash.slice(1));
    const control = target && (target.matches("input, select, textarea") ? target : target.querySelector("input"));
    if (!control) return;
    event.preventDefault();
    control.focus();
  });
})();
