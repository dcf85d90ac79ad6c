// Draws a chart when the reader comes near it, in the colours of the reader's theme; on paper all of them, in those of paper.
"use strict";
// Pixels: of a sheet, on which letters are a little smaller than on a screen; the least in which the names on a map do not
// cover each other.
const PAPER = 760, MAP = 900;
const twins = JSON.parse(document.getElementById("twins").textContent);
const dark = matchMedia("(prefers-color-scheme: dark)");
const charts = new Map(
  [...document.querySelectorAll("script.figure")].map((one) => [one.previousElementSibling.firstChild, one.textContent]),
);

function dress(spec) {
  if (typeof spec === "string") return twins[spec] ?? spec;
  if (Array.isArray(spec)) return spec.map(dress);
  if (spec && typeof spec === "object") return Object.fromEntries(Object.entries(spec).map(([name, value]) => [name, dress(value)]));
  return spec;
}

// As wide as its frame, or, scaled to it, as wide as is asked for (on paper) or as a map needs.
function draw(place, inDark, asked = 0) {
  const read = JSON.parse(charts.get(place));
  const { data, layout } = inDark ? dress(read) : read;
  const least = Math.max(asked, layout.yaxis?.scaleanchor ? MAP : 0), frame = asked ? 0 : place.parentElement.clientWidth;
  const scaled = frame < least;
  layout.width = scaled ? least : undefined;
  layout.autosize = !scaled;
  layout.dragmode = false;
  place.classList.toggle("scaled", scaled);
  const drawn = Plotly.react(place, data, layout, { responsive: !scaled, staticPlot: scaled, displaylogo: false, displayModeBar: false });
  place.removeAllListeners("plotly_afterplot");
  place.on("plotly_afterplot", () => measure(place));
  measure(place);
  return drawn;
}

// Says how large a drawing is, so that it can be scaled whole where its frame is another.
function measure(place) {
  const { width, height } = place._fullLayout;
  place.style.setProperty("--wide", width);
  place.style.setProperty("--high", height);
  for (const svg of place.querySelectorAll(".main-svg")) svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
}

for (const [place, text] of charts) place.style.height = `${JSON.parse(text).layout.height ?? 400}px`;
const near = new IntersectionObserver(
  (seen) => {
    for (const { target } of seen.filter((one) => one.isIntersecting)) {
      near.unobserve(target);
      draw(target, dark.matches).then(() => (target.dataset.drawn = "true"));
    }
  },
  { rootMargin: "800px" },
);
charts.forEach((_, place) => near.observe(place));
const again = () => document.querySelectorAll("[data-drawn]").forEach((place) => draw(place, dark.matches));
dark.addEventListener("change", again);
let width = innerWidth;
addEventListener("resize", () => {
  if (innerWidth !== width) again(); // a map is scaled in a narrow window only
  width = innerWidth;
});
addEventListener("beforeprint", () => charts.forEach((_, place) => draw(place, false, PAPER)));
addEventListener("afterprint", () => charts.forEach((_, place) => draw(place, dark.matches)));
