import ICAL from "ical.js";
import { expect, test } from "./support/test.ts";

// A browser reports the refused form.
test.use({ forgiven: /status of 422/ });

test("a session is proposed, answered, put into a calendar and called off", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh", { timezoneId: "Europe/Kyiv" })];
  const room = await sari.befriends(oleh);
  await sari.opens(`/chats/${room}`);
  await oleh.opens(`/chats/${room}`);
  const { page } = sari;

  await page.getByRole("button", { name: "Propose a session" }).click();
  const form = page.getByRole("dialog");
  await form.getByRole("button", { name: "Propose" }).click();
  await expect(form.getByText("Please fill this in.")).toBeVisible();
  await form.getByLabel("Topic").fill("Розмова про каву");
  await form.getByLabel("Begins").fill("2001-01-01T09:00");
  await form.getByRole("button", { name: "Propose" }).click();
  await expect(form.getByText("Please choose a time in the future")).toBeVisible();
  // Tomorrow at nine in Jakarta: four or five hours earlier in Kyiv.
  const day = new Date(Date.now() + 30 * 3_600_000).toISOString().slice(0, 10);
  await form.getByLabel("Begins").fill(`${day}T09:00`);
  await form.getByLabel("Length").selectOption("45");
  await form.getByRole("button", { name: "Propose" }).click();
  await expect(form).toBeHidden();

  const mine = sari.message("Розмова про каву").locator(".session");
  const theirs = oleh.message("Розмова про каву").locator(".session");
  await expect(mine).toContainText("09:00");
  await expect(theirs).toContainText(/0[45]:00/);
  await expect(theirs).toContainText("45 minutes");
  await expect(theirs).toContainText(`Coming: ${sari.nickname}`);
  await theirs.getByRole("button", { name: "I will come" }).click();
  await expect(mine).toContainText(`Coming: ${sari.nickname}, ${oleh.nickname}`);
  await theirs.getByRole("button", { name: "I cannot" }).click();
  await expect(mine).toContainText(`Not coming: ${oleh.nickname}`);
  await expect(theirs.getByRole("button", { name: "I cannot" })).toHaveAttribute("aria-pressed", "true");

  const waiting = oleh.page.waitForEvent("download");
  await theirs.getByRole("link", { name: "Add to calendar" }).click();
  const download = await waiting;
  expect(download.suggestedFilename()).toMatch(/^sapa-\d+\.ics$/);
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  const calendar = new ICAL.Component(ICAL.parse(Buffer.concat(chunks).toString("utf8")));
  const event = new ICAL.Event(calendar.getFirstSubcomponent("vevent")!);
  expect(event.summary).toBe("Розмова про каву");
  expect(event.startDate.toJSDate().toISOString()).toBe(`${day}T02:00:00.000Z`);
  expect(event.duration.toSeconds()).toBe(45 * 60);

  await mine.getByRole("button", { name: "Call off" }).click();
  await expect(theirs).toContainText("Called off");
  await expect(theirs.getByRole("button")).toHaveCount(0);
  await expect(oleh.dialog(sari.nickname)).toContainText("Розмова про каву");
});
