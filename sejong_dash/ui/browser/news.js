// Tells who comes back what has changed in the counts since: a chip above the page, until it is pressed. When a viewer looked last is
// kept in the browser alone. Called with each run of a page; the server is asked when the page is loaded and in another language.
const LOOKED = "sejong-looked", SINCE = "sejong-since"; // the last look, in the browser's store; since when there is news, in the tab's
const news = (globalThis.sejongNews ??= { lang: "", text: "", show: () => {} }); // top_bar.js shows it again in a new row of chips
news.show = () => {
  const row = document.querySelector(".sj-chips"), old = row?.querySelector(".sj-news");
  if (!row || old?.textContent === news.text) return;
  old?.remove();
  if (!news.text) return;
  const chip = Object.assign(document.createElement("button"), { type: "button", className: "sj-chip sj-news", textContent: news.text });
  chip.onclick = () => { sessionStorage.removeItem(SINCE); news.text = ""; news.show(); };
  row.insertBefore(chip, row.querySelector(".sj-status"));
};
function askForNews(lang) {
  news.show();
  if (news.lang === lang) return;
  news.lang = lang;
  const since = sessionStorage.getItem(SINCE) ?? localStorage.getItem(LOOKED) ?? "";
  fetch(new URL(`news?lang=${lang}&since=${encodeURIComponent(since)}`, location), { cache: "no-store" })
    .then(answer => (answer.ok ? answer.json() : Promise.reject(new Error(`${answer.status} news`))))
    .then(({ now, text }) => {
      localStorage.setItem(LOOKED, now);
      if (text) sessionStorage.setItem(SINCE, since);
      if (news.lang === lang) news.text = text;
      news.show();
    })
    .catch(error => console.warn(error)); // without an answer it is asked again from the same time
}
