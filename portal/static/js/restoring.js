/* #kept offers what an earlier page of this form could not store; it is never put back unasked, and old texts are forgotten. */
(() => {
  const box = document.getElementById("kept");
  if (!box) return;
  const oldest = Date.now() - 14 * 86400000;
  const form = document.querySelector("form[data-kept]");
  const { kept, last } = form.dataset;
  const stamp = form.elements.stamp.value;
  const stored = window.formValues.read(form);
  const read = (key) => JSON.parse(localStorage.getItem(key));
  const keys = () => Object.keys(localStorage).filter((key) => key.startsWith("simpul."));
  const [here] = form.elements.page.value.split(".");
  const isBefore = (key) => key.startsWith(`${kept}.`) && !key.endsWith(here);
  const before = () => keys().filter(isBefore).sort((a, b) => read(a).at - read(b).at);
  const arrived = (key) => {
    const [page, number] = last.split(".");
    const one = read(key);
    if (key === `${kept}.${page}` && one.number <= Number(number)) return true;
    return Object.entries(one.values).every(([name, value]) => stored[name] === value);
  };
  const look = () => {
    const key = before().pop();
    box.hidden = !key;
    if (!key) return;
    const one = read(key);
    const words = { dateStyle: "medium", timeStyle: "short" };
    box.dataset.key = key;
    box.querySelector("time").textContent = new Date(one.at).toLocaleString(document.documentElement.lang, words);
    box.querySelector("[data-newer]").hidden = one.stamp === stamp;
    document.getElementById("announcer").textContent = box.querySelector("p").textContent.trim();
  };
  /* Put back before anything else reads the page, so that every kind of control shows it. */
  box.querySelector("[data-restore]").addEventListener("click", () => {
    sessionStorage.setItem("simpul.restore", box.dataset.key);
    location.reload();
  });
  box.querySelector("[data-drop]").addEventListener("click", () => {
    localStorage.removeItem(box.dataset.key);
    look();
    if (box.hidden) document.getElementById("content").focus();
  });
  const key = sessionStorage.getItem("simpul.restore");
  sessionStorage.removeItem("simpul.restore");
  if (key && key.startsWith(`${kept}.`) && read(key)) {
    window.formValues.fill(form, read(key).values);
    form.dispatchEvent(new Event("input"));
    localStorage.removeItem(key);
    const save = () => form.dispatchEvent(new Event("change"));
    if (form.dataset.htmxPowered) save();
    else form.addEventListener("htmx:after:init", save, { once: true });
  }
  keys().filter((one) => read(one).at < oldest).forEach((one) => localStorage.removeItem(one));
  before().filter(arrived).forEach((one) => localStorage.removeItem(one));
  look();
})();
