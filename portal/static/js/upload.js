/* <input type="file" data-upload="id" data-limit-mb="20">: lists names and sizes of what was chosen. */
(() => {
  const size = (bytes) => {
    const [value, unit] = bytes < 1048576 ? [bytes / 1024, "KB"] : [bytes / 1048576, "MB"];
    return `${value.toLocaleString(document.documentElement.lang, { maximumFractionDigits: 1 })} ${unit}`;
  };
  const row = (file, limit, sentence) => {
    const item = document.createElement("li");
    const note = document.createElement("small");
    note.textContent = size(file.size);
    item.append(file.name, " ", note);
    if (file.size > limit) {
      const warning = document.createElement("span");
      warning.className = "too-large";
      warning.textContent = sentence;
      item.append(warning);
    }
    return item;
  };
  document.addEventListener("change", (event) => {
    const control = event.target;
    if (!control.dataset || !control.dataset.upload) return;
    const list = document.getElementById(control.dataset.upload);
    const limit = Number(control.dataset.limitMb) * 1048576;
    list.replaceChildren(...[...control.files].map((file) => row(file, limit, list.dataset.tooLarge)));
  });
})();
