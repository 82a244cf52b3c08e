import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { call, hearsAndSees, reaches, rings, takesPhone } from "./support/calls.ts";
import { CUT_CONNECTION, expect, test } from "./support/test.ts";

test.use({ forgiven: CUT_CONNECTION });

test("two friends see and hear each other, share a screen, and come back after a reload", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await takesPhone(sari);
  await takesPhone(oleh);
  await sari.opens(`/chats/${room}`);
  await oleh.opens("/people");
  const elsewhere = await oleh.opensTab("/chats");

  await sari.page.getByRole("button", { name: "Video call" }).click();
  await expect(call(sari.page)).toContainText("Ringing…");
  // On all devices, until one answers.
  await expect(rings(oleh.page)).toContainText(sari.nickname);
  await expect(rings(elsewhere)).toBeVisible();
  await rings(oleh.page).getByRole("button", { name: "Answer with camera" }).click();
  await expect(rings(elsewhere)).toBeHidden();
  await hearsAndSees(sari.page);
  await hearsAndSees(oleh.page);
  await expect(call(sari.page).getByRole("status")).toHaveText(/^0:\d\d$/);
  await expect(call(sari.page).getByRole("img", { name: "Good connection" })).toBeVisible();

  await call(oleh.page).getByRole("button", { name: "Mute", exact: true }).click();
  await expect(call(sari.page).locator(".tile", { hasText: oleh.nickname }).getByRole("img", { name: "Muted" })).toBeVisible();
  await call(oleh.page).getByRole("button", { name: "Unmute" }).click();
  await call(oleh.page).getByRole("button", { name: "Switch the camera off" }).click();
  const olehs = call(sari.page).locator(".tile", { hasText: oleh.nickname });
  await expect(olehs.locator(".avatar")).toBeVisible();
  await call(oleh.page).getByRole("button", { name: "Switch the camera on" }).click();
  await expect(olehs.locator(".avatar")).toBeHidden();

  await call(sari.page).getByRole("button", { name: "Share your screen" }).click();
  const screen = call(oleh.page).locator(".tile.is-screen");
  await expect(screen).toContainText(`Screen of ${sari.nickname}`);
  await expect.poll(() => screen.locator("video").evaluate((video: HTMLVideoElement) => video.videoWidth)).toBeGreaterThan(0);
  await call(sari.page).getByRole("button", { name: "Stop sharing" }).click();
  await expect(screen).toBeHidden();

  // Small, one can go on with other chats.
  await call(oleh.page).getByRole("button", { name: "Make the call small" }).click();
  await oleh.opensChat(sari.nickname);
  await oleh.writes("halo");
  await sari.page.reload();
  await hearsAndSees(sari.page);
  await hearsAndSees(oleh.page);
  await sari.context.setOffline(true);
  await expect(sari.page.getByText("You are offline")).toBeVisible();
  await sari.context.setOffline(false);
  await hearsAndSees(sari.page);

  await call(sari.page).getByRole("button", { name: "Hang up" }).click();
  await expect(call(oleh.page)).toBeHidden();
  await expect(oleh.page.getByText("The call has ended")).toBeVisible();
  await expect(sari.page.getByRole("feed")).toContainText(/Video call · \d/);
  await expect(oleh.page.getByRole("feed")).toContainText(/Video call · \d/);
  await reaches(oleh.page, 0);
});

test("a call is declined, missed, and busy elsewhere", async ({ person }) => {
  const [sari, oleh, maria] = [await person("Sari"), await person("Oleh"), await person("Maria")];
  const room = await sari.befriends(oleh);
  const other = await maria.befriends(oleh);
  for (const one of [sari, oleh, maria]) await takesPhone(one);
  await sari.opens(`/chats/${room}`);
  await maria.opens(`/chats/${other}`);
  await oleh.opens("/people");

  await sari.page.getByRole("button", { name: "Voice call" }).click();
  await rings(oleh.page).getByRole("button", { name: "Decline" }).click();
  await expect(sari.page.getByText("Declined", { exact: true })).toBeVisible();
  await expect(sari.page.getByRole("feed")).toContainText("Voice call · Declined");

  await sari.page.getByRole("button", { name: "Voice call" }).click();
  await expect(rings(oleh.page)).toBeVisible();
  await call(sari.page).getByRole("button", { name: "Hang up" }).click();
  await expect(rings(oleh.page)).toBeHidden();
  await expect(oleh.dialog(sari.nickname)).toContainText("Missed voice call");
  await expect(oleh.dialog(sari.nickname)).toContainText("1");

  await oleh.opensChat(sari.nickname);
  await oleh.page.getByRole("button", { name: "Call again" }).last().click();
  await rings(sari.page).getByRole("button", { name: "Answer", exact: true }).click();
  await reaches(oleh.page, 1);
  await maria.page.getByRole("button", { name: "Video call" }).click();
  await expect(maria.page.getByText("Busy with another call", { exact: true })).toBeVisible();
  await expect(rings(oleh.page)).toBeHidden();
  await expect(call(oleh.page)).toBeVisible();
});

