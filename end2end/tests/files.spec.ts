import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "@playwright/test";
import { Server } from "./support/server.ts";
import { CUT_CONNECTION, expect, test, visitor } from "./support/test.ts";
import { ANIMATED, type Picture, painted, withPlace } from "./support/pictures.ts";

// A browser reports every refused request.
test.use({ forgiven: new RegExp(`${CUT_CONNECTION.source}|status of 422`) });

/** Gives pictures to a page the way that an event does: `paste` or `drop`. */
async function give(
  target: Locator,
  kind: "paste" | "drop",
  pictures: Picture[],
  words: Record<string, string> = {},
): Promise<void> {
  const files = pictures.map(({ name, mimeType, buffer }) => ({ name, mimeType, base64: buffer.toString("base64") }));
  await target.evaluate(
    (element, { kind, files, words }) => {
      const data = new DataTransfer();
      for (const [type, text] of Object.entries(words)) data.setData(type, text);
      for (const { name, mimeType, base64 } of files) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        data.items.add(new File([bytes], name, { type: mimeType }));
      }
      const shared = { bubbles: true, cancelable: true };
      element.dispatchEvent(
        kind === "paste"
          ? new ClipboardEvent("paste", { ...shared, clipboardData: data })
          : new DragEvent("drop", { ...shared, dataTransfer: data }),
      );
    },
    { kind, files, words },
  );
}

/** Whether the page took what was pasted: else the browser pastes its words. */
const takesPaste = (target: Locator): Promise<() => Promise<boolean>> =>
  target.evaluateHandle((element) => {
    const seen = { taken: false };
    element.addEventListener("paste", (event) => (seen.taken = event.defaultPrevented));
    return seen;
  }).then((seen) => () => seen.evaluate(({ taken }) => taken));

/** Pictures of the chat that are there, not only announced. */
async function seesPictures(page: Page, count: number): Promise<void> {
  await expect
    .poll(() =>
      page
        .locator(".picture .picture-image")
        .evaluateAll((images) => images.filter((image) => (image as HTMLImageElement).naturalWidth > 0).length),
    )
    .toBe(count);
}

test("pictures go by button, paste and drop, and are seen large", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await sari.opens(`/chats/${room}`);
  await oleh.opens(`/chats/${room}`);
  const { page } = sari;
  const png = await painted(page, "pasar.png", "image/png");
  const jpeg = withPlace(await painted(page, "pantai.jpg", "image/jpeg", 1200, 900));
  const webp = await painted(page, "gunung.webp", "image/webp");

  await page.locator("input[type=file]").setInputFiles([png, jpeg]);
  const tray = page.getByRole("list", { name: "Files to send" });
  await expect(tray.getByRole("listitem")).toHaveCount(2);
  await tray.getByRole("button", { name: "Remove pasar.png" }).click();
  await expect(tray.getByRole("listitem")).toHaveCount(1);
  await page.locator("input[type=file]").setInputFiles([png]);
  await sari.composer().fill("liburan");
  await sari.composer().press("Enter");
  await expect(tray).toBeHidden();
  await sari.seesTick("liburan", "Read");
  await seesPictures(oleh.page, 2);

  await give(sari.composer(), "paste", [webp]);
  await expect(tray.getByRole("listitem")).toHaveCount(1);
  await sari.composer().press("Enter");
  await seesPictures(oleh.page, 3);
  await expect(oleh.dialog(sari.nickname)).toContainText("Picture");

  await expect(oleh.page.getByRole("article", { name: `${sari.nickname}: Picture, ` })).toBeVisible();

  await give(page.locator("section.chat"), "drop", [ANIMATED]);
  await sari.composer().press("Enter");
  await seesPictures(oleh.page, 4);
  await seesPictures(page, 4);

  // What the photo told of its place stays with the sender.
  const source = await oleh.page.getByRole("img", { name: "pantai.jpg" }).getAttribute("src");
  const original = await oleh.context.request.get(oleh.origin + source!.replace(/large|small/, "original"));
  expect(original.headers()).toMatchObject({
    "content-type": "image/jpeg",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "cache-control": "private, max-age=31536000, immutable",
  });
  expect((await original.body()).includes("GPS")).toBe(false);

  await oleh.page.getByRole("button", { name: "Open the picture pantai.jpg" }).click();
  const lightbox = oleh.page.getByRole("dialog", { name: "Pictures of this chat" });
  await expect(lightbox.getByRole("img", { name: "pantai.jpg" })).toBeVisible();
  await oleh.page.keyboard.press("ArrowRight");
  await expect(lightbox.getByRole("img", { name: "pasar.png" })).toBeVisible();
  await lightbox.getByRole("button", { name: "Next picture" }).click();
  await expect(lightbox.getByRole("img", { name: "gunung.webp" })).toBeVisible();
  await lightbox.getByRole("button", { name: "Zoom" }).click();
  await expect(lightbox.getByRole("img", { name: "gunung.webp" })).toHaveAttribute("src", /original$/);
  const [saved] = await Promise.all([
    oleh.page.waitForEvent("download"),
    lightbox.getByRole("link", { name: "Download" }).click(),
  ]);
  expect(saved.suggestedFilename()).toBe("gunung.webp");
  await oleh.page.keyboard.press("Escape");
  await expect(lightbox).toBeHidden();

  // Deleted for everyone, it is gone from the other's open tab and from its address.
  await sari.message("liburan").hover();
  await sari.deletes("liburan", "Delete for everyone");
  await seesPictures(oleh.page, 2);
  const gone = await oleh.context.request.get(oleh.origin + source!);
  expect(gone.status()).toBe(404);
});

