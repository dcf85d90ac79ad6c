// Draws the charts of a page: each in its place (`.sj-drawing`), once that comes near the screen. What a page says stands there
// before; the library that draws, and the figures, come behind it. A browser that prints draws all of them first.
//
// A run of the page replaces a place whose figure has changed. The drawing in it moves to the new place, if that is on the screen,
// and changes there, so that nothing blinks.
const drawings = (globalThis.sejongDrawings ??= (() => {
  const REACH = 500, KEPT = 40; // px beyond the screen; figures that are kept for the way back
  const AGAIN = [1000, 3000, 9000]; // ms until a figure that did not come is asked for again
  const LEFT = 5000; // ms after which a drawing that no place has taken is of a page that was left
  const FACE = "12px sans-serif", GAP = 6, MARGIN = 60; // of the labels of an axis: px between them, and beside the axis
  const NARROW = 480, KEY = 34, SMALL = "11px sans-serif"; // px: a drawing on a phone; the sign of an entry of its key
  const places = document.getElementsByClassName("sj-drawing");
  const met = new WeakSet(); // places
  const plots = new Map(); // by the name of the exhibit: what was drawn last
  const figures = new Map(); // by address: the text of a figure, or the promise of it
  let address = "", loading = null; // of the library

  const plotIn = place => place.querySelector(":scope > .sj-plot");
  const isNear = place => {
    const { top, bottom } = place.getBoundingClientRect();
    return bottom > -REACH && top < innerHeight + REACH;
  };
  const library = () => (loading ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = new URL(address, location);
    script.onload = () => resolve(globalThis.Plotly);
    script.onerror = () => { loading = null; reject(new Error("the library did not come")); };
    document.head.append(script);
  }));
  const keep = (source, figure) => {
    figures.delete(source);
    figures.set(source, figure);
    if (figures.size > KEPT) figures.delete(figures.keys().next().value);
    return figure;
  };
  const figure = ({ source, figure: here }) => {
    if (here || figures.has(source)) return here || figures.get(source);
    const coming = fetch(new URL(source, location)).then(answer => {
      if (!answer.ok) throw Object.assign(new Error(`${answer.status} ${source}`), { isFinal: answer.status < 500 });
      return answer.text();
    });
    coming.then(text => keep(source, text), () => figures.delete(source));
    return keep(source, coming);
  };
  const draw = async (place, tried = 0) => {
    try {
      const [text] = await Promise.all([figure(place.dataset), library()]);
      if (place.isConnected) put(place, text);
    } catch (error) {
      if (!place.isConnected) return;
      if (!error.isFinal && tried < AGAIN.length) setTimeout(draw, AGAIN[tried], place, tried + 1);
      else refuse(place, error);
    }
  };
  const put = (place, text) => {
    const { data, layout, config } = JSON.parse(text), known = plotIn(place);
    const plot = known ?? Object.assign(document.createElement("div"), { className: "sj-plot" });
    if (!known) place.replaceChildren(plot);
    choose(data, place.dataset.chosen);
    plot.sejongDays = layout.xaxis?.tickangle === 0 ? layout.xaxis.ticktext : undefined;
    if (plot.sejongDays) layout.xaxis.ticktext = thinned(plot.sejongDays, place.clientWidth);
    plot.sejongNarrow = place.clientWidth < NARROW;
    if (plot.sejongNarrow) {
      if (!layout.legend?.entrywidth) layout.legend = { ...layout.legend, ...halved(data, place.clientWidth) };
      layout.annotations = layout.annotations?.filter(({ name }) => name !== "line end"); // it would lie on lines further left
    }
    globalThis.Plotly.react(plot, data, { ...layout, autosize: true, height: place.clientHeight }, config);
    if (!known) plot.on("plotly_click", press);
    place.dataset.drawn = place.dataset.source;
    plots.set(place.dataset.name, plot);
    wide.observe(place);
  };
  // Labels of a time axis that would lie on each other: as many as have room are kept, the last one among them.
  const pen = document.createElement("canvas").getContext("2d");
  const thinned = (labels, width) => {
    pen.font = FACE;
    const longest = Math.max(...labels.map(label => pen.measureText(label).width)) + GAP;
    const step = Math.ceil((longest * labels.length) / Math.max(width - MARGIN, 1));
    return labels.map((label, at) => ((labels.length - 1 - at) % step ? "" : label));
  };
  // On a phone the entries of the key stand two in a row where they have room, not each in a row of its own.
  const halved = (data, width) => {
    pen.font = SMALL;
    const longest = Math.max(...data.map(({ name }) => pen.measureText(name ?? "").width)) + KEY;
    return longest <= (width - MARGIN) / 2 ? { entrywidth: 0.5, entrywidthmode: "fraction", font: { size: 11 } } : {};
  };
  // The mark that is chosen stands out, however it was chosen.
  const choose = (data, chosen) => {
    const marks = data.map(({ customdata }) => Array.from(customdata ?? [], code => [code].flat()[0] === chosen));
    if (!chosen || !marks.flat().includes(true)) return;
    data.forEach((trace, at) => {
      if (marks[at].length) trace.selectedpoints = marks[at].flatMap((is, number) => (is ? [number] : []));
    });
  };
  // A press chooses the mark, or asks for the receipt of its number: such marks carry the code of their figure as `id`.
  const press = ({ points, event }) => {
    const place = event.target.closest(".sj-drawing"), code = [points[0]?.customdata].flat()[0];
    if (place?.dataset.press && typeof code === "string") globalThis.sejongChoose?.(place.dataset.press, code);
    const told = points.filter(point => point.data.ids?.[point.pointNumber]);
    if (!place || !told.length) return;
    // where the pointer tells of all lines at once, the nearest one is meant
    const y = event.clientY - plotIn(place).getBoundingClientRect().top;
    const away = ({ yaxis, y: value }) => (yaxis && told.length > 1 ? Math.abs(yaxis._offset + yaxis.d2p(value) - y) : 0);
    const nearest = told.reduce((one, other) => (away(other) < away(one) ? other : one));
    globalThis.sejongFigure?.(nearest.data.ids[nearest.pointNumber]);
  };
  const refuse = (place, error) => {
    console.warn(error);
    const again = Object.assign(document.createElement("button"), { type: "button", textContent: place.dataset.again });
    const note = Object.assign(document.createElement("p"), { className: "sj-undrawn", textContent: `${place.dataset.failed} ` });
    again.onclick = () => { note.remove(); draw(place); };
    note.append(again);
    place.replaceChildren(note);
  };
  const meet = () => {
    for (const place of places) {
      if (met.has(place)) continue;
      met.add(place);
      // who prints a page before a chart has come near the screen has all of them too
      if (!loading && address) requestIdleCallback(() => library().catch(() => {}));
      const last = plots.get(place.dataset.name);
      if (last && !last.isConnected && isNear(place)) {
        place.replaceChildren(last);
        draw(place);
      } else {
        near.observe(place);
      }
    }
    for (const [name, plot] of plots) if (!plot.isConnected) setTimeout(forget, LEFT, name, plot);
  };
  const forget = (name, plot) => {
    if (plot.isConnected || plots.get(name) !== plot) return;
    plots.delete(name);
    globalThis.Plotly.purge(plot);
  };
  const drawAll = () => {
    for (const place of globalThis.Plotly ? places : []) {
      const { source, drawn, figure: here } = place.dataset;
      if (drawn === source) continue;
      if (!here && typeof figures.get(source) !== "string") { // a browser waits for nothing else before it prints
        const ask = new XMLHttpRequest();
        ask.open("GET", new URL(source, location), false);
        ask.send();
        if (ask.status !== 200) continue;
        keep(source, ask.responseText);
      }
      put(place, here || figures.get(source));
    }
  };
  const near = new IntersectionObserver(
    seen => seen.filter(entry => entry.isIntersecting).forEach(({ target }) => { near.unobserve(target); draw(target); }),
    { root: document, rootMargin: `${REACH}px`, scrollMargin: `${REACH}px` },
  );
  const wide = new ResizeObserver(seen => seen.forEach(({ target, contentRect: { width } }) => {
    const plot = plotIn(target);
    if (!plot?._fullLayout || !width || Math.abs(plot._fullLayout.width - width) <= 1) return;
    if (plot.sejongNarrow || width < NARROW) { // a phone was turned: key and labels are others
      delete target.dataset.drawn;
      return draw(target);
    }
    globalThis.Plotly.Plots.resize(plot);
    if (plot.sejongDays) globalThis.Plotly.relayout(plot, { "xaxis.ticktext": thinned(plot.sejongDays, width) });
  }));
  new MutationObserver(meet).observe(document.body, { childList: true, subtree: true });
  addEventListener("beforeprint", drawAll);
  return {
    drawAll,
    from(library) {
      address = library;
      meet();
    },
  };
})());
