// What a trace of Chromium says of a page's scripts and its paint. Times in a trace are microseconds of one clock; a span has
// besides how long its thread was on a core (tdur): what others do on the machine meanwhile is not the page's.
// https://chromedevtools.github.io/devtools-protocol/tot/Tracing/

export const CATEGORIES = ["-*", "devtools.timeline", "loading", "toplevel", "blink.user_timing"];

// All that the main thread does for scripts. The shop has none of its own but the lines of the snippet, so all of it is ours.
const SCRIPT_WORK = new Set(["EvaluateScript", "v8.compile", "FunctionCall", "EventDispatch", "TimerFire", "BlinkScheduler_PerformMicrotaskCheckpoint"]);
const TASK = "ThreadControllerImpl::RunTask";

const isWithin = (outer) => ({ ts, dur }) => ts >= outer.ts && ts + dur <= outer.ts + outer.dur;

// A span within another is part of it.
const timeOf = (spans) => {
  let last = { ts: 0, dur: 0 };
  return [...spans].sort((one, other) => one.ts - other.ts || other.dur - one.dur).reduce((sum, span) => {
    if (isWithin(last)(span)) return sum;
    last = span;
    return sum + (span.tdur ?? 0);
  }, 0);
};

const mainThreadOf = (events, pageUrl) => {
  const parsed = events.find(({ name, args }) => name === "ParseHTML" && args.beginData?.url.startsWith(pageUrl));
  if (parsed === undefined) throw new Error(`the trace has no page ${pageUrl}`);
  return ({ pid, tid }) => pid === parsed.pid && tid === parsed.tid;
};

/**
 * {scriptMs, longestMs, lcpMs, shift}: how long the main thread worked for scripts, its longest task that is more than half of that, the
 * largest contentful paint after the navigation, and the cumulative layout shift.
 */
export const readTrace = (events, pageUrl) => {
  const onMain = events.filter(mainThreadOf(events, pageUrl));
  const began = onMain.findLast(({ name, args }) => name === "navigationStart" && args.data?.documentLoaderURL.startsWith(pageUrl));
  const spans = onMain.filter(({ ph, ts }) => ph === "X" && ts >= began.ts);
  const script = spans.filter(({ name }) => SCRIPT_WORK.has(name));
  // Most tasks end with microtasks: the page's own layout is no task of the script's for that.
  const tasks = spans.filter((task) => task.name === TASK && 2 * timeOf(script.filter(isWithin(task))) > task.tdur);
  const paints = onMain.filter(({ name, ts }) => name === "largestContentfulPaint::Candidate" && ts >= began.ts);
  const shifts = onMain.filter(({ name, ts, args }) => name === "LayoutShift" && ts >= began.ts && !args.data.had_recent_input);
  return {
    scriptMs: timeOf(script) / 1000,
    longestMs: Math.max(0, ...tasks.map(({ tdur = 0 }) => tdur)) / 1000,
    lcpMs: (paints.at(-1).ts - began.ts) / 1000,
    shift: shifts.reduce((sum, { args }) => sum + args.data.score, 0),
  };
};