test("words that an office program has painted too are pasted as words", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  await sari.opens(`/chats/${await sari.befriends(oleh)}`);
  const painting = await painted(sari.page, "image.png", "image/png");
  const taken = await takesPaste(sari.composer());
  const tray = sari.page.getByRole("list", { name: "Files to send" });
  const words = [
    // A spreadsheet's cells, a text's paragraph, the title of a slide.
    { "text/plain": "Nama\tUmur\r\nSari\t21\r\n", "text/html": "<table><tr><td>Nama</td><td>Umur</td></tr></table>" },
    { "text/plain": "Halo, apa kabar?", "text/html": "<p>Halo, apa kabar?</p>", "text/rtf": "{\\rtf1 Halo}" },
    { "text/plain": "Rencana 2027" },
  ];
  for (const copied of words) {
    await give(sari.composer(), "paste", [painting], copied);
    expect(await taken(), JSON.stringify(copied)).toBe(false);
  }
  await expect(tray).toBeHidden();

  // A picture of a page, copied in Chromium, Firefox and Safari; a file of a file manager.
  const pictures = [
    { "text/html": '<meta charset="utf-8"><img src="https://example.org/a.png" alt="Pasar pagi">' },
    { "text/html": '<img src="https://example.org/a.png">', "text/plain": "https://example.org/a.png" },
    { "text/uri-list": "https://example.org/a.png" },
    { "text/plain": "image.png" },
  ];
  for (const [index, copied] of pictures.entries()) {
    await give(sari.composer(), "paste", [painting], copied);
    expect(await taken(), JSON.stringify(copied)).toBe(true);
    await expect(tray.getByRole("listitem")).toHaveCount(index + 1);
  }
});

