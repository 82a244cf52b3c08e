import { existsSync } from "node:fs";
import { defineConfig } from "@playwright/test";
import type { EngineOptions } from "./engines/support/test.ts";

/** Debian's Chromium where there is one, else Playwright's own. */
const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);

export default defineConfig<object, EngineOptions>({
  projects: [
    { name: "chromium", testDir: "tests" },
    // What is drawn by another engine is driven by WebDriver; whoever else is in such a test has Chromium.
    { name: "firefox", testDir: "engines", testIgnore: "*.webkit.spec.ts", use: { engineName: "firefox" } },
    { name: "webkit", testDir: "engines", testIgnore: "*.firefox.spec.ts", use: { engineName: "webkit" } },
  ],
  fullyParallel: true,
  forbidOnly: !!process.env["CI"],
  // A test that passes only sometimes is a fault to find.
  retries: 0,
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  outputDir: "results",
  use: {
    locale: "en-GB",
    timezoneId: "Asia/Jakarta",
    viewport: { width: 1280, height: 800 },
    actionTimeout: 15_000,
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      ...(chromium ? { executablePath: chromium } : {}),
      args: [
        "--disable-background-networking",
        // Microphones that beep and cameras, which a page may use once it has the permission. The second
        // camera sees depth, which no call can show.
        "--use-fake-device-for-media-stream=device-count=3",
        // Whoever shares a screen in a test shares this very page.
        "--auto-select-tab-capture-source-by-title=Sapa",
        // Chromium has no sandbox for root.
        ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      ],
    },
  },
});