test("in a group a third comes in, and one who leaves does not end it", async ({ person }) => {
  const [sari, oleh, maria] = [await person("Sari"), await person("Oleh"), await person("Maria")];
  await sari.befriends(oleh);
  await sari.befriends(maria);
  const room = await sari.founds("Kopi", [await oleh.id(), await maria.id()]);
  for (const one of [sari, oleh, maria]) {
    await takesPhone(one);
    await one.opens(`/chats/${room}`);
  }
  await sari.page.getByRole("button", { name: "Video call" }).click();
  await rings(oleh.page).getByRole("button", { name: "Answer with camera" }).click();
  await rings(maria.page).getByRole("button", { name: "Decline" }).click();
  await expect(maria.page.getByRole("region", { name: "A call is going on" })).toContainText("2 people");
  await hearsAndSees(sari.page);
  await maria.page.getByRole("button", { name: "Join" }).click();
  await call(maria.page).getByRole("button", { name: "Switch the camera on" }).click();
  for (const one of [sari, oleh, maria]) {
    await reaches(one.page, 2);
    await hearsAndSees(one.page);
  }
  await call(sari.page).getByRole("button", { name: "Hang up" }).click();
  for (const one of [oleh, maria]) {
    await reaches(one.page, 1);
    await hearsAndSees(one.page);
  }
});

test("strangers have no button, and whoever is blocked rings nowhere", async ({ person }) => {
  const [sari, oleh, joko] = [await person("Sari"), await person("Oleh"), await person("Joko")];
  const room = await sari.befriends(oleh);
  for (const one of [sari, oleh, joko]) await takesPhone(one);
  await sari.opens("/chats");
  await joko.opens("/people");
  await sari.calls("block", { user: await oleh.id() });
  await oleh.opens(`/chats/${room}`);
  await oleh.page.getByRole("button", { name: "Voice call" }).click();
  await expect(call(oleh.page)).toContainText("Ringing…");
  // What is told after it has come, so the call would have too.
  await sari.befriends(joko);
  await expect(sari.dialog(joko.nickname)).toBeVisible();
  await expect(rings(sari.page)).toBeHidden();
  await call(oleh.page).getByRole("button", { name: "Hang up" }).click();
  await expect(oleh.page.getByRole("feed")).toContainText("Voice call · No answer");

  const strange = await joko.opensRoomWith(oleh);
  await joko.opens(`/chats/${strange}`);
  await expect(joko.composer()).toBeVisible();
  await expect(joko.page.getByRole("button", { name: "Voice call" })).toBeHidden();
});

test("whoever closes the page is soon out of the call", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  for (const one of [sari, oleh]) await takesPhone(one);
  await sari.opens(`/chats/${room}`);
  await oleh.opens("/people");
  await sari.page.getByRole("button", { name: "Voice call" }).click();
  await rings(oleh.page).getByRole("button", { name: "Answer", exact: true }).click();
  await reaches(sari.page, 1);
  await oleh.page.close({ runBeforeUnload: true });
  // Half a minute is for those whose network is gone.
  await expect(call(sari.page)).toBeHidden({ timeout: 20_000 });
  await expect(sari.page.getByRole("feed")).toContainText(/Voice call · \d/);
});

async function findsNothing(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
  expect(found, what).toEqual([]);
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on calls, and keys are enough, ${colorScheme}`, async ({ person }) => {
    const looks = { colorScheme, reducedMotion: "reduce" } as const;
    const [sari, oleh] = [await person("Sari", looks), await person("Oleh", looks)];
    const room = await sari.befriends(oleh);
    for (const one of [sari, oleh]) {
      await takesPhone(one);
      await one.opens(`/chats/${room}`);
    }
    await sari.page.getByRole("button", { name: "Video call" }).press("Enter");
    await expect(rings(oleh.page)).toBeVisible();
    await findsNothing(oleh.page, "what rings");
    await findsNothing(sari.page, "a call that rings");
    // It stands first on the page, and nothing behind a call can be reached.
    await rings(oleh.page).getByRole("button", { name: "Answer", exact: true }).press("Enter");
    await expect(call(oleh.page)).toBeFocused();
    // Whoever has switched no camera on sends sound alone.
    await reaches(oleh.page, 1);
    await oleh.page.keyboard.press("Tab");
    await expect(call(oleh.page).locator(":focus")).toHaveCount(1);
    await findsNothing(sari.page, "a call");
    // The first one closes the menu, the second makes the call small.
    await call(oleh.page).getByRole("button", { name: "Microphone, camera and speaker" }).press("Enter");
    await expect(oleh.page.getByRole("menuitemradio").first()).toBeFocused();
    await findsNothing(oleh.page, "the devices");
    await oleh.page.keyboard.press("Escape");
    await expect(oleh.page.getByRole("menu")).toBeHidden();
    await expect(call(oleh.page)).not.toHaveClass(/is-small/);
    await oleh.page.keyboard.press("Escape");
    await expect(oleh.composer()).toBeVisible();
    await findsNothing(oleh.page, "a small call");
    await call(oleh.page).getByRole("button", { name: "Hang up" }).press("Enter");
    await expect(sari.page.getByRole("feed")).toContainText("Video call ·");
    await findsNothing(sari.page, "its line");
  });
}
