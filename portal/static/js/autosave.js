/* form[data-autosave]: how saving went, and trying again after 2, 5, 15, 30 s, then every 30 s. data-state: stored|typed|failed. */
(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  const waits = [2, 5, 15, 30];
  let [typed, underway, failures, timer] = [0, 0, 0, 0];
  let [trouble, lost] = ["", false];
  const say = (text) => {
    form.querySelector("#save-state span").textContent = text;
  };
  const show = (id) => {
    const told = id && id !== trouble && document.getElementById(id);
    trouble = id;
    form.querySelectorAll(".save-trouble").forEach((each) => (each.hidden = each.id !== id));
    if (told) document.getElementById("announcer").textContent = told.textContent.trim();
  };
  const save = () => form.dispatchEvent(new Event("change"));
  /* Who signed in again elsewhere goes on here, with the token of the new session. */
  const renew = () => document.dispatchEvent(new CustomEvent("session:ask", { detail: renewed }));
  const renewed = (state) => (state === "kept" ? save() : failed(state === "cut" ? "save-cut" : "save-ended", true));
  const again = () => (lost ? renew() : save());
  const failed = (id, isLost = false) => {
    lost = isLost;
    form.dataset.state = "failed";
    say(form.dataset.failed);
    show(id);
    clearTimeout(timer);
    timer = setTimeout(again, waits[Math.min(failures, 3)] * 1000);
    failures += 1;
  };
  const note = () => {
    typed += 1;
    if (form.dataset.state !== "failed") form.dataset.state = "typed";
  };
  form.addEventListener("input", note, true);
  form.addEventListener("htmx:before:request", (event) => {
    clearTimeout(timer);
    /* Somebody was faster and the button to compare is there: it stays where it is until it is pressed. */
    if (form.querySelector("#save-state button")) return event.preventDefault();
    /* Read at the last moment: a request that waited for another carries the stamp that this one brought. */
    event.detail.ctx.request.body = new URLSearchParams(new FormData(form));
    underway = typed;
    say(form.dataset.saving);
  });
  form.addEventListener("htmx:after:request", (event) => {
    const { response, text } = event.detail.ctx;
    if (response.status === 200 && !response.raw.redirected && text.includes('name="stamp"')) return;
    event.preventDefault();
    const ended = response.status === 401 || response.raw.redirected;
    failed(ended ? "save-ended" : "", ended || response.status === 400);
  });
  form.addEventListener("htmx:error", () => failed("save-cut", lost));
  form.addEventListener("htmx:after:swap", () => {
    [failures, lost] = [0, false];
    show("");
    form.dataset.state = form.querySelector(".save-bad") ? "failed" : underway === typed ? "stored" : "typed";
    if (form.dataset.state === "stored") form.dispatchEvent(new Event("saved", { bubbles: true }));
  });
  for (const back of ["focus", "online"]) window.addEventListener(back, () => failures && again());
})();
