// Has a press on a button count where a redraw (counts that come in) moves it between press and release: the browser then sends its
// click to what lies there now. Where the pointer has stayed, the button that was pressed gets its click. A button that is gone gets
// none, and nor does another in its place.
//
// Relies on: a button of Streamlit taking the click of a script. Tried with Streamlit 1.67.0.
// Without it: a press at the moment of a redraw is lost. Off: `moved_press` in SEJONG_BORDER_OFF.
if (!globalThis.sejongMovedPress) {
  globalThis.sejongMovedPress = true;
  let pressed = null;
  addEventListener("pointerdown", event => {
    const button = event.isPrimary && event.button === 0 ? event.target.closest?.("button") : null;
    pressed = button && { button, x: event.clientX, y: event.clientY };
  }, true);
  addEventListener("pointerup", event => {
    const { button, x, y } = pressed ?? {};
    pressed = null;
    if (!button?.isConnected || button.contains(event.target)) return;
    if (Math.hypot(event.clientX - x, event.clientY - y) < 5) button.click();
  }, true);
}
