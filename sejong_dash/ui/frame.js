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
// A drawing stays as wide on paper as it was on the screen: it is told how wide the paper is, before the browser lays it out.
if (!globalThis.sejongPrint) {
  globalThis.sejongPrint = true;
  const PAPER = 980; // px: A4 between its margins at the scale of style.css, less a frame's own edges
  addEventListener("beforeprint", () => {
    for (const plot of document.querySelectorAll(".js-plotly-plot")) {
      plot.closest('[data-testid="stElementContainer"]')?.style.setProperty("--sj-fit", Math.min(1, PAPER / plot.clientWidth));
    }
  });
}
