/* Leaving a page whose form[data-unsaved] was changed and not sent asks first. */
(() => {
  let changed = false;
  document.addEventListener("input", (event) => {
    if (event.target.closest("form[data-unsaved]")) changed = true;
  });
  for (const done of ["submit", "saved"]) {
    document.addEventListener(done, () => {
      changed = false;
    });
  }
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
})();
