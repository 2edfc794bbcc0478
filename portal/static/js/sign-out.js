/* Whoever signs out leaves nothing typed behind in this browser. */
(() => {
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-sign-out]")) return;
    Object.keys(localStorage).filter((key) => key.startsWith("simpul")).forEach((key) => localStorage.removeItem(key));
  });
})();
