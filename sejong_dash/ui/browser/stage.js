// The presenter's hands: keys, a remote (it sends PageUp and PageDown), buttons that show while the pointer moves, a clock.
// Called when the page opens and whenever `data` changes; what must outlive that is kept in `stage`.
const stage = (globalThis.sejongStage ??= { since: Date.now(), number: 0, presses: [], wanted: {}, at: "", early: [] });
const ICONS = {
  back: "M15 5l-7 7 7 7", next: "M9 5l7 7-7 7", full: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  pick: "M4 6h16M4 12h16M4 18h10", table: "M4 5h16v14H4zM4 10h16M4 15h16M10 5v14", look: "M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16",
  clock: "M12 4a8 8 0 1 0 0 16a8 8 0 0 0 0-16zM12 8v4l3 2", page: "M14 5h5v5M19 5l-8 8M11 6H5v13h13v-6", leave: "M6 6l12 12M18 6L6 18",
};
const KEYS = {
  ArrowRight: "next", ArrowDown: "next", PageDown: "next", Enter: "next", ArrowLeft: "back", ArrowUp: "back", PageUp: "back", Backspace: "back",
  Home: "first", End: "last", f: "full", p: "pick", b: "table", l: "look", t: "clock", i: "page", Escape: "leave",
};
const leaveFor = link => (globalThis.sejongVisit ?? (address => location.assign(address)))(link); // see visit.js
const typing = box => box?.closest?.('input, textarea, select, [contenteditable="true"], [role="listbox"], [role="combobox"], [role="dialog"]');

const still = root => { // what the pointer has met on the last slide does not stay on the next one
  root.classList.add("sj-turned");
  for (const plot of document.querySelectorAll(".st-key-figure .sj-plot")) {
    plot.querySelectorAll(".nsewdrag").forEach(box => box.dispatchEvent(new MouseEvent("mouseout", { bubbles: true })));
    plot.querySelectorAll(".hoverlayer").forEach(layer => layer.replaceChildren());
  }
};

export default ({ data, parentElement, setStateValue }) => {
  stage.off?.(); // Streamlit cleans up when the page is left, not before it calls again
  const root = document.documentElement;
  // Presses may follow each other faster than their answers: what counts is what the presenter wants, until all have arrived.
  stage.number = Math.max(stage.number, data.pressed);
  stage.presses = stage.presses.filter(([number]) => number > data.pressed);
  if (!stage.presses.length) stage.wanted = {};
  const wanted = name => stage.wanted[name] ?? data[name];
  const press = (act, value) => {
    stage.wanted[act] = value;
    stage.presses.push([++stage.number, act, value]);
    setStateValue("presses", [...stage.presses]);
  };
  const go = number => {
    const to = Math.min(Math.max(number, 1), data.count);
    if (to === wanted("to") && !wanted("table")) return;
    still(root);
    press("to", to);
    stage.wanted.table = false;
  };
  const place = `${data.to} ${data.count}`;
  if (stage.at && stage.at !== place) still(root);
  stage.at = place;
  const acts = {
    next: () => go(wanted("to") + 1), back: () => go(wanted("to") - 1), first: () => go(1), last: () => go(data.count),
    full: () => document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.(),
    pick: () => press("to", 0), table: () => press("table", !wanted("table")),
    look: () => press("look", wanted("look") === "dark" ? "light" : "dark"), clock: () => press("clock", wanted("clock") ? "" : "on"),
    page: () => data.page && leaveFor(data.page),
    leave: () => {
      if (document.fullscreenElement) document.exitFullscreen();
      else if (wanted("table")) press("table", false);
      else leaveFor(data.leave);
    },
  };

  const bar = document.createElement("nav");
  bar.className = "sj-stage-bar";
  bar.setAttribute("aria-label", data.said.bar);
  for (const name of Object.keys(ICONS)) {
    const link = { page: data.page, leave: data.leave }[name];
    if (link === "") continue;
    const one = document.createElement(link ? "a" : "button");
    if (link) one.href = link;
    else one.type = "button";
    one.title = data.said[name];
    one.setAttribute("aria-label", data.said[name]);
    one.dataset.act = name;
    one.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`;
    one.addEventListener("click", event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      if (event.detail) one.blur(); // pressed by a pointer: the next key is meant for the slide
      acts[name]();
    });
    bar.append(one);
  }
  const clock = document.createElement("time");
  clock.className = "sj-stage-clock";
  const tick = () => {
    const now = new Date(), minutes = Math.floor((now - stage.since) / 60000);
    clock.textContent = `${String(now.getHours()).padStart(2, "0")}:${String(now.getMinutes()).padStart(2, "0")} · ${data.said.minutes.replace("0", minutes)}`;
  };
  tick();
  const box = document.createElement("div");
  box.className = `sj-stage-scheme-${data.look}`;
  if (data.to) box.append(bar);
  if (data.clock && data.to && !data.table) box.append(clock);
  const focused = parentElement.contains(document.activeElement) && document.activeElement.dataset.act;
  parentElement.replaceChildren(box);
  if (focused) bar.querySelector(`[data-act="${focused}"]`)?.focus();
  const ticking = data.clock ? setInterval(tick, 1000) : 0;

  const pressed = event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    const onButton = event.target.closest?.("a, button");
    if (onButton && (event.key === " " || event.key === "Enter")) return;
    const act = event.key === " " ? (event.shiftKey ? "back" : "next") : KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    const isEarly = !data.to && document.querySelector(".sj-slide-foot"); // a slide is shown, and its number is on the way
    if (!act || (!data.to && act !== "leave" && !isEarly)) return;
    if (event.target.closest?.(".sj-slide-table") && /^Arrow|^Page|^Home|^End|^ $/.test(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (isEarly) stage.early.push(act);
    else acts[act]();
  };
  const woken = event => {
    if (!event.movementX && !event.movementY) return; // it is the slide that has moved below the pointer
    root.classList.remove("sj-turned");
    root.classList.add("sj-awake");
    root.classList.remove("sj-idle");
    clearTimeout(stage.sleep);
    stage.sleep = setTimeout(() => { // whatever is on the screen by then
      root.classList.remove("sj-awake");
      root.classList.toggle("sj-idle", Boolean(document.querySelector(".sj-stage-bar")));
    }, 2500);
  };
  addEventListener("keydown", pressed, true);
  addEventListener("pointermove", woken, { passive: true });
  if (data.to) stage.early.splice(0).forEach(act => acts[act]());
  stage.off = () => {
    removeEventListener("keydown", pressed, true);
    removeEventListener("pointermove", woken);
    clearInterval(ticking);
    stage.off = null;
  };
  return () => {
    stage.off?.();
    clearTimeout(stage.sleep);
    root.classList.remove("sj-awake", "sj-idle", "sj-turned");
  };
};
