// refedge-debug.min.js: the overlay that ?refedge_debug opens on a page, for whoever puts refedge on it.
import { openOverlay } from "./debug/overlay.js";

openOverlay();
