// Draws a chart when the reader comes near it, in the colours of the reader's theme; on paper all of them, in those of paper.
"use strict";
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

function draw(place, inDark) {
  const read = JSON.parse(charts.get(place));
  const { data, layout } = inDark ? dress(read) : read;
  delete layout.width;
  layout.autosize = true;
  layout.dragmode = false;
  return Plotly.react(place, data, layout, { responsive: true, displaylogo: false, displayModeBar: false });
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
dark.addEventListener("change", () => document.querySelectorAll("[data-drawn]").forEach((place) => draw(place, dark.matches)));
addEventListener("beforeprint", () => charts.forEach((_, place) => draw(place, false)));
addEventListener("afterprint", () => charts.forEach((_, place) => draw(place, dark.matches)));
