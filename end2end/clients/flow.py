"""What programs do first with the API, through a client generated from its description: `flow.py ORIGIN`."""

import hashlib
import hmac
import json
import queue
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import TypeVar
from uuid import uuid4

from sapa_client import AuthenticatedClient, Client
from sapa_client.api.accounts import login, logout, refresh_tokens, register
from sapa_client.api.files import announce, receive
from sapa_client.api.friendships import answer_friend_request, ask, friendships
from sapa_client.api.groups import create_group, direct, show_group
from sapa_client.api.messages import delete_message, edit, list_messages, send, show_message, versions
from sapa_client.api.own_account import me
from sapa_client.api.stories import list_stories, post_story, view, viewers
from sapa_client.api.webhooks import create_webhook, post_by_webhook
from sapa_client.models import (
    DeleteMessageFor,
    Direction,
    ErrorCode,
    Founding,
    FriendshipAnswer,
    Login,
    MessageForm,
    NewMessage,
    NewStoryContentText,
    NewStoryContentTextText,
    NewUpload,
    NewWebhook,
    Problem,
    Refresh,
    Registration,
    Relation,
    Session,
    StoryAudienceOnly,
    StoryPosting,
    Text,
    Webhook,
    WebhookPosting,
    Whom,
)
from sapa_client.types import File, Response

T = TypeVar("T")

PASSWORD = "rahasia-sekali"
ORIGIN = sys.argv[1]


def client(token: str | None = None) -> Client | AuthenticatedClient:
    """A client for whoever a token belongs to; without one, for nobody."""
    settings = {"base_url": f"{ORIGIN}/api/v1", "raise_on_unexpected_status": True}
    # A proxy of this machine is not for its own addresses.
    settings["httpx_args"] = {"trust_env": False}
    return AuthenticatedClient(token=token, **settings) if token else Client(**settings)


def given(response: Response[T | Problem]) -> T:
    """What was asked for. Raises where it was refused."""
    if response.status_code >= 400:
        raise RuntimeError(f"{response.status_code}: {response.content!r}")
    return response.parsed


def refused(response: Response) -> tuple[int, ErrorCode]:
    """With which status and code something was refused."""
    assert isinstance(response.parsed, Problem), response
    return response.status_code, response.parsed.code


def joins(username: str, nickname: str) -> Session:
    new = Registration(username=username, nickname=nickname, password=PASSWORD)
    profile = given(register.sync_detailed(client=client(), body=new))
    again = register.sync_detailed(client=client(), body=new)
    assert refused(again) == (409, ErrorCode.USERNAME_TAKEN)
    wrong = login.sync_detailed(client=client(), body=Login(username=username, password="salah-sekali"))
    assert refused(wrong) == (401, ErrorCode.WRONG_CREDENTIALS)
    session = given(login.sync_detailed(client=client(), body=Login(username=username, password=PASSWORD)))
    assert session.user.id == profile.id
    return session


def befriend(sari, oleh, oleh_id: int) -> None:
    asked = given(ask.sync_detailed(client=sari, body=Whom(user_id=oleh_id)))
    assert (asked.is_accepted, asked.friendId) == (False, oleh_id)
    [waiting] = given(friendships.sync_detailed(client=oleh))
    assert (waiting.id, waiting.FriendId) == (asked.id, oleh_id)
    assert waiting.user.relation is Relation.ASKED
    answer = FriendshipAnswer(is_accepted=True)
    accepted = given(answer_friend_request.sync_detailed(waiting.id, client=oleh, body=answer))
    assert (accepted.is_accepted, accepted.user.relation) == (True, Relation.FRIENDS)


class Listener:
    """A service that takes what webhooks post."""

    def __init__(self) -> None:
        posts: queue.Queue = queue.Queue()

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(204)
                self.end_headers()
                posts.put((self.headers, body))

            def log_message(self, *_) -> None:
                pass

        self.posts = posts
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/sapa"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def hears(self, webhook: Webhook, text: str) -> None:
        headers, body = self.posts.get(timeout=15)
        signed = f"{headers['X-Sapa-Timestamp']}.".encode() + body
        code = hmac.new(webhook.secret.encode(), signed, hashlib.sha256).hexdigest()
        assert headers["X-Sapa-Signature"] == f"sha256={code}"
        post = json.loads(body)
        assert post["webhookId"] == webhook.id
        said = [message["body"].get("text", {}).get("text") for message in post["messages"]]
        assert text in said, said


