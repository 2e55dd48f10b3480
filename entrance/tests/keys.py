"""A passkey as the library stores it, made without a browser."""

import hashlib

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from partnership.people.models import User


def a_passkey(person: User, host: str = "randers.localhost") -> Authenticator:
    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    key = AttestedCredentialData.create(Aaguid.NONE, b"a key", public)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT
    about = AuthenticatorData.create(hashlib.sha256(host.encode()).digest(), flags, 0, key)
    said = CollectedClientData.create("webauthn.create", b"challenge", f"https://{host}")
    credential = {
        "id": websafe_encode(b"a key"),
        "rawId": websafe_encode(b"a key"),
        "type": "public-key",
        "response": {
            "attestationObject": websafe_encode(AttestationObject.create("none", about, {})),
            "clientDataJSON": websafe_encode(said),
        },
    }
    data = {"name": "Key", "credential": credential}
    return Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data=data)
