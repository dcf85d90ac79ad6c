// Asks for the receipt of a number when its mark in a drawing is pressed. Marks carry the code of their figure as `id`, so that nothing
// is chosen in the drawing: no mark fades, and whoever does not press pays nothing.
//
// Relies on: Plotly, in Streamlit's front end, giving its element `on("plotly_click")`, and an axis `_offset` and `d2p`.
// Why: `st.plotly_chart(on_select=…)` chooses the mark, which fades all others. Tried with Streamlit 1.67.0 (plotly.js 4).
// Without it: receipts are reached by the link below a drawing alone. Off: `receipt_links` in SEJONG_BORDER_OFF.
if (!globalThis.sejongReceipts) {
  globalThis.sejongReceipts = true;
  const heard = new WeakMap();
  const listen = event => {
    const plot = event.target.closest?.(":st(plot)");
    if (!plot?.on || heard.get(plot) === plot.on) return; // a drawing that is made anew has forgotten who listens
    heard.set(plot, plot.on);
    plot.on("plotly_click", pressed => {
      const told = pressed.points.filter(point => point.data.ids?.[point.pointNumber]);
      if (!told.length) return;
      // where the pointer tells of all lines at once, the nearest one is meant
      const y = pressed.event.clientY - plot.getBoundingClientRect().top;
      const away = point => point.yaxis && told.length > 1 ? Math.abs(point.yaxis._offset + point.yaxis.d2p(point.y) - y) : 0;
      const nearest = told.reduce((one, other) => (away(other) < away(one) ? other : one));
      globalThis.sejongFigure?.(nearest.data.ids[nearest.pointNumber]);
    });
  };
  for (const kind of ["pointerover", "pointerdown", "touchstart"]) document.addEventListener(kind, listen, { capture: true, passive: true });
}
