// Knows whether the reader is on the way to another page. Whatever the page that is left sends by itself then arrives after the press
// that leaves it, and would have the server show it again: Streamlit stops its own clocks at that moment, and so do we.
const change = (globalThis.sejongChange ??= { until: 0 });
const ON_THE_WAY = 5000; // ms, at most: also where a link leads to no page
function isOnTheWay() {
  return Date.now() < change.until;
}
function arrive() {
  change.until = 0;
}
if (!change.isHeard) {
  change.isHeard = true;
  const leave = () => (change.until = Date.now() + ON_THE_WAY);
  addEventListener("click", event => event.target.closest?.("a") && leave(), true);
  addEventListener("popstate", leave, true);
}
