// Has the server look at the address once it has changed and stands: an answer that was on its way may have written an older one over
// what was chosen since. The server knows what was chosen and sends it again where it is missing (ui/frame/held_choices.py). The looks
// at the address cost the server nothing.
const address = (globalThis.sejongAddress ??= { shown: location.pathname + location.search, asking: 0, send: null });
const LOOKS = 300, STANDS = 2000; // ms
function keepAddress(send) {
  address.send = send;
}
function askForAddress() {
  if (isOnTheWay()) address.asking = setTimeout(askForAddress, LOOKS); // see page_change.js
  else address.send();
}
if (!address.isWatched) {
  address.isWatched = true;
  setInterval(() => {
    const shown = location.pathname + location.search;
    if (shown === address.shown) return;
    address.shown = shown;
    clearTimeout(address.asking);
    address.asking = setTimeout(askForAddress, STANDS);
  }, LOOKS);
}
