/* #photos: pictures are made small on this device, and every file goes up in parts that go on where a cut line left them. */
(() => {
  const box = document.getElementById("photos");
  if (!box) return;
  const { begin, shrinking, sending, cut, ended, done } = box.dataset;
  const [control, list] = [box.querySelector("input[type=file]"), box.querySelector("ul[id]")];
  const token = control.form.elements.csrf_token.value;
  const [PART, LONGEST, MOST] = [65536, 1600, 500000];
  const waits = [1, 2, 5, 15];
  let queue = Promise.resolve();
  delete control.dataset.upload;
  list.removeAttribute("aria-live");
  box.querySelector("button").hidden = true;
  const speak = (text) => {
    document.getElementById("announcer").textContent = text;
  };
  const drawn = (picture, scale, quality) => {
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return new Promise((ready) => canvas.toBlob(ready, "image/jpeg", quality));
  };
  const small = async (file) => {
    if (!file.type.startsWith("image/")) return file;
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      let scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
      let blob = await drawn(picture, scale, 0.85);
      for (const quality of [0.7, 0.55]) if (blob.size > MOST) blob = await drawn(picture, scale, quality);
      while (blob.size > MOST) blob = await drawn(picture, (scale *= 0.8), 0.55);
      return new File([blob], `${file.name.replace(/\.[^.]+$/, "")}.jpg`);
    } catch {
      return file;
    }
  };
  const sumOf = async (file) => {
    let sum = 2166136261;
    for (const byte of new Uint8Array(await file.arrayBuffer())) sum = Math.imul(sum ^ byte, 16777619);
    return (sum >>> 0).toString(16);
  };
  const connected = (seconds) =>
    new Promise((go) => {
      setTimeout(go, seconds * 1000);
      window.addEventListener("online", go, { once: true });
    });
  const ask = async (address, body, note) => {
    for (let tries = 0; ; tries += 1) {
      let answer;
      try {
        answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token } });
        if (answer.ok && !answer.redirected) return await answer.json();
      } catch {
        answer = null;
      }
      if (answer && answer.status < 500) throw new Error(ended);
      if (note.textContent !== cut) speak(cut);
      note.textContent = cut;
      await connected(waits[Math.min(tries, 3)]);
    }
  };
  const send = async (chosen, note) => {
    note.textContent = shrinking;
    const file = await small(chosen);
    const about = new URLSearchParams({ name: file.name, size: file.size, mark: await sumOf(file) });
    let at = await ask(begin, about, note);
    const { key } = at;
    while (!at.refused && !at.done) {
      const whole = Math.ceil(file.size / PART);
      note.textContent = sending.replace("{n}", Math.floor(at.offset / PART)).replace("{m}", whole);
      at = await ask(`${begin}/${key}?offset=${at.offset}`, file.slice(at.offset, at.offset + PART), note);
    }
    note.textContent = at.refused || done;
    note.className = at.refused ? "too-large" : "";
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
