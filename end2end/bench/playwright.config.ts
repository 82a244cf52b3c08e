import { defineConfig } from "@playwright/test";
import tests from "../playwright.config.ts";

/** Measures, one after the other, with nothing written down that would slow what is measured. */
export default defineConfig({
  ...tests,
  projects: [{ name: "bench", testDir: ".", testMatch: "*.bench.ts" }],
  workers: 1,
  timeout: 600_000,
  use: { ...tests.use, trace: "off", screenshot: "off" },
});
