// refedge-friendbuy.min.js, for pages that use Friendbuy's queue: the rest brings it at the first push. It brings the overlay where somebody
// asked for that: one hash more has no room in the rest.
import { hearFriendbuy } from "./embedding/friendbuy.js";
import { isDebug } from "./embedding/page.js";
import { loadScript } from "./embedding/siblings.js";

declare const DEBUG_INTEGRITY: string;

hearFriendbuy((window as unknown as { friendbuy: unknown[][] }).friendbuy);
if (isDebug) void loadScript("-debug.min.js", DEBUG_INTEGRITY);
