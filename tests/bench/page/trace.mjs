// What a trace of Chromium says of our scripts: https://chromedevtools.github.io/devtools-protocol/tot/Tracing/. Times are microseconds.

export const CATEGORIES = ["-*", "devtools.timeline", "v8", "disabled-by-default-v8.compile", "disabled-by-default-devtools.timeline",
  "disabled-by-default-v8.cpu_profiler", "toplevel", "blink.user_timing", "loading"];

const SCRIPT_WORK = new Set(["EvaluateScript", "v8.compile", "v8.compileModule", "v8.evaluateModule", "FunctionCall", "v8.callFunction", "TimerFire"]);

const urlOf = ({ args = {} }) => args.data?.url ?? args.data?.stackTrace?.[0]?.url ?? args.fileName ?? args.url ?? "";

// Overlapping spans count once.
const joined = (spans) => {
  const sorted = [...spans].sort(([one], [other]) => one - other);
  let end = -Infinity;
  return sorted.reduce((sum, [from, to]) => {
    const added = Math.max(0, to - Math.max(from, end));
    end = Math.max(end, to);
    return sum + added;
  }, 0);
};

const rendererOf = (events) => events.find(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain");

// The profile comes in pieces: each adds nodes of the call tree, samples (node ids) and the time since the sample before.
const profiledSpans = (events, thread, isOurs) => {
  const start = events.find(({ name, tid, pid }) => name === "Profile" && pid === thread.pid && tid === thread.tid);
  if (start === undefined) return [];
  const ours = new Map();
  const spans = [];
  let time = start.args.data.startTime;
  for (const { args: { data } } of events.filter(({ name, id, pid }) => name === "ProfileChunk" && id === start.id && pid === start.pid)) {
    for (const { id, parent, callFrame } of data.cpuProfile?.nodes ?? []) ours.set(id, ours.get(parent) === true || isOurs(callFrame.url ?? ""));
    for (const [index, id] of (data.cpuProfile?.samples ?? []).entries()) {
      const next = time + data.timeDeltas[index];
      if (ours.get(id)) spans.push([next, next]);
      if (spans.at(-1)?.isOpen) spans.at(-1)[1] = next;
      time = next;
    }
  }
  return spans;
};

/** {scriptMs, longestMs}: how long the main thread worked for scripts that `isOurs(url)` knows, and its longest task with any of that. */
export const readTrace = (events, isOurs) => {
  const thread = rendererOf(events);
  const onMain = events.filter(({ pid, tid, ph }) => pid === thread.pid && tid === thread.tid && ph === "X");
  const called = onMain.filter((event) => SCRIPT_WORK.has(event.name) && isOurs(urlOf(event))).map(({ ts, dur }) => [ts, ts + dur]);
  const spans = [...called, ...profiledSpans(events, thread, isOurs)];
  const tasks = onMain.filter(({ name }) => name === "RunTask" || name === "ThreadControllerImpl::RunTask")
    .filter(({ ts, dur }) => spans.some(([from, to]) => from < ts + dur && to >= ts));
  return { scriptMs: joined(spans) / 1000, longestMs: Math.max(0, ...tasks.map(({ dur }) => dur)) / 1000 };
};
