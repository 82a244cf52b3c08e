// Every request has an end: a network that has changed or slept says nothing, for ever.
// Questions to the server are short; modules may be long on a slow network.
const ask = window.fetch.bind(window);
const waiting = new Set();
const nothing = () => new DOMException("Nothing was heard.", "TimeoutError");
const silence = nothing();
const bounded = async (what, how) => {
  const { pathname } = new URL(what.url ?? what, location.href);
  const isQuestion = pathname.startsWith("/rpc/");
  const end = new AbortController();
  const given = how?.signal ?? what.signal;
  if (given?.aborted) end.abort(given.reason);
  given?.addEventListener("abort", () => end.abort(given.reason), { once: true });
  // Once the answer has been read this does nothing.
  setTimeout(() => end.abort(nothing()), isQuestion ? 10_000 : 300_000);
  waiting.add(end);
  try {
    // What was seen is told also by a page that is left in the same moment. Browsers bound what may outlive a page,
    // so nothing else does.
    return await ask(what, { ...how, signal: end.signal, keepalive: pathname === "/rpc/view_story" });
  } catch (error) {
    // A module is only read: it is asked for again, over a connection that lives.
    if (error === silence && !isQuestion) return bounded(what, how);
    throw error;
  } finally {
    waiting.delete(end);
  }
};
window.fetch = (what, how) => {
  const answer = bounded(what, how);
  // The loader asks for the modules of a part side by side, and forgets the others when one fails. Whoever waits
  // for an answer hears of a fault all the same.
  answer.catch(() => {});
  return answer;
};
// After a silence no connection that a browser keeps, six for a host, is known to live. What waits on one is
// given up; one at rest is found by a question, and dropped when it does not answer.
window.addEventListener("sapa:silence", () => {
  for (const end of [...waiting]) end.abort(silence);
  for (let one = 0; one < 6; one++) {
    ask("/healthz", { cache: "no-store", signal: AbortSignal.timeout(1_500) }).catch(() => {});
  }
});
