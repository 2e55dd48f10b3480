"""A passkey or security key that signs, as a browser's script would hand it on."""

import hashlib
import json
import re
import secrets
import struct
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2 import cbor
from fido2.utils import websafe_encode

HOST = "randers.localhost"
# Flags of what a key says: touched, its owner shown by a PIN or a finger, and a new key added.
TOUCHED, SHOWN, NEW = 0x01, 0x04, 0x40


class Key:
    def __init__(self) -> None:
        self.secret, self.name, self.used = ec.generate_private_key(ec.SECP256R1()), secrets.token_bytes(16), 0

    def _public(self, algorithm: int) -> bytes:
        numbers = self.secret.public_key().public_numbers()
        return cbor.encode(
            {1: 2, 3: algorithm, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        )

    def _about(self, flags: int, new: bytes = b"") -> bytes:
        self.used += 1
        return hashlib.sha256(HOST.encode()).digest() + bytes([flags]) + struct.pack(">I", self.used) + new

    def _sent(self, kind: str, asked: dict, answer: dict[str, Any]) -> dict[str, Any]:
        said = json.dumps({"type": kind, "challenge": asked["challenge"], "origin": f"https://{HOST}"}).encode()
        name = websafe_encode(self.name)
        response = {"clientDataJSON": websafe_encode(said), **answer}
        return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}

    def made(self, asked: dict, *, flags: int = NEW | TOUCHED | SHOWN, algorithm: int = -7) -> dict[str, Any]:
        new = bytes(16) + struct.pack(">H", len(self.name)) + self.name + self._public(algorithm)
        about = self._about(flags, new if flags & NEW else b"")
        made = cbor.encode({"fmt": "none", "attStmt": {}, "authData": about})
        return self._sent("webauthn.create", asked, {"attestationObject": websafe_encode(made)})

    def signed(self, asked: dict, *, of: str, flags: int = TOUCHED | SHOWN) -> dict[str, Any]:
        about, sent = self._about(flags), self._sent("webauthn.get", asked, {})
        said = json.dumps({"type": "webauthn.get", "challenge": asked["challenge"], "origin": f"https://{HOST}"})
        whole = about + hashlib.sha256(said.encode()).digest()
        signature = self.secret.sign(whole, ec.ECDSA(hashes.SHA256()))
        sent["response"] |= {
            "authenticatorData": websafe_encode(about),
            "signature": websafe_encode(signature),
            "userHandle": of,
        }
        return sent


ADD, LOG_IN = "/accounts/2fa/webauthn/add/", "/accounts/2fa/webauthn/login/"


def asked_on(page: str) -> dict[str, Any]:
    """Return what a page's script asks a passkey."""
    data = json.loads(re.search(r'<script id="js_data" type="application/json"[^>]*>(.*?)</script>', page, re.S)[1])
    return next(iter(data.values()))["publicKey"]


def add(client: Client, key: Key, *, alone: bool = False, **made: int) -> tuple[Any, str]:
    """Add the key, to log in by it `alone`, on its page; return the answer, and the name of its owner in it."""
    asked = asked_on(client.get(ADD).content.decode())
    typed = {"name": "Key", "credential": json.dumps(key.made(asked, **made))}
    if alone:
        typed["passwordless"] = "on"
    return client.post(ADD, typed), asked["user"]["id"]


def asked_to_log_in(client: Client) -> dict[str, Any]:
    answer = client.get(LOG_IN, headers={"X-Requested-With": "XMLHttpRequest"})
    return answer.json()["request_options"]["publicKey"]
