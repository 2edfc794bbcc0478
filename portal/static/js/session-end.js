/* dialog#session-end opens three minutes before the session ends by itself. Every open page of the portal is use of it. */
(() => {
  const box = document.getElementById("session-end");
  if (!box) return;
  const [early, seen] = [180000, "simpul-seen"];
  let [last, told, gone] = [Date.now() + box.dataset.most * 1000, false, false];
  const used = () => localStorage.setItem(seen, Date.now());
  const ends = () => Math.min(Number(localStorage.getItem(seen)) + box.dataset.idle * 1000, last);
  const show = (state) => box.querySelectorAll("[data-when]").forEach((each) => (each.hidden = !each.dataset.when.includes(state)));
  const look = () => {
    const left = ends() - Date.now();
    if (gone) return;
    if (left > early) {
      told = false;
      box.close();
    } else if (left <= 0) {
      gone = true;
      show("ended");
    } else if (!told) {
      told = true;
      const words = { hour: "2-digit", minute: "2-digit" };
      box.querySelector("time").textContent = new Date(ends()).toLocaleTimeString(document.documentElement.lang, words);
      show(ends() < last ? "soon" : "last");
      box.showModal();
    }
  };
  /* "kept", "ended" or "cut"; forms of this page get the token of the session that is there now. */
  const ask = async () => {
    const answer = await fetch(box.dataset.url, { headers: { "HX-Request": "true" } }).catch(() => null);
    const there = answer && answer.ok ? await answer.json() : null;
    if (!there || String(there.account) !== box.dataset.account) return answer ? "ended" : "cut";
    document.querySelectorAll("[name=csrf_token]").forEach((each) => (each.value = there.token));
    [last, gone] = [Date.now() + there.most * 1000, false];
    used();
    look();
    return "kept";
  };
  box.querySelector("[data-stay]").addEventListener("click", () => ask().then((state) => state === "ended" && show(state)));
  box.querySelector("[data-close]").addEventListener("click", () => box.close());
  document.addEventListener("session:ask", (event) => ask().then(event.detail));
  document.addEventListener("htmx:after:request", (event) => event.detail.ctx.response.status < 400 && used());
  /* Back from signing in elsewhere. */
  window.addEventListener("focus", () => (gone ? ask() : look()));
  setInterval(look, 5000);
  used();
})();
