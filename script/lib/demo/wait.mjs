// Waiting for a condition with a deadline: the only way the demo and the journey wait.
const PAUSE_MS = 50;

const pause = () => new Promise((done) => setTimeout(done, PAUSE_MS));

// until: the first truthy answer of `probe`, asked again and again; an error that says `what` when time is up. A probe
// may throw while the thing is not there yet; its last error is told.
export const until = async (what, probe, { seconds = 20 } = {}) => {
  const deadline = Date.now() + seconds * 1000;
  let last;
  do {
    try {
      const answer = await probe();
      if (answer) return answer;
    } catch (error) {
      last = error;
    }
    await pause();
  } while (Date.now() < deadline);
  throw new Error(`${what}: not within ${seconds} s${last ? ` (${last.message})` : ""}`);
};
