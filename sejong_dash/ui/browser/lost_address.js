// Has the server look at the address once it has changed and stands: an answer that was on its way may have written an older one over
// what was chosen since. The server knows what was chosen and sends it again where it is missing (ui/frame/held_choices.py). The looks
// at the address cost the server nothing.
const address = (globalThis.sejongAddress ??= { shown: location.search, asking: 0, send: null });
const LOOKS = 300, STANDS = 2000; // ms
function keepAddress(send) {
  address.send = send;
}
if (!address.isWatched) {
  address.isWatched = true;
  setInterval(() => {
    if (location.search === address.shown) return;
    address.shown = location.search;
    clearTimeout(address.asking);
    address.asking = setTimeout(() => address.send(), STANDS);
  }, LOOKS);
}
