import { type BrowserContext, type Locator, type Page, expect } from "@playwright/test";

/** Long enough for every rule. */
export const PASSWORD = "kunci rahasia";

/** Somebody with a browser of their own. The verbs are what they do; those with `sees` wait. */
export class Person {
  constructor(
    readonly username: string,
    readonly nickname: string,
    readonly origin: string,
    readonly context: BrowserContext,
    readonly page: Page,
  ) {}

  /** Makes the account without the form, which has tests of its own. */
  async joins(): Promise<void> {
    await this.calls("register", {
      account: { username: this.username, password: PASSWORD, nickname: this.nickname },
    });
  }

  /** Signs in, in a context that does not know them yet. */
  async signsIn(): Promise<void> {
    await this.calls("sign_in", { login: this.username, password: PASSWORD });
  }

  /** Calls a server function with this person's cookies. */
  async calls<T>(name: string, parameters: object = {}): Promise<T> {
    const answer = await this.context.request.post(`${this.origin}/rpc/${name}`, {
      data: parameters,
      headers: { Origin: this.origin },
    });
    expect(answer.status(), `${name}: ${await answer.text()}`).toBe(200);
    return (await answer.json()) as T;
  }

  /** This person's id. */
  async id(): Promise<number> {
    return (await this.calls<{ user: { id: number } }>("me")).user.id;
  }

  /** Goes to a page and waits until it answers. */
  async opens(path: string, page = this.page): Promise<void> {
    await page.goto(this.origin + path);
    await this.seesLive(page);
  }

  /**
   * Closes what lies above the page. Its step in the browser's history goes a moment later: whoever went on by an
   * address before that would be taken back.
   */
  async closesAbove(page = this.page): Promise<void> {
    const step = () => page.evaluate(() => history.state as unknown);
    const above = await step();
    await page.keyboard.press("Escape");
    await expect.poll(step).not.toEqual(above);
  }

  /** Loads the page anew. */
  async reloads(page = this.page): Promise<void> {
    await page.reload();
    await this.seesLive(page);
  }

  private async seesLive(page: Page): Promise<void> {
    await expect(page.locator("html[data-live]")).toBeAttached();
  }

  /** Another tab of the same browser. */
  async opensTab(path: string): Promise<Page> {
    const page = await this.context.newPage();
    await this.opens(path, page);
    return page;
  }

  /** A row of the list of chats. */
  dialog(name: string, page = this.page): Locator {
    return page
      .getByRole("region", { name: "Chats" })
      .getByRole("link")
      .filter({ has: page.getByText(name, { exact: true }) });
  }

  /** Begins something new, by the plus sign above the chats. */
  async begins(what: string, page = this.page): Promise<void> {
    await page.getByRole("region", { name: "Chats" }).getByRole("button", { name: "New", exact: true }).click();
    await page.getByRole("menuitem", { name: what }).click();
  }

  /** Opens a chat from the list. */
  async opensChat(name: string, page = this.page): Promise<void> {
    await this.dialog(name, page).click();
    await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
    await expect(page.getByRole("feed")).toHaveAttribute("aria-busy", "false");
  }

  /** The field that messages are written in. */
  composer(page = this.page): Locator {
    return page.getByRole("textbox", { name: "Message" });
  }

  /** Writes into the open chat. */
  async writes(text: string, page = this.page): Promise<void> {
    await this.composer(page).fill(text);
    await this.composer(page).press("Enter");
    await expect(this.composer(page)).toHaveValue("");
  }

  /** Writes and sends texts as fast as the page takes them, however slow the machine is. */
  async writesAtOnce(texts: string[]): Promise<void> {
    await this.composer().evaluate(async (composer: HTMLTextAreaElement, texts) => {
      for (const text of texts) {
        composer.value = text;
        composer.dispatchEvent(new InputEvent("input", { bubbles: true }));
        composer.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
        while (composer.value) await new Promise((drawn) => requestAnimationFrame(drawn));
      }
    }, texts);
  }

