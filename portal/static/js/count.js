/* <textarea data-count="id">: that element says how many letters are left, in the last fifth only. */
(() => {
  document.addEventListener("input", (event) => {
    const control = event.target;
    if (!control.dataset || !control.dataset.count) return;
    const counter = document.getElementById(control.dataset.count);
    const left = control.maxLength - control.value.length;
    counter.textContent = left <= control.maxLength / 5 ? counter.dataset.left.replace("{n}", left) : "";
  });
})();
