import { rings } from "../tests/support/calls.ts";
import { expect, test } from "./support/test.ts";

test("a browser that cannot make calls says so, and rings nobody", async ({ person, guest }) => {
  const [account, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await account.befriends(oleh);
  await oleh.opens(`/chats/${room}`);
  const sari = await guest(account);
  await sari.opensChat(oleh.nickname);
  const cannot = sari.words("This browser cannot make calls.");

  await sari.button("Video call").press();
  await cannot.appears();
  // What is written later comes later: by then it would have rung.
  await sari.writes("nanti saja");
  await oleh.sees("nanti saja");
  await expect(rings(oleh.page)).toBeHidden();

  await cannot.vanishes();
  await oleh.page.getByRole("button", { name: "Voice call" }).click();
  await sari.button("Answer").press();
  await cannot.appears();
  await expect(oleh.page.getByText("Ringing…")).toBeVisible();
});
