import { PASSWORD } from "./support/person.ts";
import { expect, test } from "./support/test.ts";

// A wrong password, one that is too short, and a program that does not come.
test.use({ forgiven: /status of (401|422)|net::ERR_FAILED|Failed to fetch/ });

for (const [what, program] of [
  ["without the page's program", false],
  ["before the page's program is there", true],
] as const) {
  test(`joining and signing in work ${what}`, async ({ stranger }) => {
    const sari = await stranger("Sari", { javaScriptEnabled: program });
    const { page } = sari;
    await page.route("**/*.wasm", (route) => route.abort());
    let weight = 0;
    page.on("requestfinished", async (request) => {
      const counts = ["document", "stylesheet", "image"].includes(request.resourceType());
      if (counts) weight += (await request.sizes()).responseBodySize;
    });
    const fill = async (label: string, text: string): Promise<void> => page.getByLabel(label, { exact: true }).fill(text);
    await page.goto(`${sari.origin}/register`);
    await fill("Nickname", sari.nickname);
    await fill("Username", sari.username);
    expect(weight, "bytes until the form can be used").toBeLessThan(60_000);
    await fill("Password", "pendek");
    await page.getByRole("button", { name: "Make an account" }).click();
    await expect(page.locator("#note-password")).toContainText("8");
    await expect(page.getByLabel("Nickname", { exact: true })).toHaveValue(sari.nickname);
    await expect(page.getByLabel("Username", { exact: true })).toHaveValue(sari.username);
    await fill("Password", PASSWORD);
    await page.getByRole("button", { name: "Make an account" }).click();
    await expect(page).toHaveURL(/\/people$/);

    await sari.context.clearCookies();
    await page.goto(`${sari.origin}/sign-in?next=/settings`);
    await fill("Username or e-mail", sari.username);
    await fill("Password", "bukan ini");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.locator("#note-password")).not.toHaveText("");
    await expect(page.getByLabel("Username or e-mail", { exact: true })).toHaveValue(sari.username);
    await fill("Password", PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page).toHaveURL(/\/settings$/);
  });
}
