import { expect, test } from "./support/test.ts";

test("a chat goes on paper whole, in light colours, without what is pressed", async ({ person }) => {
  const [sari, oleh] = [await person("Sari", { colorScheme: "dark" }), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await sari.opens("/chats");
  const texts = Array.from({ length: 40 }, (_, number) => `baris ${number} dari cerita panjang`);
  await sari.sendsElsewhere(room, ...texts);
  await sari.opens(`/chats/${room}`);
  await sari.sees("baris 39 dari cerita panjang");
  const { page } = sari;
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("navigation", { name: "Main" })).toBeHidden();
  await expect(page.getByRole("region", { name: "Chats" })).toBeHidden();
  await expect(sari.composer()).toBeHidden();
  await expect(page.getByRole("button", { name: "Details" })).toBeHidden();
  await expect(page.getByRole("heading", { name: oleh.nickname, level: 1 })).toBeVisible();
  const paper = await page.evaluate(() => {
    const lines = [...document.querySelectorAll(".message")];
    const { top, bottom } = document.documentElement.getBoundingClientRect();
    const beyond = lines.filter((line) => {
      const place = line.getBoundingClientRect();
      return place.height === 0 || place.top < top || place.bottom > bottom;
    });
    const [lightness] = /[\d.]+/.exec(getComputedStyle(document.body).color)!;
    return { lines: lines.length, beyond: beyond.length, lightness: Number(lightness) };
  });
  expect(paper.lines).toBeGreaterThan(20);
  expect(paper.beyond, "within the paper").toBe(0);
  expect(paper.lightness, "dark letters").toBeLessThan(0.4);
  const pdf = (await page.pdf({ format: "A5" })).toString("latin1");
  expect(pdf.match(/\/Type \/Page\b/g)!.length).toBeGreaterThan(2);
});
