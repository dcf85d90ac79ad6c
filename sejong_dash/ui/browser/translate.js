// Says Streamlit's own sentences in the reader's language: where one comes up that `said` knows, it is replaced.
//
// Relies on: Streamlit writing these sentences (translations.toml) into the page's texts and into the attributes named below.
// Why: Streamlit has no languages. Tried with 1.67.0. Without it: these labels are English, nothing else changes.
// Off: `translations` in SEJONG_BORDER_OFF; then `said` is empty and nothing is watched.
function translate(said, lang) {
  const days = /[A-Z][a-z]+ \d{1,2}, \d{4}/g;  // May 07, 2026, as it stands within such a sentence
  const dated = text => text.replace(days, day => new Date(day).toLocaleDateString(lang, { dateStyle: "long" }));
  const known = new Map(said.filter(([theirs]) => !theirs.includes("{name}")));
  const shapes = said.filter(([theirs]) => theirs.includes("{name}")).map(([theirs, ours]) => [...theirs.split("{name}"), ours]);
  const named = ["aria-label", "title", "placeholder"], some = named.map(name => `[${name}]`).join();
  const read = text => {
    if (!text) return;
    if (known.has(text)) return known.get(text);
    for (const [before, after, ours] of shapes) {
      if (text.length > before.length + after.length && text.startsWith(before) && text.endsWith(after)) {
        return ours.replace("{name}", () => dated(text.slice(before.length, text.length - after.length)));
      }
    }
  };
  const attribute = (box, name) => {
    const ours = read(box.getAttribute(name));
    if (ours) box.setAttribute(name, ours);
  };
  const all = box => {
    if (box.nodeType === 3) { const ours = read(box.nodeValue.trim()); if (ours) box.nodeValue = ours; return; }
    if (box.nodeType !== 1 || box.ownerSVGElement || box.closest(".sj, .sj-drawing")) return;
    for (const one of [box, ...box.querySelectorAll(some)]) named.forEach(name => attribute(one, name));
    const texts = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) if (!texts.currentNode.parentElement.closest(".sj, svg, style, script, canvas")) all(texts.currentNode);
  };
  globalThis.sejongSaid?.disconnect();
  if (!said.length) return;
  globalThis.sejongSaid = new MutationObserver(changes => changes.forEach(one => {
    if (one.type === "attributes") attribute(one.target, one.attributeName);
    else if (one.type === "characterData") { if (!one.target.parentElement?.closest(".sj, svg")) all(one.target); }
    else if (!one.target.closest?.(".sj, .sj-drawing")) one.addedNodes.forEach(all);
  }));
  globalThis.sejongSaid.observe(document.body, { subtree: true, childList: true, characterData: true, attributeFilter: named });
  all(document.body);
}
