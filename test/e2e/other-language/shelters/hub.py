"""The hub, as a partner meets it: its keys, its signature, its assertion, and what we sign for it.

The rules stand in shared/identity/wire-format.md.
"""

import base64
import hashlib
import hmac
import json
import os
import re
import threading
import time
import urllib.parse
import urllib.request

import curve25519

ROLES = ("analyst", "coordinator", "liaison", "auditor", "service")
LONGEST_AGE, LONGEST_AHEAD = 300, 5
COVERED = '("@method" "@path" "content-digest" "hub-partner" "hub-assertion"'
INPUT = re.compile(
    r"hub=(?P<covered>\((?:\"[@a-z-]+\" ?)+\));created=(?P<created>\d{1,12})"
    r";nonce=\"(?P<nonce>[\w-]{16,64})\";keyid=\"(?P<keyid>[\w.-]{1,200})\";alg=\"hmac-sha256\""
)
SIGNATURE = re.compile(r"hub=:([A-Za-z0-9+/]{43}=):")


class Refused(Exception):
    """The request did not come from the hub: 401. The reason is one of those of the wire format."""


def decode(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def encode(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def read_keys(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)["keys"]


def digest_of(body):
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


class Hub:
    """Verifies what the hub sends, and signs what we send to it."""

    def __init__(self, code, own_keys, hub_keys):
        self.code = code
        self.hub_keys = {key["kid"]: key for key in hub_keys}
        self.own = {key["use"]: key for key in reversed(own_keys)}
        self.channels = self._derive_channels(own_keys, hub_keys)
        self.started = int(time.time())
        self.nonces = {}
        self.assertions = {}
        self.lock = threading.Lock()

    @staticmethod
    def _derive_channels(own_keys, hub_keys):
        channels = {}
        for own in own_keys:
            for other in hub_keys:
                if own["use"] != "enc" or other["use"] != "enc":
                    continue
                keyid = f"{other['kid']}.{own['kid']}"
                agreed = curve25519.x25519(decode(own["d"]), decode(other["x"]))
                # HKDF with SHA-256 and no salt, for one block of 32 bytes (RFC 5869).
                extracted = hmac.digest(b"\0" * 32, agreed, "sha256")
                info = f"cooperation-hub request signature v1 {keyid}".encode()
                channels[keyid] = hmac.digest(extracted, info + b"\x01", "sha256")
        return channels

    def verify(self, method, path, headers, body):
        """Who asks, as the hub asserts it. Raises Refused."""
        if None in (headers.get("hub-partner"), headers.get("hub-assertion")):
            raise Refused("UNSIGNED")
        if headers["hub-partner"] != self.code:
            raise Refused("PARTNER")
        if headers.get("content-digest") != digest_of(body):
            raise Refused("DIGEST")
        found = INPUT.fullmatch(headers.get("signature-input") or "")
        signature = SIGNATURE.fullmatch(headers.get("signature") or "")
        optional = [name for name in ("hub-time-left", "hub-client-name") if headers.get(name) is not None]
        covered = COVERED + "".join(f' "{name}"' for name in optional) + ")"
        if not found or not signature or found["covered"] != covered:
            raise Refused("UNSIGNED")
        created, now = int(found["created"]), time.time()
        if not now - LONGEST_AGE <= created <= now + LONGEST_AHEAD:
            raise Refused("CLOCK")
        secret = self.channels.get(found["keyid"])
        if secret is None:
            hub_kid = found["keyid"].split(".")[0]
            raise Refused("PARTNER_KEY" if hub_kid in self.hub_keys else "KEY")
        values = {"@method": method, "@path": path, **headers}
        names = ["@method", "@path", "content-digest", "hub-partner", "hub-assertion", *optional]
        lines = [f'"{name}": {values[name]}' for name in names]
        lines.append(f'"@signature-params": {headers["signature-input"].removeprefix("hub=")}')
        expected = hmac.digest(secret, "\n".join(lines).encode("latin-1"), "sha256")
        if not hmac.compare_digest(expected, base64.b64decode(signature[1])):
            raise Refused("SIGNATURE")
        self._use_nonce(found["nonce"], created, now)
        return self._read_assertion(headers["hub-assertion"], created)

    def _use_nonce(self, nonce, created, now):
        with self.lock:
            for old in [one for one, until in self.nonces.items() if until < now]:
                del self.nonces[old]
            # Before we began to remember nonces, we may have accepted it.
            if nonce in self.nonces or created < self.started - LONGEST_AHEAD:
                raise Refused("NONCE")
            self.nonces[nonce] = now + LONGEST_AGE + 2 * LONGEST_AHEAD

    def _read_assertion(self, assertion, created):
        claims = self.assertions.get(assertion)
        if claims is None:
            claims = self._verify_assertion(assertion)
            with self.lock:
                if len(self.assertions) > 1_000:
                    self.assertions.clear()
                self.assertions[assertion] = claims
        issued, expires = claims["iat"], claims["exp"]
        if not (created - 60 - LONGEST_AHEAD <= issued <= created + LONGEST_AHEAD and created < expires + LONGEST_AHEAD):
            raise Refused("ASSERTION")
        return claims

    def _verify_assertion(self, assertion):
        try:
            head, payload, signature = assertion.split(".")
            header, claims = json.loads(decode(head)), json.loads(decode(payload))
            key = self.hub_keys.get(header.get("kid")) or {}
            is_ours = (
                header.get("alg") == "EdDSA"
                and not {"jwk", "jku", "x5u", "x5c", "crit"} & header.keys()
                and key.get("use") == "sig"
                and curve25519.verify(decode(key["x"]), f"{head}.{payload}".encode(), decode(signature))
                and claims.get("iss") == "hub"
                and claims.get("aud") == self.code
                and isinstance(claims.get("iat"), int)
                and isinstance(claims.get("exp"), int)
                and claims["exp"] - claims["iat"] <= 60
            )
            is_anonymous = claims.get("role") == "anonymous"
            is_person = claims.get("role") in ROLES and claims.get("sub") and claims.get("org")
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            raise Refused("ASSERTION") from error
        if not is_ours or not (is_anonymous or is_person):
            raise Refused("ASSERTION")
        return claims

    def sign(self, header, payload):
        """A compact JWS (RFC 7515) with our signing key."""
        key = self.own["sig"]
        parts = [{"alg": "EdDSA", "kid": key["kid"], **header}, payload]
        text = ".".join(encode(json.dumps(part).encode()) for part in parts)
        return f"{text}.{encode(curve25519.sign(decode(key['d']), text.encode()))}"

    def ask_for_refresh(self, hub_url):
        """Tells the hub that there is a new manifest. Returns the status."""
        url = urllib.parse.urljoin(hub_url, "/registry/refresh")
        now = int(time.time())
        claims = {"iss": self.code, "sub": self.code, "aud": "hub", "org": self.code, "role": "service"}
        token = self.sign({"typ": "JWT"}, {**claims, "iat": now, "exp": now + 60})
        keyid, secret = next(iter(self.channels.items()))
        covered = COVERED + ")"
        parameters = f'{covered};created={now};nonce="{encode(os.urandom(16))}";keyid="{keyid}";alg="hmac-sha256"'
        headers = {"content-digest": digest_of(b""), "hub-partner": "hub", "hub-assertion": token}
        lines = ['"@method": POST', '"@path": /registry/refresh']
        lines += [f'"{name}": {value}' for name, value in headers.items()]
        lines.append(f'"@signature-params": {parameters}')
        signature = base64.b64encode(hmac.digest(secret, "\n".join(lines).encode(), "sha256")).decode()
        headers |= {"signature-input": f"hub={parameters}", "signature": f"hub=:{signature}:"}
        request = urllib.request.Request(url, data=b"", headers=headers, method="POST")
        with urllib.request.urlopen(request, timeout=5) as response:
            return response.status
