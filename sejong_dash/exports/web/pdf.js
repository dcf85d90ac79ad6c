// Lays a report on sheets: draws each part as large as its half or whole sheet allows, then deals the parts out to sheets.
"use strict";
const LARGEST = 0.8, SMALLEST = 0.62, LEAST = 0.45; // of the size on a screen; the last for what has a sheet to itself
const MOST = 1.35; // how far a chart is stretched to fill its half
const pair = document.body.classList.contains("pair");
const SHEET = mm(pair ? 175 : 264) - 2, UPRIGHT = mm(264) - 2, HALF = mm(131);

function mm(length) {
  return (length * 96) / 25.4;
}

// One part, with the figures of its languages (none: cards); it is measured with its words around it.
async function draw(id, figures, families) {
  const section = document.getElementById(id), places = [...section.querySelectorAll(".chart")];
  if (!places.length) return;
  for (const [number, { data, layout }] of figures.entries()) {
    // Plotly measures its labels at once: a face that is still on its way would be measured as another
    layout.font = { ...layout.font, family: families[number] };
    const text = JSON.stringify(data) + JSON.stringify(layout.annotations ?? "");
    await Promise.all([400, 700].map((weight) => document.fonts.load(`${weight} 16px ${families[number]}`, text)));
  }
  await document.fonts.ready;
  const natural = Math.max(...figures.map((one) => one.layout.height ?? 400));
  if (pair && natural * LEAST > SHEET - words(section)) {
    // too long to stand beside the other language: each on an upright sheet of its own
    section.classList.add("upright");
    const rest = section.cloneNode(false);
    rest.removeAttribute("id");
    rest.append(section.lastElementChild);
    section.after(rest);
    for (const [number, one] of [section, rest].entries()) await fill(one, [places[number]], [figures[number]], UPRIGHT);
  } else {
    const halved = !pair && words(section) + natural * SMALLEST <= HALF;
    if (halved) section.classList.add("half");
    await fill(section, places, figures, halved ? HALF : SHEET, halved || pair ? MOST : 1);
  }
}

async function fill(section, places, figures, high, most = 1) {
  const room = high - words(section);
  const natural = Math.max(...figures.map((one) => one.layout.height ?? 400));
  const size = Math.min(LARGEST, Math.max(room / natural, LEAST));
  const tall = Math.min(room, natural * size * most);
  for (const [number, place] of places.entries()) {
    const { data, layout } = figures[number], wide = place.parentElement.clientWidth;
    place.style.zoom = size;
    Object.assign(layout, { width: Math.floor(wide / size), height: Math.floor(tall / size), autosize: false });
    await Plotly.newPlot(place, data, layout, { staticPlot: true, displayModeBar: false });
  }
}

// How high a part is without its charts.
function words(section) {
  const was = section.className;
  section.classList.remove("half");
  const { height } = section.getBoundingClientRect();
  section.className = was;
  return height;
}

// A new sheet like the first, with nothing between its head and its foot.
function sheet(upright) {
  const made = document.querySelector(".sheet").cloneNode(true);
  made.classList.toggle("lying", pair && !upright);
  made.querySelector(".room").replaceChildren();
  document.querySelector("main").append(made);
  return made.querySelector(".room");
}

const full = (one) => one.scrollHeight > one.clientHeight + 1;

// Every part on the sheet where it fits, in their order; cards that are more than a sheet go on upon the next.
async function deal(continued, counted) {
  await document.fonts.ready;
  const parts = [...document.querySelectorAll("section")];
  parts.forEach((one) => one.remove());
  document.querySelector(".sheet").classList.remove("measuring");
  let here = document.querySelector(".room");
  for (const section of parts) {
    const upright = section.classList.contains("upright");
    here.append(section);
    if (!full(here) && upright === (pair && !here.closest(".lying"))) continue;
    section.remove();
    if (here.childElementCount) here = sheet(upright);
    here.append(section);
    if (full(here) && section.querySelector(".card")) here = split(section, here, continued);
  }
  const sheets = [...document.querySelectorAll(".sheet")];
  sheets.forEach((one, number) => {
    one.querySelector(".counted").textContent = counted.replace("{page}", number + 1).replace("{pages}", sheets.length);
  });
  for (const line of document.querySelectorAll("nav a")) {
    const at = document.getElementById(line.hash.slice(1)).closest(".sheet");
    line.querySelector(".number").textContent = sheets.indexOf(at) + 1;
  }
}

// The cards of each language in step, one after the other, a heading with the card below it.
function split(section, here, continued) {
  const bodies = [...section.querySelectorAll(".body")];
  const cards = bodies.map((one) => [...one.querySelectorAll(".card")].map((card) => [card, card.parentElement]));
  const heads = new Map(cards.flat().map(([, grid]) => [grid, grid.previousElementSibling]));
  bodies.forEach((one) => one.replaceChildren());
  let piece = section, targets = bodies, seen = new Set();
  const put = (number) => cards.forEach((some, lang) => {
    if (!some[number]) return;
    const [card, grid] = some[number], body = targets[lang];
    if (!body.lastElementChild || body.lastElementChild.of !== grid) {
      if (heads.get(grid) && !seen.has(grid)) body.append(heads.get(grid));
      seen.add(grid);
      body.append(Object.assign(grid.cloneNode(false), { of: grid }));
    }
    body.lastElementChild.append(card);
  });
  const next = () => {
    piece = document.createElement("section");
    targets = bodies.map((body, lang) => {
      const article = piece.appendChild(body.parentElement.cloneNode(false)), above = document.createElement("div");
      const title = continued[lang].replace("{title}", section.querySelectorAll("h2")[lang].textContent);
      above.append(Object.assign(document.createElement("h2"), { textContent: title }));
      const made = Object.assign(document.createElement("div"), { className: "body" });
      article.append(above, made, body.nextElementSibling.cloneNode(true));
      return made;
    });
    here = sheet(false);
    here.append(piece);
  };
  const most = Math.max(...cards.map((some) => some.length));
  for (let number = 0; number < most; number++) {
    put(number);
    if (!full(here)) continue;
    const empty = targets.every((one) => one.querySelectorAll(".card").length <= 1);
    if (empty) continue; // one card that is higher than a sheet
    targets.forEach((body, lang) => cards[lang][number] && drop(body, cards[lang][number]));
    next();
    put(number);
  }
  return here;

  function drop(body, [card, grid]) {
    card.remove();
    if (body.lastElementChild.childElementCount) return;
    body.lastElementChild.remove();
    if (body.lastElementChild === heads.get(grid)) {
      heads.get(grid).remove();
      seen.delete(grid);
    }
  }
}
