/* #photos: what is chosen is made small on this device and sent in parts, one after the other; each says how far it is. */
(() => {
  const box = document.getElementById("photos");
  if (!box) return;
  const { begin, shrinking, sending, cut, ended, done } = box.dataset;
  const [control, list] = [box.querySelector("input[type=file]"), box.querySelector("ul[id]")];
  const token = control.form.elements.csrf_token.value;
  let queue = Promise.resolve();
  delete control.dataset.upload;
  list.removeAttribute("aria-live");
  box.querySelector("button").hidden = true;
  const speak = (text) => {
    document.getElementById("announcer").textContent = text;
  };
  const send = async (chosen, note) => {
    note.textContent = shrinking;
    const file = await window.smallPhoto(chosen);
    const lost = () => {
      if (note.textContent !== cut) speak(cut);
      note.textContent = cut;
    };
    const told = (n, m) => {
      note.textContent = sending.replace("{n}", n).replace("{m}", m);
    };
    const { refused } = await window.inParts(file, { begin, token, cut: lost, told });
    note.textContent = refused || done;
    note.className = refused ? "too-large" : "";
    speak(`${file.name}: ${note.textContent}`);
  };
  const refresh = async () => {
    const page = await (await fetch(location.href)).text();
    const kept = new DOMParser().parseFromString(page, "text/html").getElementById("kept-files");
    if (kept) document.getElementById("kept-files").replaceWith(kept);
  };
  control.addEventListener("change", () => {
    const rows = [...control.files].map((file) => {
      const [item, note] = [document.createElement("li"), document.createElement("span")];
      item.append(`${file.name}: `, note);
      list.append(item);
      return () => send(file, note).catch(() => (note.textContent = ended));
    });
    control.value = "";
    box.dataset.busy = "yes";
    for (const row of rows) queue = queue.then(row);
    const last = (queue = queue.then(refresh).catch(() => {}));
    last.then(() => last === queue && delete box.dataset.busy);
  });
  window.addEventListener("beforeunload", (event) => {
    if (box.dataset.busy) event.preventDefault();
  });
})();
