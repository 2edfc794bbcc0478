/* <div data-phrases><select>…<textarea>…</div>: a chosen ready sentence is written into the text. */
(() => {
  document.addEventListener("change", (event) => {
    const frame = event.target.closest("[data-phrases]");
    if (!frame || event.target.tagName !== "SELECT" || !event.target.value) return;
    const text = frame.querySelector("textarea");
    text.value = `${text.value.trim()} ${event.target.value}`.trim();
    event.target.value = "";
    text.dispatchEvent(new Event("input", { bubbles: true }));
    text.focus();
  });
})();
