// Watches a page from its first moment, and tells by a request that it stands still: being asked would take its time.
// `answers` is a selector of what says the first thing, `isReady` says whether all that must be there is.
(() => {
  const QUIET = 500, EVERY = 50;
  const options = { subtree: true, childList: true, attributes: true, characterData: true };
  const roots = [document];
  let changes = 0, changed = 0, answered = 0, input = 0, before = 0;

  const all = selector => roots.flatMap(root => root === document || root.isConnected ? [...root.querySelectorAll(selector)] : []);
  // Streamlit marks on its outermost element whether a script runs: that is no change that anybody sees.
  const isMark = change => change.type === "attributes" && change.attributeName.startsWith("data-test-");
  const observer = new MutationObserver(records => {
    const seen = records.filter(change => !isMark(change)).length;
    if (!seen) return;
    changes += seen;
    changed = performance.now();
    if (!answered && all(answers).some(box => box.textContent.trim())) answered = changed;
  });
  observer.observe(document, options);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (how) {
    const root = attach.call(this, how);
    roots.push(root);
    observer.observe(root, options);
    return root;
  };
  for (const name of ["pointerup", "click", "keydown"])
    addEventListener(name, event => { if (event.isTrusted) input = event.timeStamp; }, { capture: true, passive: true });

  const drawn = box => box.querySelector(".main-svg") && box.getBoundingClientRect().width > 20;
  const charts = title => all(".js-plotly-plot").filter(drawn).filter(box => !title
    || (box.querySelector(".gtitle")?.textContent ?? "").includes(title)).length;
  // Our pages draw what the reader sees, and the rest as it comes near.
  const isNear = box => box.getBoundingClientRect().bottom > 0 && box.getBoundingClientRect().top < innerHeight;
  const streamlit = () => {
    const app = document.querySelector('[data-testid="stApp"]');
    return app && app.dataset.testScriptState === "notRunning" && app.dataset.testConnectionState === "CONNECTED"
      && !document.querySelector('[data-testid="stStatusWidget"], [data-testid="stSkeleton"], [data-testid="stSpinner"]')
      && all('[data-testid="stPlotlyChart"]').every(box => box.querySelector(".js-plotly-plot .main-svg"))
      && all(".sj-drawing").every(box => box.dataset.drawn === box.dataset.source || !isNear(box))
      && all('[data-testid="stDeckGlJsonChart"]').every(box => box.querySelector("canvas"));
  };

  // `kind` names what was waited for; `isThere` is asked until it holds and nothing has changed for QUIET milliseconds.
  const wait = (kind, isThere) => {
    let since = 0;
    const timer = setInterval(() => {
      const now = performance.now();
      since = isThere() ? since || now : 0;
      if (!since || now - Math.max(since, changed) < QUIET) return;
      clearInterval(timer);
      const report = { kind, still: changed, answered, changes: changes - before, input };
      fetch(`/_stcore/health?stood-still=${encodeURIComponent(JSON.stringify(report))}`);
    }, EVERY);
  };
  window.benchWatch = {
    all, charts, streamlit,
    // What is there must have come after this.
    await: (kind, isThere) => { const from = before = changes; input = 0; wait(kind, () => input && changes > from && isThere()); },
    mark: () => { input = performance.now(); },
  };
  wait("visit", isReady);
})();
