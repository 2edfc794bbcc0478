/* <button type="button" data-copy="id" data-copied="Tersalin"> copies the text of that element. */
(() => {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const source = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(source.value || source.textContent.trim());
    document.getElementById("announcer").textContent = button.dataset.copied;
  });
})();
