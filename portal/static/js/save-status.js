/* The line under the heading of a form[data-autosave]: saving, saved, not saved and tried again after 2, 5, 15, 30 s. */
(() => {
  const waits = [2, 5, 15, 30];
  let failures = 0;
  let timer = 0;
  const formOf = (event) => {
    const source = (event.detail && event.detail.ctx && event.detail.ctx.sourceElement) || event.target;
    return source && source.closest && source.closest("form[data-autosave]");
  };
  const say = (form, text) => {
    const line = form.querySelector("#save-state span");
    if (line) line.textContent = text;
  };
  const again = (form) => {
    say(form, form.dataset.failed);
    if (!failures) document.getElementById("announcer").textContent = form.dataset.failed;
    clearTimeout(timer);
    timer = setTimeout(() => form.dispatchEvent(new Event("change", { bubbles: true })), waits[Math.min(failures, 3)] * 1000);
    failures += 1;
  };
  document.addEventListener("htmx:before:request", (event) => {
    const form = formOf(event);
    if (form) say(form, form.dataset.saving);
  });
  document.addEventListener("htmx:finally:request", (event) => {
    const form = formOf(event);
    const response = event.detail && event.detail.ctx && event.detail.ctx.response;
    if (!form || !response) return;
    if (response.status !== 200) return again(form);
    failures = 0;
    if (!form.querySelector(".save-bad")) form.dispatchEvent(new Event("saved", { bubbles: true }));
  });
  document.addEventListener("htmx:error", (event) => {
    const form = formOf(event);
    if (form) again(form);
  });
})();
