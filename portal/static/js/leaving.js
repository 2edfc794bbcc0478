/* form[data-autosave]: each sending is counted in the mark of the page; on leaving, what is not stored yet is sent once more. */
(() => {
  const form = document.querySelector("form[data-autosave]");
  if (!form) return;
  let pressed = false;
  form.addEventListener("formdata", (event) => {
    const [page, sent] = form.elements.page.value.split(".");
    form.elements.page.value = `${page}.${Number(sent || 0) + 1}`;
    event.formData.set("page", form.elements.page.value);
  });
  form.addEventListener("submit", () => {
    pressed = true;
  });
  /* Going to sign in again loses nothing: the text waits in this browser. */
  form.addEventListener("click", (event) => {
    if (event.target.closest(".save-trouble a")) pressed = true;
  });
  window.addEventListener("pageshow", () => {
    pressed = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (form.dataset.state === "failed" && !pressed) event.preventDefault();
  });
  window.addEventListener("pagehide", () => {
    if (form.dataset.state !== "typed" || pressed) return;
    const body = new URLSearchParams(new FormData(form));
    const headers = { "HX-Request": "true" };
    fetch(form.getAttribute("hx-post"), { method: "POST", body, headers, keepalive: true }).catch(() => {});
  });
})();
