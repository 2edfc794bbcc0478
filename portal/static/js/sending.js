/* A form that is on its way is not sent twice by an impatient second press; after five seconds it may be tried again. */
(() => {
  const sent = new WeakMap();
  const free = (form) => {
    const button = sent.get(form);
    if (button) button.removeAttribute("aria-busy");
    sent.delete(form);
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (sent.has(form)) {
      event.preventDefault();
      return;
    }
    sent.set(form, event.submitter);
    if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
    setTimeout(() => free(form), 5000);
  });
  /* Coming back with the browser's own history finds the page as it was left. */
  window.addEventListener("pageshow", () => document.querySelectorAll("form").forEach(free));
})();
