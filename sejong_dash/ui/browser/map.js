// What the table beside a map leaves undone in the reader's browser. It listens to the page as a whole, once, since the
// page's parts come and go.
if (!globalThis.sejongMap) {
  globalThis.sejongMap = true;
  const VALUES = 3; // their column
  const order = { column: 0, down: false }; // as the table comes: by rank
  let focused = "", scrolled = 0;

  const sort = list => {
    const body = list.querySelector("tbody"), heads = [...list.querySelectorAll("th")];
    const cells = new Intl.Collator(document.documentElement.lang, { numeric: true });
    const key = row => row.children[order.column].dataset.key;
    const rows = [...body.children].sort((one, other) => {
      const [a, b] = [key(one), key(other)];
      if (!a || !b) return !a - !b; // what is not known stands last either way
      const number = a - b; // NaN between names; the minus sign is no letter to a collator
      const found = isNaN(number) ? cells.compare(a, b) : number;
      return (order.down ? -found : found) || one.dataset.code - other.dataset.code;
    });
    body.replaceChildren(...rows);
    heads.forEach(head => head.removeAttribute("aria-sort"));
    heads[order.column].setAttribute("aria-sort", order.down ? "descending" : "ascending");
  };

  // A rerun brings the table anew, in its own order, with nothing focused and from its top.
  const renewed = list => {
    list.dataset.seen = "true";
    if (order.column || order.down) sort(list);
    list.scrollTop = scrolled;
    if (focused && document.activeElement === document.body) {
      list.querySelector(`tr[data-code="${focused}"] a`)?.focus({ preventScroll: true });
    }
    list.addEventListener("scroll", () => (scrolled = list.scrollTop), { passive: true });
  };
  const watch = new MutationObserver(() => document.querySelectorAll(".sj-list:not([data-seen])").forEach(renewed));
  const attend = list => {
    if (!list || list.dataset.seen) return;
    [order.column, order.down, scrolled] = [0, false, list.scrollTop];
    renewed(list);
    watch.observe(list.closest(":st(column)") ?? document.body, { childList: true, subtree: true });
  };

  addEventListener("pointerdown", event => {
    if (event.isTrusted) focused = "";
  }, true);
  document.addEventListener("focusin", event => {
    attend(event.target.closest?.(".sj-list"));
    focused = event.target.closest?.(".sj-list tr[data-code]")?.dataset.code ?? "";
  });
  document.addEventListener("click", event => {
    const head = event.target.closest?.(".sj-list th");
    if (head) {
      attend(head.closest(".sj-list"));
      const column = [...head.parentNode.children].indexOf(head);
      // the first press on values shows the largest, on all else the beginning
      order.down = column === order.column ? !order.down : column === VALUES;
      order.column = column;
      sort(head.closest(".sj-list"));
      return;
    }
    // A prefecture is chosen without loading the page again, and without taking back what was chosen since the link was made.
    // Without this script the link works.
    const link = event.target.closest?.('.sj-list a[href^="?"], a.sj-choice');
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    globalThis.sejongChoose("prefecture", link.dataset.code ?? link.closest("tr").dataset.code);
  });
}
