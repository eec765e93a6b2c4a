import { testEngine } from "./run.mjs";

testEngine("firefox");
