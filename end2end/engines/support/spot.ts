import { expect } from "@playwright/test";
import { type Actions, By, error, type WebDriver, type WebElement } from "selenium-webdriver";

const TIMEOUT = 15_000;
const INTERVALS = [20, 50, 100, 200];

/** A text as XPath has it. */
export function quoted(text: string): string {
  return text.includes('"') ? `'${text}'` : `"${text}"`;
}

/** The condition in XPath that something is of this class. */
export function classed(name: string): string {
  return `contains(concat(" ", normalize-space(@class), " "), " ${name} ")`;
}

/** Something in a page, looked for anew whenever it is asked after: the first that can be seen. */
export class Spot {
  constructor(
    private readonly driver: WebDriver,
    readonly path: string,
  ) {}

  /** Something within it. */
  within(path: string): Spot {
    return new Spot(this.driver, this.path + path);
  }

  /** The last of all that the path leads to. */
  last(): Spot {
    return new Spot(this.driver, `(${this.path})[last()]`);
  }

  /** A button, or what acts as one. */
  button(name: string): Spot {
    const named = `[@aria-label=${quoted(name)} or normalize-space()=${quoted(name)}]`;
    return this.within(`//*[self::button or self::a or @role="menuitem"]${named}`);
  }

  async all(): Promise<WebElement[]> {
    return this.driver.findElements(By.xpath(this.path));
  }

  private async shown(): Promise<WebElement | undefined> {
    for (const element of await this.all()) if (await element.isDisplayed()) return element;
    return undefined;
  }

  /** Does something with it as soon as it can be seen; once more where it is drawn anew at that moment. */
  private async with(act: (element: WebElement) => Promise<unknown>): Promise<void> {
    await expect(() => this.now(act)).toPass({ timeout: TIMEOUT, intervals: INTERVALS });
  }

  private async now(act: (element: WebElement) => Promise<unknown>): Promise<void> {
    const element = await this.shown();
    if (!element) throw new Error(`there is no ${this.path}`);
    await act(element);
  }

  async press(): Promise<void> {
    await this.with((element) => element.click());
  }

  /** Does not wait for it. */
  async pressNow(): Promise<void> {
    await this.now((element) => element.click());
  }

  async hover(): Promise<void> {
    // By two moves: what was drawn anew under a pointer that rests does not know of it.
    await this.with((origin) => this.driver.actions().move({ origin, x: 3 }).move({ origin }).perform());
  }

  async types(...keys: string[]): Promise<void> {
    await this.with((element) => element.sendKeys(...keys));
  }

  /** Turns the wheel over it by so many pixels. */
  async wheel(by: number): Promise<void> {
    // As in `WebDriver.actions`, whose types do not know wheels yet.
    type Wheeled = Actions & { scroll(x: number, y: number, dx: number, dy: number, on: WebElement): Actions };
    await this.with((element) => (this.driver.actions() as Wheeled).scroll(0, 0, 0, by, element).perform());
    // Else WebKit's driver adds nothing to what has been turned before.
    await this.driver.actions().clear();
  }

  /** Asks the page about it; nothing where it cannot be seen. */
  async ask<T>(question: (element: HTMLElement) => T): Promise<T | undefined> {
    try {
      const element = await this.shown();
      return element && (await this.driver.executeScript<T>(question, element));
    } catch (problem) {
      // It was drawn anew while it was looked at.
      if (problem instanceof error.StaleElementReferenceError) return undefined;
      throw problem;
    }
  }

  private polled<T>(question: (element: HTMLElement) => T) {
    const ask = () => this.ask(question);
    return expect.poll(ask, { message: this.path, timeout: TIMEOUT, intervals: INTERVALS });
  }

  async appears(): Promise<void> {
    await this.polled(() => true).toBe(true);
  }

  async vanishes(): Promise<void> {
    await this.polled(() => true).toBeUndefined();
  }

  /** Whether its middle is within the window. */
  async isInView(): Promise<boolean> {
    return (await this.ask(middleIsInView)) ?? false;
  }

  /** Waits until its middle is within the window. */
  async comesIntoView(): Promise<void> {
    await this.polled(middleIsInView).toBe(true);
  }

  /** Waits until its text is so, or has this in it. */
  async says(text: string | RegExp): Promise<void> {
    const said = this.polled((element) => element.innerText);
    await (typeof text === "string" ? said.toContain(text) : said.toMatch(text));
  }

  /** Waits until a field has this value. */
  async holds(value: string): Promise<void> {
    await this.polled((element) => (element as HTMLInputElement).value).toBe(value);
  }
}

function middleIsInView(element: HTMLElement): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return (top + bottom) / 2 > 0 && (top + bottom) / 2 < window.innerHeight;
}
