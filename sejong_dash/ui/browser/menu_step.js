// Makes a press on the page menu one step to that page with the address as it is, so that a step back in the history leads to what was
// there before. A parameter says what has asked for the page, and is out of the address before anybody sees it: what the server holds
// counts, not what this address may lack while an answer is on its way (ui/frame/held_choices.py).
//
// Relies on: the menu's entries being links to their pages, and on visit.js. Tried with Streamlit 1.67.0.
// Why: Streamlit's own step drops all parameters that no widget is bound to, and the server's answer, which has them, is a second step.
// Without it: the way back takes two steps for each page. Off: `menu_step` in SEJONG_BORDER_OFF.
if (!globalThis.sejongMenuStep) {
  globalThis.sejongMenuStep = true;
  document.addEventListener("click", event => {
    const entry = event.target.closest?.(":st(page_link), :st(top_link), :st(top_more_link)");
    if (!entry || !globalThis.sejongVisit) return;
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const page = new URL(entry.href);
    if (page.origin !== location.origin || page.pathname === location.pathname) return;
    event.preventDefault();
    event.stopPropagation();
    const { search } = location;
    globalThis.sejongVisit(page.pathname + (search ? `${search}&` : "?") + "menu_step=1");
    history.replaceState({}, "", page.pathname + search);
    document.querySelector(":st(top_more)[aria-expanded='true']")?.click(); // a list of further pages closes
  }, true);
}
