// How much room has the page for a drawing? Says so when it opens and whenever that crosses the bound.
const NEEDED = 560; // px: a wide drawing (measures/lanes.py) with what surrounds it
export default ({ setStateValue }) => {
  const page = document.querySelector(":st(main_block)");
  if (!page) return;
  // A finger that moves up or down over a drawing scrolls the page; a tap still presses what is drawn.
  const scroll = (event) => event.target.closest?.(".sj-drawing") && event.stopPropagation();
  addEventListener("touchstart", scroll, { capture: true, passive: true });
  let said = false;
  const look = () => {
    const style = getComputedStyle(page);
    const room = page.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    if (room > 0 && room < NEEDED !== said) setStateValue("narrow", (said = !said));
  };
  const watch = new ResizeObserver(look);
  watch.observe(page);
  look();
  return () => {
    watch.disconnect();
    removeEventListener("touchstart", scroll, { capture: true });
  };
};
