// Another prefecture is chosen on the map, a screen below its sheet: the reader is brought to where that begins.
export default ({ data }) => {
  if (globalThis.sejongSheet === data.prefecture) return;
  globalThis.sejongSheet = data.prefecture;
  const sheet = document.querySelector(".st-key-sheet");
  if (sheet && sheet.getBoundingClientRect().top < 0) sheet.scrollIntoView({ block: "start" });
};
