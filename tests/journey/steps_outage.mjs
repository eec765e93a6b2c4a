// The origin goes away: links work on, and their clicks arrive when it is back.
import assert from "node:assert/strict";
import { until } from "../../script/lib/demo/wait.mjs";
import { DESKTOP_AGENT } from "./browser.mjs";
import { openCookie } from "./cookie.mjs";
import { curl, header, sql } from "./tools.mjs";

const countClicks = async (world, clickId) =>
  (await sql(world, `SELECT count(*) AS n FROM clicks WHERE click_id = '${clickId}'`))[0].n;

const seeFirstClick = async (world) => {
  await until("the friend's click is in the store", () => countClicks(world, world.cookie.clickId));
  assert.equal(await countClicks(world, world.cookie.clickId), 1);
  return `click ${world.cookie.clickId}, once`;
};

const cookieOf = (answer) =>
  header(answer, "set-cookie").map((line) => /^_refedge=([^;]*)/.exec(line)?.[1]).find(Boolean);

const clickWithoutOrigin = async (world) => {
  assert.equal(await world.stack.stopOrigin(), true, "the origin ran and ended when asked");
  await assert.rejects(fetch(world.originUrl), "the origin is down");
  const answer = await curl(world, world.shareLink, { headers: { "user-agent": DESKTOP_AGENT } });
  assert.equal(answer.status, 302, answer.body);
  assert.equal(new URL(header(answer, "location")[0]).searchParams.get("ref"), world.code);
  world.lateClick = openCookie(cookieOf(answer), world).clickId;
  assert.notEqual(world.lateClick, world.cookie.clickId);
  return `302 and a signed cookie, click ${world.lateClick}`;
};

const seeLateClick = async (world) => {
  await world.stack.startOrigin();
  await until("the click arrives", () => countClicks(world, world.lateClick), { seconds: 60 });
  assert.equal(await countClicks(world, world.lateClick), 1);
  return `click ${world.lateClick}, once`;
};

export const OUTAGE = [
  ["The friend's click reached the origin", seeFirstClick],
  ["The origin is stopped: the link still redirects", clickWithoutOrigin],
  ["The origin is back: the click arrives", seeLateClick],
];
