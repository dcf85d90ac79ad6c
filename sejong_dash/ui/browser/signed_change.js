// What came of a press is brought before the reader's eye and keyboard. Called whenever `data` changes: `press` counts the presses,
// `place` is the container of the answer, `fields` are the ones that lack something. The browser keeps the name that signs a change
// for a year, for the next one (`cookie`).
export default ({ data }) => {
  keepNames(data.cookie);
  if (!data.press || globalThis.sejongPress === data.press) return;
  globalThis.sejongPress = data.press;
  const until = Date.now() + 10000;
  const watch = setInterval(() => { // what is answered comes with the page, and a busy machine takes its time
    const answer = document.querySelector(`.st-key-${data.place} .sj`);
    if (answer) show(answer, data.fields);
    if (answer || Date.now() > until) clearInterval(watch);
  }, 60);
};
// A name is kept at the press, not with the answer: a page that is closed as soon as it says that the counts are stored would lose it.
function keepNames(cookie) {
  if (globalThis.sejongKeepsNames) return;
  globalThis.sejongKeepsNames = true;
  const keep = ({ target }) => {
    const name = target.closest?.("[class*=-signature]")?.querySelector(".st-key-desk-who input")?.value.trim();
    const hex = [...new TextEncoder().encode(name)].map(byte => byte.toString(16).padStart(2, "0")).join("");
    if (hex) document.cookie = `${cookie}=${hex}; path=/; max-age=31536000; samesite=strict`;
  };
  addEventListener("click", event => event.target.closest?.("button") && keep(event), true);
  addEventListener("keydown", event => event.key === "Enter" && keep(event), true);
}
function show(answer, fields) {
  const lacking = fields.map(name => [document.querySelector(`.st-key-${name} input`), document.querySelector(`.st-key-${name}-box`)])
    .filter(([input, box]) => input && box);
  for (const [input, box] of lacking) {
    delete box.dataset.mended;
    input.setAttribute("aria-invalid", "true");
    const why = box.querySelector(".sj-lacking");
    if (why) {
      why.id = `${[...box.classList].find(name => name.startsWith("st-key-"))}-why`;
      input.setAttribute("aria-describedby", why.id);
    }
    input.addEventListener("input", () => { // what is being mended is not called wrong any more
      box.dataset.mended = "";
      input.setAttribute("aria-invalid", "false");
    }, { once: true });
  }
  answer.tabIndex = -1;
  (lacking[0]?.[0] ?? answer).focus({ preventScroll: true });
  answer.scrollIntoView({ block: "center" });
}
