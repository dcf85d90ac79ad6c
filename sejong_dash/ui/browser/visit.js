// Shows another address without loading everything anew, as if the reader had gone there through the history: the session, with what is
// typed and uploaded in it, goes on.
//
// Relies on: Streamlit's front end listening for `popstate` and asking for the page that the address then names.
// Why: `st.switch_page` would keep the choices of the page that is left, where a slide's page is to show what the slide shows.
// Tried with Streamlit 1.67.0. Without it, or switched off: the page is loaded anew, which takes a second longer and ends the session.
// Off: `visit` in SEJONG_BORDER_OFF.
globalThis.sejongVisit = link => {
  history.pushState({}, "", link);
  dispatchEvent(new PopStateEvent("popstate", { state: {} }));
};
