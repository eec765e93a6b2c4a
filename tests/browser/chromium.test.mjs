import { testEngine } from "./run.mjs";

testEngine("chromium");
