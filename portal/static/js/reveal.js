/* <button data-reveal="id" data-other="Sembunyikan" hidden>: shows and hides what was typed into a password control. */
(() => {
  document.querySelectorAll("[data-reveal]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => {
      const control = document.getElementById(button.dataset.reveal);
      const words = button.textContent.trim();
      control.type = control.type === "password" ? "text" : "password";
      button.textContent = button.dataset.other;
      button.dataset.other = words;
    });
  });
})();
