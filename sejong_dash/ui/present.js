// The presenter's hands: keys, a remote (it sends PageUp and PageDown), buttons that show while the pointer moves, a clock.
// Called when the page opens and whenever `data` changes; what must outlive that is kept in `stage`.
const stage = (globalThis.sejongStage ??= { since: Date.now(), target: null, pressed: -1e9 });
const ICONS = {
  back: "M15 5l-7 7 7 7", next: "M9 5l7 7-7 7", full: "M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5",
  pick: "M4 6h16M4 12h16M4 18h10", table: "M4 5h16v14H4zM4 10h16M4 15h16M10 5v14", look: "M12 4a8 8 0 1 0 0 16zM12 4a8 8 0 0 1 0 16",
  clock: "M12 4a8 8 0 1 0 0 16a8 8 0 0 0 0-16zM12 8v4l3 2", page: "M14 5h5v5M19 5l-8 8M11 6H5v13h13v-6", leave: "M6 6l12 12M18 6L6 18",
};
const KEYS = {
  ArrowRight: "next", ArrowDown: "next", PageDown: "next", Enter: "next", ArrowLeft: "back", ArrowUp: "back", PageUp: "back", Backspace: "back",
  Home: "first", End: "last", f: "full", p: "pick", b: "table", l: "look", t: "clock", i: "page", Escape: "leave",
};
const typing = box => box?.closest?.('input, textarea, select, [contenteditable="true"], [role="listbox"], [role="combobox"], [role="dialog"]');

export default ({ data, parentElement, setTriggerValue }) => {
  stage.off?.(); // Streamlit cleans up when the page is left, not before it calls again
  const go = number => {
    const before = stage.target; // not data.slide: the slide may stand on the screen before this script is told of it
    stage.target = Math.min(Math.max(number, 1), data.count);
    stage.pressed = performance.now();
    if (stage.target !== before || data.table) setTriggerValue("to", stage.target);
  };
  // Two presses may follow each other faster than the answer: what counts is where the presenter wants to be.
  if (stage.target === null || stage.target === data.slide || performance.now() - stage.pressed > 2000) stage.target = data.slide;
  // Another address without loading everything anew, as if the reader had gone there through the history.
  const visit = link => {
    history.pushState({}, "", link);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  };
  const acts = {
    next: () => go(stage.target + 1), back: () => go(stage.target - 1), first: () => go(1), last: () => go(data.count),
    full: () => document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.(),
    pick: () => setTriggerValue("act", "pick"), table: () => data.slide && setTriggerValue("act", "table"),
    look: () => setTriggerValue("act", "look"), clock: () => setTriggerValue("act", "clock"),
    page: () => data.slide && data.page && visit(data.page),
    leave: () => {
      if (document.fullscreenElement) document.exitFullscreen();
      else if (data.table) setTriggerValue("act", "table");
      else visit(data.leave);
    },
  };

  const bar = document.createElement("nav");
  bar.className = "sj-stage-bar";
  bar.setAttribute("aria-label", data.said.bar);
  for (const name of Object.keys(ICONS)) {
    const link = { page: data.page, leave: data.leave }[name];
    if (link === "" || (!data.slide && name === "table")) continue;
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
      one.blur();
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
  box.className = `sj-stage-scheme-${data.dark ? "dark" : "light"}`;
  if (data.slide) box.append(bar);
  if (data.clock && data.slide) box.append(clock);
  parentElement.replaceChildren(box);
  const ticking = data.clock ? setInterval(tick, 1000) : 0;

  const pressed = event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    if (!data.slide && event.key !== "Escape") return;
    const onButton = event.target.closest?.("a, button");
    if (onButton && (event.key === " " || event.key === "Enter")) return;
    const act = event.key === " " ? (event.shiftKey ? "back" : "next") : KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    if (event.target.closest?.(".sj-slide-table") && /^Arrow|^Page|^Home|^End|^ $/.test(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    acts[act]();
  };
  let sleep = 0;
  const root = document.documentElement;
  const woken = () => {
    root.classList.add("sj-awake");
    root.classList.remove("sj-idle");
    clearTimeout(sleep);
    sleep = setTimeout(() => {
      root.classList.remove("sj-awake");
      if (data.slide) root.classList.add("sj-idle");
    }, 2500);
  };
  addEventListener("keydown", pressed, true);
  addEventListener("pointermove", woken, { passive: true });
  stage.off = () => {
    removeEventListener("keydown", pressed, true);
    removeEventListener("pointermove", woken);
    clearInterval(ticking);
    clearTimeout(sleep);
    stage.off = null;
  };
  return () => {
    stage.off?.();
    root.classList.remove("sj-awake", "sj-idle");
  };
};
