// One mutant in a thread of its own, which can be ended when it hangs.
import { parentPort, workerData } from "node:worker_threads";
import { runInNode } from "./hosts/node.mjs";

const { suite, name, bytes } = workerData;
const run = async () => {
  try {
    const [{ failed }] = await runInNode(suite, { [name]: Buffer.from(bytes) }, [name]);
    return failed;
  } catch (error) {
    return `refused: ${error.message}`;
  }
};
parentPort.postMessage(await run());
