// embedding.min.js, the file that a page's tag names.
import { start } from "./embedding/first.js";

start(document.currentScript as HTMLScriptElement);
