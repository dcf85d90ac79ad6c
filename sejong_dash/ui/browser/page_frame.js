// What Streamlit leaves undone in the reader's browser. Called when the page opens and whenever `data` changes. The other
// scripts of this folder that it calls are read with it.
const chosen = (globalThis.sejongChosen ??= { number: 0, choices: [] });
export default ({ data, setStateValue, setTriggerValue }) => {
  const root = document.documentElement;
  drawings.from(data.plotly); // see drawings.js
  chosen.number = Math.max(chosen.number, data.heard);
  chosen.choices = chosen.choices.filter(([number]) => number > data.heard);
  globalThis.sejongChoose = (name, code) => { // several may be on their way at once
    chosen.choices.push([++chosen.number, name, code]);
    setStateValue("choices", [...chosen.choices]);
  };
  globalThis.sejongFigure = code => setTriggerValue("figure", code); // see drawings.js
  follow(data.drawn, state => setTriggerValue("behind", state)); // see live_updates.js
  askForNews(data.lang); // see news.js
  keepAddress(() => setTriggerValue("behind", "")); // see lost_address.js
  // Without it a browser reads Korean out as English and offers to translate the page.
  if (root.lang !== data.lang || !globalThis.sejongSaid) translate(data.said, data.lang);
  root.lang = data.lang;
  // On a narrow screen the side covers the page, so it makes way for the page that was chosen in it.
  if (root.dataset.page !== data.page && matchMedia("(max-width: 767.98px)").matches) {
    document.querySelector(":st(collapse_sidebar) button")?.click();
  }
  if (root.dataset.page !== data.page) {
    arrive(); // see page_change.js
    bring(location.hash.slice(1));
  }
  root.dataset.page = data.page;
};
// A copied link names its chart. What stands above the chart is still growing when the chart comes, so it is brought again
// until the reader moves.
function bring(name) {
  if (!/^[a-z_]+$/.test(name)) return;
  const place = `.st-key-chart-${name}`, moves = ["wheel", "touchstart", "keydown", "pointerdown"], until = Date.now() + 6000;
  const watch = setInterval(() => {
    document.querySelector(place)?.scrollIntoView({ block: "start" });
    if (Date.now() > until) stop();
  }, 250);
  const stop = () => { clearInterval(watch); moves.forEach(move => removeEventListener(move, stop, true)); };
  moves.forEach(move => addEventListener(move, stop, { capture: true, passive: true }));
}
// Pages without https have no clipboard of their own: there the text is selected and copied as by hand.
async function copied(text) {
  if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text).then(() => true, () => false);
  const area = document.body.appendChild(Object.assign(document.createElement("textarea"), { value: text }));
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  return done;
}
if (!globalThis.sejongLinks) {
  globalThis.sejongLinks = true;
  document.addEventListener("click", async event => {
    const copy = event.target.closest?.("a.sj-link");
    if (!copy || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (await copied(copy.href)) copy.dataset.said = copy.dataset.copied;
    setTimeout(() => delete copy.dataset.said, 2500);
  });
}
// A drawing stays as wide on paper as it was on the screen: it is told how wide the paper is, before the browser lays it out.
if (!globalThis.sejongPrint) {
  globalThis.sejongPrint = true;
  const PAPER = 980; // px: A4 between its margins at the scale of style.css, less a frame's own edges
  const closed = new Set(); // what is said of exhibits, and their long lists, are on paper too
  addEventListener("afterprint", () => { closed.forEach(about => (about.open = false)); closed.clear(); });
  addEventListener("beforeprint", () => {
    for (const about of document.querySelectorAll("details:is(.sj-files, .sj-fold):not([open])")) closed.add(about), (about.open = true);
    for (const place of document.getElementsByClassName("sj-drawing")) {
      place.style.setProperty("--sj-fit", Math.min(1, PAPER / place.clientWidth));
    }
  });
}
