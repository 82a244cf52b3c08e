import { expect } from "@playwright/test";
import { Key, type WebDriver } from "selenium-webdriver";
import { PASSWORD, type Person } from "../../tests/support/person.ts";
import { Spot, classed, quoted } from "./spot.ts";

declare global {
  interface Window {
    complaints?: string[];
  }
}

/** Notes what goes to the console, exceptions, and breaches of the content security policy. */
function listen(): void {
  const complaints: string[] = (window.complaints = []);
  for (const level of ["warn", "error"] as const) {
    const say = console[level];
    console[level] = (...words: unknown[]) => {
      complaints.push(`${level} at ${location.href}: ${words.join(" ")}`);
      say(...words);
    };
  }
  addEventListener("error", ({ message }) => {
    // No exception: what an observer has done is observed in the next frame.
    if (!message.startsWith("ResizeObserver loop")) complaints.push(`exception at ${location.href}: ${message}`);
  });
  addEventListener("unhandledrejection", ({ reason }) => complaints.push(`rejection at ${location.href}: ${reason}`));
  addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
    complaints.push(`${violatedDirective} at ${location.href}: ${blockedURI}`),
  );
}

/** Somebody at a browser of another engine. The verbs are those of `Person`. */
export class Guest {
  constructor(
    readonly who: Person,
    readonly origin: string,
    readonly driver: WebDriver,
  ) {}

  /** What its pages have complained of, once they were live. */
  readonly complaints: string[] = [];
  private listens = false;

  /** Signs in by the form. */
  async signsIn(): Promise<void> {
    await this.opens("/sign-in");
    await this.page('//input[@name="login"]').types(this.who.username);
    await this.page('//input[@name="password"]').types(PASSWORD);
    await this.button("Sign in").press();
    await this.page('//*[@aria-label="Chats"]').appears();
    await this.seesLive();
  }

  /** Goes to a page and waits until it answers. */
  async opens(path: string): Promise<void> {
    if (this.listens) await this.collects();
    await this.driver.get(this.origin + path);
    await this.seesLive();
  }

  private async seesLive(): Promise<void> {
    await this.page("[@data-live]").appears();
    await this.driver.executeScript(listen);
    this.listens = true;
  }

  /** Takes what the page has complained of, before it goes. */
  async collects(): Promise<void> {
    const gone = ["the page was loaded anew"];
    const complaints = await this.driver.executeScript<string[] | null>(() => window.complaints);
    this.complaints.push(...(complaints ?? gone));
  }

  /** Something in the page, by XPath from its root element. */
  page(path: string): Spot {
    return new Spot(this.driver, `/html${path}`);
  }

  button(name: string): Spot {
    return this.page("").button(name);
  }

  /** What says that something is wrong with the connection. */
  banner(): Spot {
    return this.page(`//*[${classed("banner")}]`);
  }

  /** Words somewhere in the page. */
  words(text: string): Spot {
    return this.page(`//*[text()[contains(., ${quoted(text)})]]`);
  }

  /** A row of the list of chats. */
  dialog(name: string): Spot {
    return this.page(`//*[@aria-label="Chats"]//a[.//*[normalize-space()=${quoted(name)}]]`);
  }

  /** Opens a chat from the list. */
  async opensChat(name: string): Promise<void> {
    await this.dialog(name).press();
    await this.page(`//h1[normalize-space()=${quoted(name)}]`).appears();
    await this.page('//*[@role="feed" and @aria-busy="false"]').appears();
  }

  /** The field that messages are written in. */
  composer(): Spot {
    return this.page('//textarea[@aria-label="Message"]');
  }

  /** Writes into the open chat. */
  async writes(text: string): Promise<void> {
    await this.composer().types(text, Key.ENTER);
    await this.composer().holds("");
  }

  /** A message of the open chat. */
  message(text: string): Spot {
    return this.page(`//*[@role="feed"]//*[${classed("message")}][.//*[normalize-space()=${quoted(text)}]]`);
  }

  /** Waits for a message in the open chat. */
  async sees(text: string): Promise<void> {
    await this.message(text).appears();
  }

  /** Does something with a message, by its menu. */
  async chooses(action: string, text: string): Promise<void> {
    await this.reaches("Message menu", text);
    await this.button(action).press();
  }

  /** Presses what a message offers to whoever points at it. */
  async reaches(button: string, text: string): Promise<void> {
    await expect(async () => {
      // Once more where it has moved away meanwhile.
      await this.message(text).hover();
      await this.message(text).button(button).pressNow();
    }).toPass({ timeout: 15_000, intervals: [20, 50, 100] });
  }

  /** Presses at a place in the window, whatever is there. */
  async pressesAt(x: number, y: number): Promise<void> {
    await this.driver.actions().move({ x, y }).click().perform();
  }

  /** Brings a file into the composer. */
  async attaches(path: string): Promise<void> {
    // The field itself is never seen.
    const [field] = await this.page('//input[@type="file"]').all();
    await field!.sendKeys(path);
  }

  /** Waits until the page has this path. */
  async isAt(path: string): Promise<void> {
    await expect.poll(() => this.driver.getCurrentUrl()).toBe(this.origin + path);
  }

  /** Turns the wheel over the feed until a message can be seen, which must be the first or the last. */
  async scrollsTo(text: string, step: number): Promise<void> {
    await expect(async () => {
      await this.page('//*[@role="feed"]').wheel(step);
      expect(await this.message(text).isInView()).toBe(true);
    }).toPass({ timeout: 30_000, intervals: [50] });
  }

  /** Waits until some of the first recording has been heard. */
  async hasHeard(): Promise<void> {
    const parts = () => this.driver.executeScript(() => document.querySelector("audio")?.played.length ?? 0);
    await expect.poll(parts).toBeGreaterThan(0);
  }

  /** Waits until the picture of a film changes. */
  async seesMove(film: Spot): Promise<void> {
    const picture = () =>
      film.ask((video) => {
        const canvas = document.createElement("canvas");
        const pen = canvas.getContext("2d")!;
        pen.drawImage(video as HTMLVideoElement, 0, 0, canvas.width, canvas.height);
        return canvas.toDataURL();
      });
    await film.appears();
    const first = await picture();
    await expect.poll(picture).not.toBe(first);
  }
}