test("a large file shows its progress, can be cancelled, and goes again by itself when it broke off", async ({ person }) => {
  test.slow();
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await sari.opens(`/chats/${room}`);
  await oleh.opens(`/chats/${room}`);
  const { page } = sari;
  const folder = mkdtempSync(join(tmpdir(), "sapa-"));
  const path = join(folder, "arsip.bin");
  writeFileSync(path, "");
  truncateSync(path, 90 * 1024 * 1024);
  const network = await sari.context.newCDPSession(page);
  const upload = (bytesPerSecond: number, offline = false) =>
    network.send("Network.emulateNetworkConditions", {
      offline,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: bytesPerSecond,
    });
  const progress = page.getByRole("progressbar", { name: "arsip.bin" });
  try {
    await upload(15e6);
    await page.locator("input[type=file]").setInputFiles(path);
    await sari.composer().press("Enter");
    await expect.poll(async () => Number(await progress.getAttribute("value"))).toBeGreaterThan(10);
    await page.getByRole("button", { name: "Cancel arsip.bin" }).click();
    await expect(progress).toHaveCount(0);
    await expect(page.getByRole("feed").locator(".message")).toHaveCount(0);

    await page.locator("input[type=file]").setInputFiles(path);
    await sari.composer().fill("arsipnya");
    await sari.composer().press("Enter");
    await expect.poll(async () => Number(await progress.getAttribute("value"))).toBeGreaterThan(10);
    await upload(0, true);
    await expect.poll(async () => Number((await progress.getAttribute("value")) ?? 0)).toBe(0);
    await sari.seesTick("arsipnya", "Sending");
    await upload(-1);
    await sari.seesTick("arsipnya", "Read");
  } finally {
    rmSync(folder, { recursive: true });
  }
  const card = oleh.message("arsipnya").getByRole("link", { name: "arsip.bin" });
  await expect(card).toContainText("94 MB");
  const head = await oleh.context.request.head(oleh.origin + (await card.getAttribute("href"))!);
  expect(head.headers()).toMatchObject({
    "content-length": String(90 * 1024 * 1024),
    "content-disposition": `attachment; filename="arsip.bin"; filename*=UTF-8''arsip.bin`,
  });
  const part = await oleh.context.request.get(oleh.origin + (await card.getAttribute("href"))!, {
    headers: { Range: "bytes=10-19" },
  });
  expect(part.status()).toBe(206);
  expect(part.headers()["content-range"]).toBe(`bytes 10-19/${90 * 1024 * 1024}`);
});

test("a file that is refused says why and leaves the rest alone", async ({ browser }) => {
  const server = await Server.start("--picture-limit", "1");
  const sari = await visitor(browser, server, "Sari");
  const oleh = await visitor(browser, server, "Oleh");
  try {
    await sari.joins();
    await oleh.joins();
    await sari.opens(`/chats/${await sari.befriends(oleh)}`);
    const png = await painted(sari.page, "utuh.png", "image/png");
    // Larger than a picture may be, which only the server sees: to the browser it is a file like others.
    const large = { name: "besar.bin", mimeType: "application/zip", buffer: Buffer.concat([png.buffer, Buffer.alloc(1 << 20)]) };
    await sari.page.locator("input[type=file]").setInputFiles([{ name: "kosong.txt", mimeType: "text/plain", buffer: Buffer.alloc(0) }]);
    await expect(sari.page.getByRole("status").getByText("kosong.txt: This file is empty.")).toBeVisible();
    await sari.page.locator("input[type=file]").setInputFiles([large]);
    await sari.composer().fill("lihat ini");
    await sari.composer().press("Enter");
    await expect(sari.message("lihat ini")).toContainText("Not sent. This file is too large: 1 MB at the most.");
    // Also after one has been elsewhere.
    await sari.page.getByRole("navigation").getByRole("link", { name: "People" }).click();
    await sari.opensChat(oleh.nickname);
    await expect(sari.message("lihat ini")).toContainText("Not sent. This file is too large: 1 MB at the most.");
    // As a file's card, and without what cannot help.
    await expect(sari.message("lihat ini").locator(".file-card")).toContainText("besar.bin");
    await expect(sari.message("lihat ini").locator("img")).toHaveCount(0);
    await expect(sari.message("lihat ini").getByRole("button", { name: "Try again" })).toHaveCount(0);
    await sari.message("lihat ini").getByRole("button", { name: "Discard" }).click();
    await expect(sari.page.getByRole("feed").locator(".message")).toHaveCount(0);

    // Beside others it holds none of them back.
    await sari.page.locator("input[type=file]").setInputFiles([large, png]);
    await sari.composer().fill("dua gambar");
    await sari.composer().press("Enter");
    await sari.seesTick("dua gambar", "Sent");
    await seesPictures(sari.page, 1);
    const refused = sari.page.getByRole("feed").locator(".message").filter({ hasText: "besar.bin" });
    await expect(refused).toContainText("Not sent. This file is too large");
    await refused.getByRole("button", { name: "Discard" }).click();
    await expect(refused).toHaveCount(0);
    await sari.writes("tanpa gambar");
    await sari.seesTick("tanpa gambar", "Sent");
  } finally {
    await sari.context.close();
    await oleh.context.close();
    await server.end();
  }
});

