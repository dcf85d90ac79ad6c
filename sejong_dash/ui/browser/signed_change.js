// What came of a press is brought before the reader's eye and keyboard. Called whenever `data` changes: `press` counts the presses,
// `place` is the container of the answer, `fields` are the ones that lack something. `name` has signed what was stored: the browser
// keeps it for a year, for the next change.
export default ({ data }) => {
  const hex = [...new TextEncoder().encode(data.name)].map(byte => byte.toString(16).padStart(2, "0")).join("");
  if (hex) document.cookie = `${data.cookie}=${hex}; path=/; max-age=31536000; samesite=strict`;
  if (!data.press || globalThis.sejongPress === data.press) return;
  globalThis.sejongPress = data.press;
  const until = Date.now() + 10000;
  const watch = setInterval(() => { // what is answered comes with the page, and a busy machine takes its time
    const answer = document.querySelector(`.st-key-${data.place} .sj`);
    if (answer) show(answer, data.fields);
    if (answer || Date.now() > until) clearInterval(watch);
  }, 60);
};
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
