// What Streamlit leaves undone in the reader's browser. Called when the page opens and whenever `data` changes.
export default ({ data }) => {
  const root = document.documentElement;
  // Without it a browser reads Korean out as English and offers to translate the page.
  root.lang = data.lang;
  // On a narrow screen the side covers the page, so it makes way for the page that was chosen in it.
  if (root.dataset.page !== data.page && matchMedia("(max-width: 767.98px)").matches) {
    document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
  }
  root.dataset.page = data.page;
};
// A choice that is written as a link, such as a prefecture in a map's table, is chosen without loading the page again: the
// address is set, and Streamlit told as if the reader had gone there through the history. Without this script the link works.
if (!globalThis.sejongLinks) {
  globalThis.sejongLinks = true;
  document.addEventListener("click", event => {
    const link = event.target.closest?.('.sj-list a[href^="?"]');
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.pushState({}, "", link.getAttribute("href"));
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  });
}
