// Shows the bar on top of the page and its chips, and sends what is chosen there. Called when the page opens and whenever `data` changes.
const bar = (globalThis.sejongBar ??= { number: 0, choices: [] });
const fields = "[data-choice]";
const valueOf = field => (field.type === "checkbox" ? String(field.checked) : field.value);
const show = (field, value) => { field.type === "checkbox" ? (field.checked = value === "true") : (field.value = value); };
export default ({ data, parentElement, setStateValue }) => {
  bar.number = Math.max(bar.number, data.heard);
  bar.choices = bar.choices.filter(([number]) => number > data.heard);
  let root = parentElement.querySelector(".sj-frame");
  if (!root) root = parentElement.appendChild(Object.assign(document.createElement("div"), { className: "sj-frame" }));
  if (root.sejongBody !== data.body) {
    // what is chosen from or opened stays so in what takes its place
    const at = root.contains(document.activeElement) ? document.activeElement.dataset.choice : "", isOpen = root.querySelector("details")?.open;
    root.innerHTML = root.sejongBody = data.body;
    globalThis.sejongNews?.show?.();
    if (isOpen) root.querySelector("details").open = true;
    if (at) root.querySelector(`[data-choice="${at}"]`)?.focus();
  }
  // what was chosen and not answered yet holds
  for (const [, name, value] of bar.choices) {
    const field = root.querySelector(`[data-choice="${name}"]`);
    if (field) show(field, value || field.dataset.default);
  }
  const send = (name, value) => {
    bar.choices.push([++bar.number, name, value]);
    setStateValue("choices", [...bar.choices]);
  };
  const choose = field => {
    if (!field.validity.valid) return;
    const value = valueOf(field);
    field.sejongTyped = false;
    send(field.dataset.choice, value === field.dataset.default ? "" : value);
  };
  // A day that is typed counts once the field is left: on the way there it is another one with each digit.
  root.onkeydown = event => {
    const { target } = event;
    if (event.key === "Escape") root.querySelector("details[open]")?.removeAttribute("open");
    if (target.type !== "date") return;
    if (event.key === "Enter") { if (target.sejongTyped) choose(target); } else if (event.key !== "Tab") target.sejongTyped = null;
  };
  root.onchange = ({ target }) => {
    if (!target.matches(fields)) return;
    if (target.type === "date" && target.sejongTyped !== undefined && target.sejongTyped !== false) target.sejongTyped = true;
    else choose(target);
  };
  root.onpointerdown = ({ target }) => { if (target.type === "date") target.sejongTyped = false; };
  root.onfocusout = ({ target }) => { if (target.type === "date" && target.sejongTyped) choose(target); };
  root.onclick = ({ target }) => { if (target.dataset.act) send(target.dataset.act, "");
    if (target.dataset.remove) send(target.dataset.remove, ""); };
  const close = ({ target }) => { if (!root.querySelector("details")?.contains(target)) root.querySelector("details[open]")?.removeAttribute("open"); };
  document.addEventListener("click", close);
  return () => document.removeEventListener("click", close);
};
