/* form[data-kept]: what is typed and not yet stored stays in this browser until it is. window.formValues reads and fills. */
(() => {
  const ticked = (control) => control.matches("[type=checkbox], [type=radio]");
  const nameOf = (control) => (ticked(control) ? `${control.name}=${control.value}` : control.name);
  const valueOf = (control) => (ticked(control) ? control.checked : control.value);
  const controls = (form) =>
    [...form.elements].filter((each) => each.name && each.matches("input:not([type=hidden], [type=file]), select, textarea"));
  window.formValues = {
    read: (form) => Object.fromEntries(controls(form).map((each) => [nameOf(each), valueOf(each)])),
    fill: (form, values) =>
      controls(form).forEach((each) => {
        if (nameOf(each) in values) each[ticked(each) ? "checked" : "value"] = values[nameOf(each)];
      }),
  };
  /* Sent by a button: forgotten when the next page says that it was stored. */
  const sent = sessionStorage.getItem("simpul.sent");
  sessionStorage.removeItem("simpul.sent");
  if (sent && document.querySelector("main > .flash-good, main > .flash-warn")) localStorage.removeItem(sent);
  document.addEventListener("submit", (event) => {
    const { kept, keptSent } = event.target.dataset;
    if (!kept && !keptSent) return;
    const [page] = event.target.elements.page.value.split(".");
    sessionStorage.setItem("simpul.sent", `${kept || keptSent}.${page}`);
  });
  const form = document.querySelector("form[data-kept]");
  if (!form) return;
  const [page] = form.elements.page.value.split(".");
  const own = `${form.dataset.kept}.${page}`;
  let stored = window.formValues.read(form);
  /* Only what differs from what is stored: the rest may be somebody else's by the time it is put back. */
  form.addEventListener("input", () => {
    const changed = Object.entries(window.formValues.read(form)).filter(([name, value]) => stored[name] !== value);
    const number = Number(form.elements.page.value.split(".")[1] || 0) + 1;
    const values = Object.fromEntries(changed);
    localStorage.setItem(own, JSON.stringify({ at: Date.now(), number, stamp: form.elements.stamp.value, values }));
  });
  form.addEventListener("saved", () => {
    localStorage.removeItem(own);
    stored = window.formValues.read(form);
  });
})();
