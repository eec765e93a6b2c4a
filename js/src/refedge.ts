// refedge.min.js: the rest of the browser script, which the first part brings.
import { install } from "./embedding/rest.js";
import { siblings } from "./embedding/siblings.js";

install(siblings);
