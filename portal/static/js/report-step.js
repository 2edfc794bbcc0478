/* form[data-step] saves itself a moment after typing stops; what failed is tried again, and leaving still asks until it is kept. */
(() => {
  const form = document.querySelector("form[data-step]");
  if (!form) return;
  const line = document.getElementById("kept");
  const waits = [2, 5, 15, 30];
  let [timer, underway, again, failures, stopped] = [0, false, false, 0, false];
  const later = (seconds) => {
    clearTimeout(timer);
    timer = setTimeout(save, seconds * 1000);
  };
  const stood = (before) => {
    for (const [name, text] of Object.entries(before)) {
      const kept = form.elements[`before_${name}`];
      if (kept) kept.value = text;
    }
  };
  const save = async () => {
    if (stopped) return;
    if (underway) {
      again = true;
      return;
    }
    [underway, again] = [true, false];
    const body = new FormData(form);
    body.set("act", "auto");
    try {
      const answer = await fetch(location.pathname, { method: "POST", body, headers: { Accept: "application/json" } });
      const told = answer.ok && !answer.redirected ? await answer.json() : null;
      if (!told) throw answer;
      failures = 0;
      stopped = Boolean(told.stop);
      line.textContent = told.stop || told.said;
      if (told.before) stood(told.before);
      if (!again && !stopped) form.dispatchEvent(new Event("saved", { bubbles: true }));
    } catch {
      line.textContent = form.dataset.failed;
      later(waits[Math.min(failures, 3)]);
      failures += 1;
    }
    underway = false;
    if (again) later(1);
  };
  form.addEventListener("input", () => later(3));
  form.addEventListener("change", () => later(0.3));
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    stopped = true;
  });
  window.addEventListener("online", () => failures && save());
})();
