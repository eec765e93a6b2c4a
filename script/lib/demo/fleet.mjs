// The processes that belong together: started one after the other, stopped in reverse.
import { ready, start, stop } from "./children.mjs";

// tellEnd: rejects when a process that should run ends; its log says why.
const tellEnd = async (child) => {
  await child.exited;
  throw new Error(`${child.name} ended (${child.ended}); see ${child.log}`);
};

export const makeFleet = () => {
  const running = new Map();

  // launch: starts a command and waits until its probe answers.
  const launch = async (command, probe) => {
    const child = start(command);
    running.set(child.name, child);
    await ready(child, probe);
  };

  // stopOne: whether it ran until it was asked to end, and then did.
  const stopOne = async (name) => {
    const isSound = await stop(running.get(name));
    running.delete(name);
    return isSound;
  };

  // stopAll: the names of those that had ended before, or had to be killed. A second time there is nothing to stop.
  const stopAll = async () => {
    const unsound = [];
    for (const name of [...running.keys()].reverse()) {
      if (!(await stopOne(name))) unsound.push(name);
    }
    return unsound;
  };

  const anyEnds = () => Promise.race([...running.values()].map(tellEnd));

  return { launch, stopOne, stopAll, anyEnds };
};
