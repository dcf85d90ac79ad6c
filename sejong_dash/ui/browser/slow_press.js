// Has a slow press on the map choose its prefecture. deck.gl takes for a tap what lasts less than 250 ms. A slow finger is slower, and
// where WebGL is made in software the page itself stands still for longer.
//
// Relies on: deck.gl looking at what lies below a `mousemove` in its next frame, and writing the tooltip of it into an element of its
// own. The map's tooltip carries the prefecture's code (maps/prefecture_map.py), so that neither the drawing nor its clock is touched.
// Tried with Streamlit 1.67.0 (deck.gl 9). Without it: only a quick press chooses. Off: `slow_press` in SEJONG_BORDER_OFF.
if (!globalThis.sejongSlowPress) {
  globalThis.sejongSlowPress = true;
  const TAP = 255, HELD = 3000, NEAR = 9; // ms from which deck.gl passes over a press; ms and pixels up to which it is one
  let began = null;
  addEventListener("pointerdown", event => {
    if (!event.isTrusted) return;
    const map = event.target.closest?.("button") ? null : event.target.closest?.(":st(map)");
    began = map && { map, event, at: Date.now() };
  }, true);
  addEventListener("pointerup", event => {
    if (!event.isTrusted || !began) return;
    const { map, event: first, at } = began;
    const near = Math.hypot(event.clientX - first.clientX, event.clientY - first.clientY) < NEAR;
    began = null;
    if (Date.now() - at < TAP || event.timeStamp - first.timeStamp > HELD || !near || event.button) return;
    setTimeout(() => { // when the release has been handled, which ends what deck.gl takes for a drag
      const { clientX, clientY } = event;
      first.target.dispatchEvent(new MouseEvent("mousemove", { clientX, clientY, bubbles: true }));
      // deck.gl looks in the frame that comes, before or after this one's turn in it: in the next one it has
      requestAnimationFrame(() => requestAnimationFrame(() => {
        const tooltip = map.querySelector(":st(map_tooltip)");
        const code = tooltip?.style.display === "none" ? "" : tooltip?.querySelector("[data-code]")?.dataset.code;
        if (/^[0-9]{2}$/.test(code ?? "")) globalThis.sejongChoose?.("prefecture", code);
      }));
    });
  }, true);
}
