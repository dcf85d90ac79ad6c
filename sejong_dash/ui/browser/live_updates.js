// Has the page drawn again when the tables have changed. The server says what holds now over one stream (serving/change_events.py),
// and a run is asked for only where the page was drawn with something else. What a viewer is typing, has opened or chosen stays.
//
// A page that nobody sees has no stream: a browser opens no more than six connections to a server at once, for all its windows. It
// compares as soon as it is looked at again. Where no stream comes through, as behind a proxy that gathers answers before it hands
// them on, the page asks now and then instead.
const live = (globalThis.sejongLive ??= { drawn: "", known: "", ask: null, source: null, next: 0, asking: 0, turn: 0, blocked: 0, away: 0 });
const WAITS = { // ms
  first: 5000, // an open stream says at once what holds
  beat: 50000, // and again every 20 seconds
  poll: 20000,
  spread: 300, // open pages do not ask all at once
  onTheWay: 200, // see page_change.js
  again: 15000, // the message was lost, or its run has failed
};
const TRIES = 2, POLLS = 15; // streams that bring nothing before the page polls; polls before it tries a stream again
function follow(drawn, ask) {
  Object.assign(live, { drawn, ask });
  compare();
  attend();
}
function attend() {
  if (!live.drawn || document.hidden) quit();
  else if (!live.source && !live.next) open();
}
function quit() {
  live.turn += 1;
  live.source?.close();
  clearTimeout(live.next);
  [live.source, live.next] = [null, 0];
}
function open() {
  quit();
  const source = (live.source = new EventSource(new URL("events", location)));
  const wait = time => {
    clearTimeout(live.next);
    live.next = setTimeout(lose, time);
  };
  wait(WAITS.first);
  source.onmessage = event => {
    if (source !== live.source) return;
    [live.blocked, live.away] = [0, 0];
    wait(WAITS.beat);
    learn(event.data);
  };
  source.onerror = () => source === live.source && lose();
}
async function lose() {
  quit();
  const turn = live.turn;
  live.next = -1; // nobody else begins meanwhile
  const isThere = await poll();
  if (turn !== live.turn) return;
  if (isThere) [live.blocked, live.away] = [live.blocked + 1, 0]; // it is the stream alone that does not come
  else live.away += 1;
  const isBlocked = live.blocked >= TRIES && (live.blocked - TRIES) % POLLS < POLLS - 1;
  const soon = Math.min(500 * 2 ** live.away, 8000) * (1 + Math.random());
  live.next = setTimeout(isBlocked ? lose : open, isBlocked ? WAITS.poll : soon);
}
function poll() {
  return fetch(new URL("events/state", location), { cache: "no-store", signal: AbortSignal.timeout(10000) })
    .then(answer => ([401, 403].includes(answer.status) && location.reload(), answer.json()))
    .then(({ state }) => (learn(state), true), () => false);
}
function learn(state) {
  if (state) live.known = state;
  compare();
}
function compare() {
  if (!live.drawn || !live.known || live.drawn === live.known) {
    clearTimeout(live.asking);
    live.asking = 0;
  } else if (!live.asking) {
    live.asking = setTimeout(ask, WAITS.spread * Math.random());
  }
}
function ask() {
  if (isOnTheWay()) {
    live.asking = setTimeout(ask, WAITS.onTheWay);
    return;
  }
  live.ask(live.known);
  live.asking = setTimeout(() => {
    live.asking = 0;
    compare();
  }, WAITS.again);
}
if (!live.isAttended) {
  live.isAttended = true;
  document.addEventListener("visibilitychange", attend);
}
