// What programs do first with the API, through a client whose types come from its description alone: what is not
// described does not compile. `node flow.js ORIGIN`

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./generated/api.js";

type Schemas = components["schemas"];
type Api = Client<paths>;

const PASSWORD = "rahasia-sekali";
const [origin] = process.argv.slice(2);
assert.ok(origin, "an origin is wanted");

/** A client for whoever a token belongs to; without one, for nobody. */
function api(token?: string): Api {
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  return createClient<paths>({ baseUrl: `${origin}/api/v1`, headers });
}

/** What was asked for. Throws where it was refused. */
async function given<T>(asked: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<T> {
  const { data, error, response } = await asked;
  if (!response.ok) throw new Error(`${response.status} of ${response.url}: ${JSON.stringify(error)}`);
  return data as T;
}

/** With which status and code something was refused. */
async function refused(
  asked: Promise<{ error?: Schemas["Problem"] | undefined; response: Response }>,
): Promise<[number, Schemas["ErrorCode"] | undefined]> {
  const { error, response } = await asked;
  return [response.status, error?.code];
}

async function joins(username: string, nickname: string): Promise<Schemas["Session"]> {
  const languages: Schemas["UserLanguage"][] = [
    { kind: "native", code: "id" },
    { kind: "learning", code: "uk", level: "A2" },
  ];
  const body = { username, nickname, password: PASSWORD, languages };
  const profile = await given(api().POST("/register", { body }));
  assert.deepEqual(
    profile.languages.map(({ Language, ...chosen }) => [chosen, Language.code]),
    languages.map((chosen) => [chosen, chosen.code]),
  );
  assert.deepEqual(await refused(api().POST("/register", { body })), [409, "username_taken"]);
  const wrong = { username, password: "salah-sekali" };
  assert.deepEqual(await refused(api().POST("/login", { body: wrong })), [401, "wrong_credentials"]);
  const session = await given(api().POST("/login", { body: { username, password: PASSWORD } }));
  assert.equal(session.user.id, profile.id);
  return session;
}

async function befriend(sari: Api, oleh: Api, olehId: number): Promise<void> {
  const asked = await given(sari.POST("/friendships", { body: { userId: olehId } }));
  assert.deepEqual([asked.isAccepted, asked.friendId], [false, olehId]);
  const [waiting] = await given(oleh.GET("/friendships"));
  assert.ok(waiting);
  assert.deepEqual([waiting.id, waiting.FriendId, waiting.User.relation], [asked.id, olehId, "asked"]);
  const params = { path: { friendshipId: waiting.id } };
  const accepted = await given(oleh.PATCH("/friendships/{friendshipId}", { params, body: { isAccepted: true } }));
  assert.deepEqual([accepted.isAccepted, accepted.User.relation], [true, "friends"]);
}

interface Post {
  headers: IncomingHttpHeaders;
  body: string;
}

/** A service that takes what webhooks post. */
class Listener {
  readonly #posts: Post[] = [];
  private constructor(readonly server: Server) {}

  static async start(): Promise<Listener> {
    const server = createServer();
    const listener = new Listener(server);
    server.on("request", async (request, response) => {
      let body = "";
      for await (const piece of request.setEncoding("utf8")) body += piece;
      response.writeHead(204).end();
      listener.#posts.push({ headers: request.headers, body });
      server.emit("posted");
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return listener;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/sapa`;
  }

  async next(): Promise<Post> {
    const signal = AbortSignal.timeout(15_000);
    while (!this.#posts.length) await once(this.server, "posted", { signal });
    return this.#posts.shift()!;
  }
}

async function hears(listener: Listener, webhook: Schemas["Webhook"], text: string): Promise<void> {
  const { headers, body } = await listener.next();
  const signed = createHmac("sha256", webhook.secret ?? "").update(`${headers["x-sapa-timestamp"]}.${body}`);
  assert.equal(headers["x-sapa-signature"], `sha256=${signed.digest("hex")}`);
  const post = JSON.parse(body) as { webhookId: number; messages: { body: { text?: { text: string } } }[] };
  assert.equal(post.webhookId, webhook.id);
  assert.ok(post.messages.some((message) => message.body.text?.text === text), body);
}

/** A message with a file, both ways: with the message itself, and brought before it. */
async function sendsFiles(sari: Api, oleh: Api, olehToken: string, groupId: number): Promise<void> {
  const params = { path: { groupId } };
  const sent = await given(
    sari.POST("/groups/{groupId}/messages", {
      params,
      body: { content: "Resep baru", attachment: new Blob(["kopi, air"]) },
      bodySerializer: (body) => {
        const form = new FormData();
        if (body && "attachment" in body && body.attachment) {
          form.append("content", body.content ?? "");
          form.append("attachment", body.attachment, "resep.txt");
        }
        return form;
      },
    }),
  );
  assert.deepEqual([sent.content, sent.Media?.name, sent.attachments.length], ["Resep baru", "resep.txt", 1]);
  const [seen] = (await given(oleh.GET("/groups/{groupId}/messages", { params }))).slice(-1);
  assert.deepEqual(seen?.Media, sent.Media);
  const file = await fetch(`${origin}${seen?.Media?.url}`, { headers: { Authorization: `Bearer ${olehToken}` } });
  assert.equal(await file.text(), "kopi, air");

  const bytes = new Blob(["teh"]);
  const { fileId } = await given(sari.POST("/files", { body: { name: "teh.txt", size: bytes.size } }));
  const brought = await given(
    sari.PUT("/files/{fileId}", {
      params: { path: { fileId } },
      headers: { "Content-Type": "application/octet-stream" },
      body: bytes,
      bodySerializer: (body) => body,
    }),
  );
  assert.equal(brought.size, 3);
  const body = { attachments: [fileId], clientId: crypto.randomUUID() };
  const carried = await given(sari.POST("/groups/{groupId}/messages", { params, body }));
  assert.equal(carried.Media?.name, "teh.txt");
  // The same again sends nothing new.
  const again = await given(sari.POST("/groups/{groupId}/messages", { params, body }));
  assert.equal(again.messageId, carried.messageId);
}

async function changesItsMind(sari: Api, oleh: Api, groupId: number): Promise<void> {
  const body = { content: "Halo semua" };
  const { messageId } = await given(sari.POST("/groups/{groupId}/messages", { params: { path: { groupId } }, body }));
  const params = { path: { messageId } };
  assert.deepEqual(await refused(oleh.PUT("/messages/{messageId}", { params, body })), [403, "forbidden"]);
  await given(sari.PUT("/messages/{messageId}", { params, body: { content: "Halo semuanya!" } }));
  const edited = await given(oleh.GET("/messages/{messageId}", { params }));
  assert.equal(edited.content, "Halo semuanya!");
  assert.ok(edited.updatedAt >= edited.createdAt);
  const versions = await given(oleh.GET("/messages/{messageId}/versions", { params }));
  assert.ok(versions.some((version) => version.text === "Halo semua"));
  await given(sari.DELETE("/messages/{messageId}", { params: { ...params, query: { for: "everyone" } } }));
  const deleted = await given(oleh.GET("/messages/{messageId}", { params }));
  assert.deepEqual([deleted.deleted, deleted.content], [true, null]);
}

/** Takes the refresh token for two new tokens, which ends the old ones. */
async function refreshes(session: Schemas["Session"]): Promise<Schemas["Session"]> {
  const { refreshToken } = session;
  const next = await given(api().POST("/token/refresh", { body: { refreshToken } }));
  assert.notEqual(next.accessToken, session.accessToken);
  assert.deepEqual(await refused(api(session.accessToken).GET("/me")), [401, "signed_out"]);
  const me = await given(api(next.accessToken).GET("/me"));
  assert.equal(me.user.id, session.user.id);
  return next;
}

async function showsAStory(sari: Api, oleh: Api, olehId: number): Promise<void> {
  const body = { content: { text: { text: "Kopi pagi", hue: 200 } }, audience: { only: [olehId] } };
  const posted = await given(sari.POST("/stories", { body }));
  assert.deepEqual([posted.kind, posted.audience], ["text", "only"]);
  const [reel] = await given(oleh.GET("/stories"));
  assert.deepEqual(reel?.stories.map((story) => [story.text, story.seen]), [["Kopi pagi", false]]);
  const params = { path: { storyId: posted.storyId } };
  await given(oleh.POST("/stories/{storyId}/views", { params }));
  const [viewer] = await given(sari.GET("/stories/{storyId}/views", { params }));
  assert.equal(viewer?.user.id, olehId);
}

const begun = await joins("sari", "Sari");
const other = await joins("oleh", "Oleh");
const oleh = api(other.accessToken);
const [sariId, olehId] = [begun.user.id, other.user.id];
await befriend(api(begun.accessToken), oleh, olehId);
const session = await refreshes(begun);
const sari = api(session.accessToken);

const direct = await given(oleh.GET("/groups/user/{userId}", { params: { path: { userId: sariId } } }));
assert.deepEqual([direct.kind, direct.peer?.nickname], ["direct", "Sari"]);
const group = await given(sari.POST("/groups", { body: { name: "Kopi", memberIds: [olehId] } }));
const room = { path: { groupId: group.id } };
const listener = await Listener.start();
const outgoing = { direction: "outgoing", name: "Arsip", url: listener.url } as const;
const webhook = await given(sari.POST("/groups/{groupId}/webhooks", { params: room, body: outgoing }));
await sendsFiles(sari, oleh, other.accessToken, group.id);
await hears(listener, webhook, "Resep baru");
await changesItsMind(sari, oleh, group.id);

const incoming = { direction: "incoming", name: "Cadangan" } as const;
const { secret } = await given(sari.POST("/groups/{groupId}/webhooks", { params: room, body: incoming }));
const posting = { params: { path: { secret: secret ?? "" } }, body: { content: "Cadangan selesai" } };
const { messageId } = await given(api().POST("/hooks/{secret}", posting));
const latest = await given(oleh.GET("/groups/{groupId}", { params: room }));
assert.deepEqual([latest.lastMessage?.messageId, latest.members.length], [messageId, 2]);

await showsAStory(sari, oleh, olehId);
await given(oleh.POST("/logout"));
assert.deepEqual(await refused(oleh.GET("/me")), [401, "signed_out"]);
listener.server.close();
console.log("The TypeScript client has done all that programs do first.");
