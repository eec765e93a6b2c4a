// The links of every worker: read from the service `files` when the first request comes, and kept in a Map. Lines of JSON.

async function* linesOf(body) {
  let rest = '';
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    yield* lines;
  }
  if (rest !== '') yield rest;
}

export async function readLinks(env) {
  const answer = await env.files.fetch('http://files/links.jsonl');
  if (!answer.ok) throw new Error(`links.jsonl: ${answer.status}`);
  const links = new Map();
  for await (const line of linesOf(answer.body)) {
    const { code, market_id, location } = JSON.parse(line);
    links.set(code, { code, market_id, location, expires_at: 0, active: true });
  }
  return links;
}
