import type { Page } from "@playwright/test";
import { call, hearsAndSees, rings, takesPhone } from "./support/calls.ts";
import type { Person } from "./support/person.ts";
import { expect, test } from "./support/test.ts";

/** The devices that a page sends from, as the browser names them. */
async function sentFrom(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const tracks = window.connections.flatMap((one) => one.getSenders().map((sender) => sender.track));
    return tracks.filter((track) => track?.readyState === "live").map((track) => track!.label);
  });
}

/** Two friends, in each other's chat and in a call. */
async function videoCall(person: (name: string) => Promise<Person>): Promise<[Person, Person]> {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  for (const one of [sari, oleh]) {
    await takesPhone(one);
    await one.opens(`/chats/${room}`);
  }
  await sari.page.getByRole("button", { name: "Video call" }).click();
  await rings(oleh.page).getByRole("button", { name: "Answer with camera" }).click();
  return [sari, oleh];
}

async function chooses(page: Page, name: string): Promise<void> {
  await call(page).getByRole("button", { name: "Microphone, camera and speaker" }).click();
  await page.getByRole("menuitemradio", { name, exact: true }).click();
}

async function isChosen(page: Page, name: string): Promise<void> {
  await expect(page.getByRole("menuitemradio", { name, exact: true, includeHidden: true })).toBeChecked();
}

test("devices are switched in a call, are kept for the next, and one that is unplugged gives way", async ({ person }) => {
  const [sari, oleh] = await videoCall(person);
  await hearsAndSees(oleh.page);
  await expect.poll(() => sentFrom(sari.page)).toEqual(["Fake Default Audio Input", "fake_device_0"]);
  await isChosen(sari.page, "fake_device_0");

  await chooses(sari.page, "fake_device_2");
  await expect.poll(() => sentFrom(sari.page)).toEqual(["Fake Default Audio Input", "fake_device_2"]);
  await isChosen(sari.page, "fake_device_2");
  await call(sari.page).getByRole("button", { name: "Mute", exact: true }).click();
  await chooses(sari.page, "Fake Audio Input 2");
  await expect.poll(() => sentFrom(sari.page)).toEqual(["Fake Audio Input 2", "fake_device_2"]);
  // Whoever is muted stays so with another microphone.
  const enabled = () =>
    sari.page.evaluate(() => window.connections[0]!.getSenders().find((one) => one.track?.kind === "audio")!.track!.enabled);
  await expect.poll(enabled).toBe(false);
  await call(sari.page).getByRole("button", { name: "Unmute" }).click();
  await expect.poll(enabled).toBe(true);
  await chooses(sari.page, "Fake Audio Output 2");
  await isChosen(sari.page, "Fake Audio Output 2");
  const speaker = () =>
    sari.page.evaluate(async () => {
      const devices = await navigator.mediaDevices.enumerateDevices();
      const used = document.querySelector<HTMLMediaElement & { sinkId: string }>(".call audio")!.sinkId;
      return devices.find((device) => device.kind === "audiooutput" && device.deviceId === used)?.label;
    });
  await expect.poll(speaker).toBe("Fake Audio Output 2");
  await hearsAndSees(oleh.page);

  // What the browser says of a microphone that was pulled out.
  await sari.page.evaluate(() => {
    const microphone = window.connections[0]!.getSenders().find((one) => one.track?.kind === "audio")!.track!;
    microphone.stop();
    microphone.dispatchEvent(new Event("ended"));
  });
  await expect.poll(async () => (await sentFrom(sari.page)).length).toBe(2);
  await hearsAndSees(oleh.page);

  await call(sari.page).getByRole("button", { name: "Hang up" }).click();
  await sari.page.getByRole("button", { name: "Video call" }).click();
  await rings(oleh.page).getByRole("button", { name: "Answer with camera" }).click();
  await expect.poll(() => sentFrom(sari.page)).toEqual(["Fake Audio Input 2", "fake_device_2"]);
});

test("the other's picture is lifted over all windows, and put back", async ({ person }) => {
  const [sari, oleh] = await videoCall(person);
  await hearsAndSees(sari.page);
  const lifted = () =>
    sari.page.evaluate(() => document.pictureInPictureElement?.closest(".tile")?.textContent ?? null);
  const button = call(sari.page).getByRole("button", { name: "Picture in picture" });
  await button.click();
  await expect.poll(lifted).toContain(oleh.nickname);
  await button.click();
  await expect.poll(lifted).toBeNull();
  // With the call goes its picture.
  await button.click();
  await expect.poll(lifted).toContain(oleh.nickname);
  await call(oleh.page).getByRole("button", { name: "Hang up" }).click();
  await expect.poll(lifted).toBeNull();
});
