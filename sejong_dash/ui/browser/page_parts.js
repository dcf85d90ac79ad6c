// A copied link names its chart by its place on the page (#daily_visitors), which no server sees. Where another part of the page
// holds that chart, this asks for it: once, when the page is opened by the link. page_frame.js then brings the chart.
export default ({ data, setTriggerValue }) => {
  if (globalThis.sejongPlaceFollowed) return;
  globalThis.sejongPlaceFollowed = true;
  const part = data.holds[location.hash.slice(1)];
  if (part && part !== data.part) setTriggerValue("part", part);
};
