// The answer after which those are modelled that do no work: as many bytes as the module sends.
import { startModule } from './nginx.mjs';
import { request } from './processes.mjs';
import { HEADERS } from './visit.mjs';

export async function modelAnswer(directory, given) {
  const module = await startModule(directory, given);
  try {
    const { headers, headBytes } = await request(module.port, `/r/${given.samples[0].code}`, HEADERS);
    return { location: headers.location, cookie: headers['set-cookie'][0], headBytes };
  } finally {
    await module.stop();
  }
}
