"""Verifies a token with what its vendor publishes, and prints what it claims, as JSON."""

import json
import sys

vendor, key, secret, token = sys.argv[1:]
if vendor == "livekit":
    import jwt
    from livekit import api

    claims = api.TokenVerifier(key, secret).verify(token)
    times = jwt.decode(token, options={"verify_signature": False})
    print(json.dumps({"identity": claims.identity, "name": claims.name,
                      "room": claims.video.room, "join": claims.video.room_join,
                      "life": times["exp"] - times["nbf"]}))
elif vendor == "twilio":
    from twilio.jwt.access_token import AccessToken

    verified = AccessToken.from_jwt(token, secret)
    print(json.dumps({"headers": verified.headers, "payload": verified.payload, "key": key}))
else:
    sys.exit(f"{vendor} is not known")
