import { call, hearsAndSees, rings, takesPhone } from "../tests/support/calls.ts";
import { classed } from "./support/spot.ts";
import { expect, test } from "./support/test.ts";

test("a call with somebody at Chromium is seen and heard on both sides", async ({ person, guest }) => {
  const [account, oleh] = [await person("Sari"), await person("Oleh")];
  const room = await account.befriends(oleh);
  await takesPhone(oleh);
  await oleh.opens(`/chats/${room}`);
  const sari = await guest(account);
  await sari.opensChat(oleh.nickname);

  await sari.button("Video call").press();
  await rings(oleh.page).getByRole("button", { name: "Answer with camera" }).click();
  await hearsAndSees(oleh.page);
  const stage = sari.page(`//*[@role="region" and @aria-label="Call with ${oleh.nickname}"]`);
  await stage.within('//*[@role="status"]').says(/^0:\d\d$/);
  await sari.seesMove(stage.within(`//*[${classed("tile")} and contains(., "${oleh.nickname}")]//video`));
  await stage.button("Hang up").press();
  await stage.vanishes();
  await expect(call(oleh.page)).toBeHidden();
});
