import { testEngine } from "./run.mjs";

testEngine("webkit");
