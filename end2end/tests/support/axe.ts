import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Looks at a page as it is now, or at a part of it, and finds nothing that would be in somebody's way. */
export async function findsNothing(page: Page, what: string, part = "html"): Promise<void> {
  // Once it stands still: a colour in transition is no colour to judge.
  await page.evaluate(async () => {
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)));
  });
  const { violations } = await new AxeBuilder({ page }).include(part).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
  expect(found, what).toEqual([]);
}