  /** A message of the open chat. */
  message(text: string, page = this.page): Locator {
    return page.getByRole("feed").locator(".message").filter({ has: page.getByText(text, { exact: true }) });
  }

  /** Waits for a message in the open chat. */
  async sees(text: string, page = this.page): Promise<void> {
    await expect(this.message(text, page)).toBeVisible();
  }

  /** Waits until an own message has come this far. */
  async seesTick(text: string, tick: "Sending" | "Sent" | "Delivered" | "Read", page = this.page): Promise<void> {
    await expect(this.message(text, page).locator(".tick")).toHaveText(tick);
  }

  /** Does something with a message, by its menu. */
  async chooses(action: string, text: string, page = this.page): Promise<void> {
    await this.message(text, page).hover();
    await this.message(text, page).getByRole("button", { name: "Message menu" }).click();
    await page.getByRole("menuitem", { name: action, exact: true }).click();
  }

  /** Deletes a message, for whom the button says. */
  async deletes(text: string, button: string, page = this.page): Promise<void> {
    await this.chooses("Delete", text, page);
    await page.getByRole("button", { name: button }).click();
  }

  /** All texts of the open chat, from top to bottom. */
  async texts(page = this.page): Promise<string[]> {
    return page.getByRole("feed").locator(".message .bubble-text").allInnerTexts();
  }

  /** A card on a page about people. */
  card(nickname: string, page = this.page): Locator {
    return page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: nickname, exact: true }) });
  }

  /** Presses a button on a person's card. */
  async presses(button: string, nickname: string, page = this.page): Promise<void> {
    await this.card(nickname, page).getByRole("button", { name: button, exact: true }).click();
  }

  /** Takes back a request for friendship, by the menu of the button that says that there is one. */
  async takesBack(nickname: string, page = this.page): Promise<void> {
    await this.presses("Requested", nickname, page);
    await page.getByRole("menuitem", { name: "Take back" }).click();
  }

  /** Becomes friends with somebody, without the pages, and gives the room of the two. */
  async befriends(other: Person): Promise<number> {
    const user = await other.id();
    await this.calls("ask", { user });
    await other.calls("accept", { user: await this.id() });
    return (await this.calls<{ room: { id: number } }>("open_direct", { user })).room.id;
  }

  /** Finds or makes the direct chat with somebody, friend or not. */
  async opensRoomWith(other: Person): Promise<number> {
    return (await this.calls<{ room: { id: number } }>("open_direct", { user: await other.id() })).room.id;
  }

  /** Makes a group of these friends. */
  async founds(name: string, members: number[]): Promise<number> {
    const group = { name, hue: 30, memberIds: members };
    return (await this.calls<{ room: { id: number } }>("create_group", { group })).room.id;
  }

  /** Sends a text by another of their devices, without a page. */
  async sendsElsewhere(room: number, ...texts: string[]): Promise<void> {
    await this.page.context().pages()[0]!.evaluate(
      async ({ room, texts }) => {
        const socket = new WebSocket(location.origin.replace("http", "ws") + "/ws");
        const answered = new Promise<void>((done, failed) => {
          let answers = 0;
          socket.onmessage = (frame: MessageEvent<string>) => {
            const { ref, error } = JSON.parse(frame.data) as { ref?: number; error?: object };
            if (error) failed(new Error(frame.data));
            if (ref && ++answers === texts.length) done();
          };
          socket.onclose = () => failed(new Error("the connection closed"));
        });
        await new Promise((opened) => (socket.onopen = opened));
        texts.forEach((text, index) => {
          const clientId = crypto.randomUUID();
          socket.send(JSON.stringify({ ref: index + 1, command: { send: { roomId: room, clientId, text } } }));
        });
        await answered;
        socket.onclose = null;
        socket.close();
      },
      { room, texts },
    );
  }
}
