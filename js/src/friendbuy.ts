// refedge-friendbuy.min.js, for pages that use Friendbuy's queue: the rest brings it at the first push.
import { hearFriendbuy } from "./embedding/friendbuy.js";

hearFriendbuy((window as unknown as { friendbuy: unknown[][] }).friendbuy);
