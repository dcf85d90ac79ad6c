// Keeps what is typed into a table's cell before its editor has opened: it would be lost, and 1234 become 234.
//
// Relies on: the editor of Streamlit's tables (glide-data-grid) being a `textarea` of its own that takes the focus when it opens.
// Why: it opens a moment after the first letter. Tried with Streamlit 1.67.0. Without it: fast typing loses its second letter.
// Off: `entry_grid` in SEJONG_BORDER_OFF.
if (!globalThis.sejongGrid) {
  globalThis.sejongGrid = true;
  let early = null, until = 0, owed = "";
  const pay = () => { // into the open editor, before any later letter
    const more = owed;
    owed = "";
    if (more && document.activeElement?.matches("textarea:st(grid_input)")) document.execCommand("insertText", false, more);
  };
  document.addEventListener("keydown", event => {
    pay();
    const inGrid = event.target.closest?.(":st(data_frame)") && !event.target.matches("input, textarea");
    if (!inGrid || event.ctrlKey || event.metaKey || event.altKey || event.key.length !== 1) {
      early = null;
    } else if (early === null || event.timeStamp > until) {
      early = ""; // the letter that opens the editor
      until = event.timeStamp + 1000;
    } else {
      event.preventDefault();
      event.stopImmediatePropagation();
      early += event.key;
    }
  }, true);
  document.addEventListener("focusin", event => {
    if (early === null || !event.target.matches("textarea:st(grid_input)")) return;
    owed = early;
    early = null;
    setTimeout(pay); // once the editor has put its caret
  });
}