test("what cannot be shown is a file to save, and tells no place", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await sari.befriends(oleh);
  await sari.opens(`/chats/${room}`);
  await oleh.opens(`/chats/${room}`);
  const png = await painted(sari.page, "rusak.png", "image/png");
  const input = (name: string) => readFileSync(join(import.meta.dirname, "../../server/media/tests/inputs", name));
  const files = [
    { ...png, buffer: png.buffer.subarray(0, png.buffer.length / 2) },
    { name: "pantai.heic", mimeType: "image/heic", buffer: input("gps.heic") },
    { name: "pindaian.tif", mimeType: "image/tiff", buffer: input("gps.tif") },
  ];
  for (const file of files) {
    await sari.page.locator("input[type=file]").setInputFiles([file]);
    await sari.composer().fill(`ini ${file.name}`);
    await sari.composer().press("Enter");
    for (const page of [sari.page, oleh.page]) {
      const message = sari.message(`ini ${file.name}`, page);
      const card = message.getByRole("link", { name: file.name });
      await expect(card).toBeVisible();
      await expect(message.locator("img")).toHaveCount(0);
      const [saved] = await Promise.all([page.waitForEvent("download"), card.click()]);
      expect(saved.suggestedFilename()).toBe(file.name);
      expect(readFileSync((await saved.path())!).includes("GPSMARKER")).toBe(false);
    }
  }
});

/** Files of one line each. */
const notes = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    name: `catatan-${index + 1}.txt`,
    mimeType: "text/plain",
    buffer: Buffer.from("isi"),
  }));

const LIMITED = {
  en: "Only the first 10 of 30 files are here: a message takes 10.",
  id: "Hanya 10 berkas pertama dari 30 yang dilampirkan: satu pesan memuat paling banyak 10.",
  uk: "Додано лише перші 10 файлів із 30: в одному повідомленні їх до 10.",
};

for (const [language, words] of Object.entries(LIMITED)) {
  test(`of thirty files ten are taken, and nothing covers them (${language})`, async ({ person }) => {
    const [sari, oleh] = [await person("Sari"), await person("Oleh")];
    const room = await sari.befriends(oleh);
    await sari.context.addCookies([{ name: "sapa_language", value: language, url: sari.origin }]);
    for (const width of [390, 320]) {
      await sari.page.setViewportSize({ width, height: 700 });
      await sari.opens(`/chats/${room}`);
      await sari.page.locator("input[type=file]").setInputFiles(notes(30));
      await expect(sari.page.locator(".tray-item")).toHaveCount(10);
      await expect(sari.page.locator(".tray-item").first()).toContainText("catatan-1.txt");
      const toast = sari.page.locator(".toast", { hasText: words });
      await expect(toast).toBeVisible();
      const composer = (await sari.page.locator(".composer").boundingBox())!;
      await expect
        .poll(async () => {
          const { y, height } = (await toast.boundingBox())!;
          return y + height;
        })
        .toBeLessThanOrEqual(composer.y);
      await sari.page.locator("button.composer-send").click();
      await expect(sari.page.locator("a.file-card").first()).toBeVisible();
      const edge = await sari.page.locator(".bubble").evaluateAll((bubbles) => {
        const past = (bubble: Element) =>
          [...bubble.querySelectorAll(".file-card")].map(
            (card) => card.getBoundingClientRect().right - bubble.getBoundingClientRect().right,
          );
        return Math.max(...bubbles.flatMap(past));
      });
      expect(edge, "file cards within their bubble").toBeLessThanOrEqual(0);
    }
  });
}

