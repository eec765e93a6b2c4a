// The report "who referred whom", as the manual's curl line fetches it, and a reader for its CSV.
import assert from "node:assert/strict";
import { curl, header } from "./tools.mjs";

export const merchantHeaders = ({ market_id, auth_token }) => ({ auth_id: market_id, auth_token });

// parseCsv: rows of cells (RFC 4180).
export const parseCsv = (text) => {
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r?\n|$)/y;
  const rows = [[]];
  while (cell.lastIndex < text.length) {
    const [, value, end] = cell.exec(text) ?? assert.fail(`no CSV at ${cell.lastIndex}`);
    rows.at(-1).push(value.startsWith('"') ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end !== ",") rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
};

// readReport: an object for each referral, keyed by column.
export const readReport = async (world) => {
  const url = `${world.marketUrl}/api/reports/who_referred_whom/${world.campaign}`;
  const answer = await curl(world, url, { headers: merchantHeaders(world), args: ["-X", "GET"] });
  assert.equal(answer.status, 200, `report: ${answer.body}`);
  assert.deepEqual(header(answer, "content-type"), ["text/csv; charset=utf-8"]);
  const [columns, ...rows] = parseCsv(answer.body);
  return rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])));
};
