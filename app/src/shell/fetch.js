// Every request has an end: a network that has changed or slept says nothing, for ever.
// Questions to the server are short; modules may be long on a slow network.
const ask = window.fetch.bind(window);
window.fetch = (what, how) => {
  const isQuestion = new URL(what.url ?? what, location.href).pathname.startsWith("/rpc/");
  const end = new AbortController();
  const given = how?.signal ?? what.signal;
  if (given?.aborted) end.abort(given.reason);
  given?.addEventListener("abort", () => end.abort(given.reason), { once: true });
  const late = () => end.abort(new DOMException("Nothing was heard.", "TimeoutError"));
  // Once the answer has been read this does nothing.
  setTimeout(late, isQuestion ? 10_000 : 300_000);
  return ask(what, { ...how, signal: end.signal });
};
