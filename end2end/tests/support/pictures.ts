import type { Page } from "@playwright/test";

/** A file as Playwright hands it to a page. */
export interface Picture {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** Paints a picture in the browser and gives it in one of its formats. */
export async function painted(page: Page, name: string, type: string, width = 640, height = 480): Promise<Picture> {
  const base64 = await page.evaluate(
    ({ type, width, height }) => {
      const canvas = document.createElement("canvas");
      canvas.width = width;
      canvas.height = height;
      const pen = canvas.getContext("2d")!;
      for (let x = 0; x < width; x += 8) {
        pen.fillStyle = `hsl(${(x * 360) / width} 70% 60%)`;
        pen.fillRect(x, 0, 8, height);
      }
      pen.fillStyle = "white";
      pen.fillText(type, 20, 40);
      return canvas.toDataURL(type, 0.9).split(",")[1]!;
    },
    { type, width, height },
  );
  return { name, mimeType: type, buffer: Buffer.from(base64, "base64") };
}

/**
 * The same JPEG with an Exif block that says where it was taken (Exif 2.3, 4.6): a GPS directory with
 * a latitude, and a description to look for.
 */
export function withPlace(picture: Picture): Picture {
  const tiff = Buffer.from(
    "4d4d002a00000008" + // TIFF, big endian, first directory at 8
      "0002" + // two entries
      "010e0002000000100000002a" + // ImageDescription, 16 bytes at 42
      "882500040000000100000026" + // GPS directory at 38
      "00000000" +
      "0000" + "0000" + // an empty GPS directory
      Buffer.from("GPS -6.2, 106.8\0").toString("hex"),
    "hex",
  );
  const body = Buffer.concat([Buffer.from("Exif\0\0"), tiff]);
  const head = Buffer.from([0xff, 0xe1, (body.length + 2) >> 8, (body.length + 2) & 0xff]);
  const { buffer } = picture;
  return { ...picture, buffer: Buffer.concat([buffer.subarray(0, 2), head, body, buffer.subarray(2)]) };
}

/** Two frames of one pixel, a tenth of a second each (GIF89a, with the looping extension). */
export const ANIMATED: Picture = {
  name: "kedip.gif",
  mimeType: "image/gif",
  buffer: Buffer.from(
    "47494638396101000100800000000000ffffff" + // screen of 1 by 1, two colours
      "21ff0b4e45545343415045322e300301000000" + // for ever
      "21f904000a0000002c0000000001000100000202440100" +
      "21f904000a0000002c00000000010001000002024c0100" +
      "3b",
    "hex",
  ),
};

/** Films a canvas in the browser for so many milliseconds: WebM. */
export async function recorded(page: Page, name: string, time = 1_000): Promise<Picture> {
  const base64 = await page.evaluate(async (time) => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [320, 240];
    const pen = canvas.getContext("2d")!;
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: "video/webm" });
    const pieces: Blob[] = [];
    recorder.ondataavailable = ({ data }) => pieces.push(data);
    const stopped = new Promise((stop) => (recorder.onstop = stop));
    let hue = 0;
    const painting = setInterval(() => {
      pen.fillStyle = `hsl(${(hue += 7)} 70% 60%)`;
      pen.fillRect(0, 0, 320, 240);
    }, 40);
    recorder.start();
    setTimeout(() => recorder.stop(), time);
    await stopped;
    clearInterval(painting);
    const bytes = new Uint8Array(await new Blob(pieces).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
  }, time);
  return { name, mimeType: "video/webm", buffer: Buffer.from(base64, "base64") };
}
