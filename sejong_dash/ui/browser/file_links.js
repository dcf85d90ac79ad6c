// Shows that a file is being made, and why one could not be: a browser says nothing before a file comes. A list of files closes
// on Escape and on a press elsewhere. Without this script the links work.
if (!globalThis.sejongFiles) {
  globalThis.sejongFiles = true;
  const open = () => document.querySelector("details.sj-files[open]");

  const named = answer => {
    const name = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get("content-disposition") ?? "");
    return name ? decodeURIComponent(name[1]) : "";
  };
  const reason = async answer => {
    const isProblem = answer.headers.get("content-type")?.startsWith("application/problem+json");
    return isProblem ? (await answer.json()).detail : "";
  };
  const save = async answer => {
    const address = URL.createObjectURL(await answer.blob());
    Object.assign(document.createElement("a"), { href: address, download: named(answer) }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  };
  const fetched = async link => {
    const state = link.closest(".sj-files").querySelector(".sj-file-state");
    const tell = (kind, text) => { state.dataset.kind = kind; state.textContent = text; };
    link.setAttribute("aria-busy", "true");
    tell("busy", state.dataset.busy);
    try {
      const answer = await fetch(link.href);
      if (answer.ok) {
        await save(answer);
        tell("done", "");
      } else {
        tell("failed", (await reason(answer)) || state.dataset.failed);
      }
    } catch {
      tell("failed", state.dataset.failed); // the server is out of reach
    } finally {
      link.removeAttribute("aria-busy");
    }
  };

  document.addEventListener("click", event => {
    const link = event.target.closest?.("a.sj-file");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (!link.hasAttribute("aria-busy")) fetched(link);
  });
  addEventListener("pointerdown", event => {
    const menu = open();
    if (menu && !menu.contains(event.target)) menu.open = false;
  }, true);
  addEventListener("keydown", event => {
    const menu = event.key === "Escape" && open();
    if (!menu) return;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  });
}
