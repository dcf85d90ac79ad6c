// Has the server look at the address where a part of it is what it was before: it may be that a viewer went back, and it may be that
// an answer that was on its way has written an older one. The server knows what was chosen (ui/frame/held_choices.py) and sends it
// again. What is still on its way has time to come. The looks cost the server nothing.
const address = (globalThis.sejongAddress ??= { shown: null, seen: {}, asking: 0, send: null });
function keepAddress(send) {
  address.send = send;
}
function lookAtAddress() {
  const { search } = location;
  if (!address.send || search === address.shown) return;
  const names = new URLSearchParams(search), before = new URLSearchParams(address.shown ?? search);
  const changed = [...new Set([...names.keys(), ...before.keys()])].filter(name => names.get(name) !== before.get(name));
  const isOlder = changed.some(name => address.seen[name]?.has(names.get(name)));
  for (const name of changed) (address.seen[name] ??= new Set()).add(before.get(name)).add(names.get(name));
  address.shown = search;
  if (!isOlder) return;
  clearTimeout(address.asking);
  address.asking = setTimeout(() => address.send(), 1500);
}
if (!address.isWatched) {
  address.isWatched = true;
  setInterval(lookAtAddress, 300);
}