test("a file that is too large is refused when it is chosen, alone", async ({ browser }) => {
  const server = await Server.start("--file-limit", "1");
  const sari = await visitor(browser, server, "Sari");
  const oleh = await visitor(browser, server, "Oleh");
  try {
    await sari.joins();
    await oleh.joins();
    await sari.opens(`/chats/${await sari.befriends(oleh)}`);
    const large = { name: "arsip.bin", mimeType: "application/zip", buffer: Buffer.alloc((1 << 20) + 1) };
    await sari.page.locator("input[type=file]").setInputFiles([large, ...notes(2)]);
    await expect(sari.page.getByText("arsip.bin: This file is too large: 1 MB at the most.")).toBeVisible();
    await expect(sari.page.locator(".tray-item")).toHaveCount(2);
  } finally {
    await sari.context.close();
    await oleh.context.close();
    await server.end();
  }
});

test("a file that is no longer where it was says so, and the rest goes", async ({ person }) => {
  const [sari, oleh] = [await person("Sari"), await person("Oleh")];
  await sari.opens(`/chats/${await sari.befriends(oleh)}`);
  const folder = mkdtempSync(join(tmpdir(), "sapa-"));
  try {
    const [gone, stays] = [join(folder, "hilang.txt"), join(folder, "ada.txt")];
    for (const path of [gone, stays]) writeFileSync(path, "isi");
    await sari.page.locator("input[type=file]").setInputFiles([gone, stays]);
    await expect(sari.page.locator(".tray-item")).toHaveCount(2);
    rmSync(gone);
    await sari.composer().fill("dua berkas");
    await sari.composer().press("Enter");
    await sari.seesTick("dua berkas", "Sent");
    const refused = sari.page.getByRole("feed").locator(".message").filter({ hasText: "hilang.txt" });
    await expect(refused).toContainText("Not sent. This is no longer here.");
    await expect(refused.getByRole("button", { name: "Try again" })).toBeVisible();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("what is beyond the quota goes by itself once something is deleted", async ({ browser }) => {
  const server = await Server.start("--file-quota", "1");
  const sari = await visitor(browser, server, "Sari");
  const oleh = await visitor(browser, server, "Oleh");
  const sends = async (name: string) => {
    const file = { name, mimeType: "application/zip", buffer: Buffer.alloc(700_000, name) };
    await sari.page.locator("input[type=file]").setInputFiles([file]);
    await sari.composer().fill(`ini ${name}`);
    await sari.composer().press("Enter");
  };
  try {
    await sari.joins();
    await oleh.joins();
    await sari.opens(`/chats/${await sari.befriends(oleh)}`);
    await sends("satu.zip");
    await sari.seesTick("ini satu.zip", "Sent");
    await sends("dua.zip");
    const second = sari.message("ini dua.zip");
    await expect(second).toContainText("Not sent. You have used all your room for files.");
    await expect(second.getByRole("button", { name: "Try again" })).toHaveCount(0);
    // A smaller one that is chosen with another has room.
    const more = (name: string, size: number) => ({ name, mimeType: "application/zip", buffer: Buffer.alloc(size, name) });
    await sari.page.locator("input[type=file]").setInputFiles([more("tiga.zip", 700_000), more("empat.zip", 1_000)]);
    await sari.composer().fill("dua lagi");
    await sari.composer().press("Enter");
    await sari.seesTick("dua lagi", "Sent");
    await expect(sari.message("dua lagi").locator(".file-card")).toContainText("empat.zip");
    const third = sari.page.getByRole("feed").locator(".message").filter({ hasText: "tiga.zip" });
    await expect(third).toContainText("Not sent. You have used all your room for files.");
    await third.getByRole("button", { name: "Discard" }).click();
    await sari.deletes("ini satu.zip", "Delete for everyone");
    await sari.seesTick("ini dua.zip", "Sent");
  } finally {
    await sari.context.close();
    await oleh.context.close();
    await server.end();
  }
});