def sends_files(sari, oleh, group_id: int) -> None:
    """A message with a file, both ways: with the message itself, and brought before it."""
    file = File(payload=BytesIO(b"kopi, air"), file_name="resep.txt", mime_type="text/plain")
    form = MessageForm(content="Resep baru", attachment=file)
    sent = given(send.sync_detailed(group_id, client=sari, body=form))
    assert (sent.content, sent.media.name, len(sent.attachments)) == ("Resep baru", "resep.txt", 1)
    seen = given(list_messages.sync_detailed(group_id, client=oleh))[-1]
    assert seen.media == sent.media
    assert oleh.get_httpx_client().get(ORIGIN + seen.media.url).read() == b"kopi, air"

    upload = given(announce.sync_detailed(client=sari, body=NewUpload(name="teh.txt", size=3)))
    brought = given(receive.sync_detailed(upload.file_id, client=sari, body=File(payload=BytesIO(b"teh"))))
    assert brought.size == 3
    new = NewMessage(attachments=[upload.file_id], client_id=uuid4())
    carried = given(send.sync_detailed(group_id, client=sari, body=new))
    assert carried.media.name == "teh.txt"
    # The same again sends nothing new.
    again = given(send.sync_detailed(group_id, client=sari, body=new))
    assert again.message_id == carried.message_id


def changes_its_mind(sari, oleh, group_id: int) -> None:
    new = NewMessage(content="Halo semua")
    message_id = given(send.sync_detailed(group_id, client=sari, body=new)).message_id
    others = edit.sync_detailed(message_id, client=oleh, body=Text(content="Halo"))
    assert refused(others) == (403, ErrorCode.FORBIDDEN)
    given(edit.sync_detailed(message_id, client=sari, body=Text(content="Halo semuanya!")))
    edited = given(show_message.sync_detailed(message_id, client=oleh))
    assert edited.content == "Halo semuanya!" and edited.updated_at >= edited.created_at
    earlier = given(versions.sync_detailed(message_id, client=oleh))
    assert "Halo semua" in [version.text for version in earlier]
    given(delete_message.sync_detailed(message_id, client=sari, for_=DeleteMessageFor.EVERYONE))
    deleted = given(show_message.sync_detailed(message_id, client=oleh))
    assert (deleted.deleted, deleted.content) == (True, None)


def refreshes(session: Session) -> Session:
    """Takes the refresh token for two new tokens, which ends the old ones."""
    body = Refresh(refresh_token=session.refresh_token)
    following = given(refresh_tokens.sync_detailed(client=client(), body=body))
    assert following.access_token != session.access_token
    before = me.sync_detailed(client=client(session.access_token))
    assert refused(before) == (401, ErrorCode.SIGNED_OUT)
    assert given(me.sync_detailed(client=client(following.access_token))).user.id == session.user.id
    return following


def shows_a_story(sari, oleh, oleh_id: int) -> None:
    content = NewStoryContentText(text=NewStoryContentTextText(text="Kopi pagi", hue=200))
    posting = StoryPosting(content=content, audience=StoryAudienceOnly(only=[oleh_id]))
    posted = given(post_story.sync_detailed(client=sari, body=posting))
    assert (posted.kind, posted.audience) == ("text", "only")
    [reel] = given(list_stories.sync_detailed(client=oleh))
    assert [(story.text, story.seen) for story in reel.stories] == [("Kopi pagi", False)]
    given(view.sync_detailed(posted.story_id, client=oleh))
    [viewer] = given(viewers.sync_detailed(posted.story_id, client=sari))
    assert viewer.user.id == oleh_id


begun, other = joins("sari", "Sari"), joins("oleh", "Oleh")
oleh = client(other.access_token)
sari_id, oleh_id = begun.user.id, other.user.id
befriend(client(begun.access_token), oleh, oleh_id)
sari = client(refreshes(begun).access_token)

room = given(direct.sync_detailed(sari_id, client=oleh))
assert (room.kind, room.peer.nickname) == ("direct", "Sari")
group = given(create_group.sync_detailed(client=sari, body=Founding(name="Kopi", member_ids=[oleh_id])))
listener = Listener()
outgoing = NewWebhook(direction=Direction.OUTGOING, name="Arsip", url=listener.url)
webhook = given(create_webhook.sync_detailed(group.id, client=sari, body=outgoing))
sends_files(sari, oleh, group.id)
listener.hears(webhook, "Resep baru")
changes_its_mind(sari, oleh, group.id)

incoming = NewWebhook(direction=Direction.INCOMING, name="Cadangan")
secret = given(create_webhook.sync_detailed(group.id, client=sari, body=incoming)).secret
posting = WebhookPosting(content="Cadangan selesai")
posted = given(post_by_webhook.sync_detailed(secret, client=client(), body=posting))
latest = given(show_group.sync_detailed(group.id, client=oleh))
assert (latest.last_message.message_id, len(latest.members)) == (posted.message_id, 2)

shows_a_story(sari, oleh, oleh_id)
given(logout.sync_detailed(client=oleh))
assert refused(me.sync_detailed(client=oleh)) == (401, ErrorCode.SIGNED_OUT)
print("The Python client has done all that programs do first.")
