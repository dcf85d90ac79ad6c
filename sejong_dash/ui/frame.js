// What Streamlit leaves undone in the reader's browser. Called when the page opens and whenever `data` changes.
export default ({ data, setTriggerValue }) => {
  const root = document.documentElement;
  globalThis.sejongFigure = code => setTriggerValue("figure", code); // see receipt.js
  // Without it a browser reads Korean out as English and offers to translate the page.
  root.lang = data.lang;
  translate(data.said);
  // On a narrow screen the side covers the page, so it makes way for the page that was chosen in it.
  if (root.dataset.page !== data.page && matchMedia("(max-width: 767.98px)").matches) {
    document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
  }
  if (root.dataset.page !== data.page) bring(location.hash.slice(1));
  root.dataset.page = data.page;
};
// Streamlit's own labels are English: where one comes up that `said` knows, it is said in the reader's language.
function translate(said) {
  const known = new Map(said.filter(([theirs]) => !theirs.includes("{name}")));
  const shapes = said.filter(([theirs]) => theirs.includes("{name}")).map(([theirs, ours]) => [...theirs.split("{name}"), ours]);
  const named = ["aria-label", "title", "placeholder"], some = named.map(name => `[${name}]`).join();
  const read = text => {
    if (!text) return;
    if (known.has(text)) return known.get(text);
    for (const [before, after, ours] of shapes) {
      if (text.length > before.length + after.length && text.startsWith(before) && text.endsWith(after)) {
        return ours.replace("{name}", () => text.slice(before.length, text.length - after.length));
      }
    }
  };
  const attribute = (box, name) => {
    const ours = read(box.getAttribute(name));
    if (ours) box.setAttribute(name, ours);
  };
  const all = box => {
    if (box.nodeType === 3) { const ours = read(box.nodeValue.trim()); if (ours) box.nodeValue = ours; return; }
    if (box.nodeType !== 1 || box.ownerSVGElement || box.closest(".sj, .js-plotly-plot")) return;
    for (const one of [box, ...box.querySelectorAll(some)]) named.forEach(name => attribute(one, name));
    const texts = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) if (!texts.currentNode.parentElement.closest(".sj, svg, style, script, canvas")) all(texts.currentNode);
  };
  globalThis.sejongSaid?.disconnect();
  if (!said.length) return;
  globalThis.sejongSaid = new MutationObserver(changes => changes.forEach(one => {
    if (one.type === "attributes") attribute(one.target, one.attributeName);
    else if (one.type === "characterData") { if (!one.target.parentElement?.closest(".sj, svg")) all(one.target); }
    else if (!one.target.closest?.(".sj, .js-plotly-plot")) one.addedNodes.forEach(all);
  }));
  globalThis.sejongSaid.observe(document.body, { subtree: true, childList: true, characterData: true, attributeFilter: named });
  all(document.body);
}
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
  addEventListener("beforeprint", () => {
    for (const plot of document.querySelectorAll(".js-plotly-plot")) {
      plot.closest('[data-testid="stElementContainer"]')?.style.setProperty("--sj-fit", Math.min(1, PAPER / plot.clientWidth));
    }
  });
}
