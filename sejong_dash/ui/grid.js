// The editor of a cell opens a moment after the first letter; what is typed in that moment would be lost, and 1234 become 234.
if (!globalThis.sejongGrid) {
  globalThis.sejongGrid = true;
  let early = null, until = 0, owed = "";
  const pay = () => { // into the open editor, before any later letter
    const more = owed;
    owed = "";
    if (more && document.activeElement?.matches("textarea.gdg-input")) document.execCommand("insertText", false, more);
  };
  document.addEventListener("keydown", event => {
    pay();
    const inGrid = event.target.closest?.('[data-testid="stDataFrame"]') && !event.target.matches("input, textarea");
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
    if (early === null || !event.target.matches("textarea.gdg-input")) return;
    owed = early;
    early = null;
    setTimeout(pay); // once the editor has put its caret
  });
}
