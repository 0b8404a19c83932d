"""Ed25519 signatures in minisign's prehashed format, so that plain `minisign -V` checks what we sign.

Layouts from minisign's own description of its files: numbers are base64, a signature covers BLAKE2b-512 of the file.
`cryptography` is loaded by whoever signs or verifies; a worker, which prints the public key, saves its seven megabytes.
"""

import os
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

KEY_ALGORITHM = b"Ed"
PREHASHED = b"ED"
NO_KDF = b"\0\0"
CHECKSUM = b"B2"


class SignatureError(ValueError):
    """A key or signature that is not one, or does not match; the message says which."""


@dataclass(frozen=True)
class PublicKey:
    key_id: bytes
    key: bytes
    """32 of them."""

    @classmethod
    def read(cls, text: str) -> "PublicKey":
        raw = decoded(text.strip().splitlines()[-1:], 42, "public key")
        if raw[:2] != KEY_ALGORITHM:
            raise SignatureError("This is not a minisign public key.")
        return cls(raw[2:10], raw[10:])

    @property
    def line(self) -> str:
        """The key as people pass it on: `minisign -Vm FILE -P <line>`."""
        return b64encode(KEY_ALGORITHM + self.key_id + self.key).decode()

    def text(self) -> str:
        return f"untrusted comment: minisign public key {self.key_id[::-1].hex().upper()}\n{self.line}\n"

    def verify(self, content: bytes, signature: str) -> str:
        """The trusted comment of a signature that holds; SignatureError otherwise."""
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        lines = signature.splitlines()
        if len(lines) < 4 or not lines[2].startswith("trusted comment: "):
            raise SignatureError("The signature file is damaged.")
        raw, outer = decoded(lines[1:2], 74, "signature"), decoded(lines[3:4], 64, "signature")
        comment = lines[2].removeprefix("trusted comment: ")
        if raw[:2] != PREHASHED or raw[2:10] != self.key_id:
            raise SignatureError("The signature was made with another key.")
        key = Ed25519PublicKey.from_public_bytes(self.key)
        try:
            key.verify(raw[10:], blake2b(content).digest())
            key.verify(outer, raw[10:] + comment.encode())
        except InvalidSignature as error:
            raise SignatureError("The signature does not match: the list of files is not the one that was signed.") from error
        return comment


@dataclass(frozen=True)
class SecretKey:
    key_id: bytes
    pair: bytes
    """The secret half, 32 bytes, then the public one."""

    @classmethod
    def make(cls) -> "SecretKey":
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        key = Ed25519PrivateKey.generate()
        return cls(secrets.token_bytes(8), key.private_bytes_raw() + key.public_key().public_bytes_raw())

    @classmethod
    def read(cls, path: Path) -> "SecretKey":
        """A key file without a password, ours or one of `minisign -G -W`."""
        raw = decoded(path.read_text().strip().splitlines()[-1:], 158, "secret key")
        if raw[2:4] != NO_KDF:
            raise SignatureError(f"{path} is locked with a password. Make a key without one: minisign -G -W, or manage.py mirror --make-key.")
        key_id, pair, checksum = raw[54:62], raw[62:126], raw[126:]
        if blake2b(KEY_ALGORITHM + key_id + pair, digest_size=32).digest() != checksum:
            raise SignatureError(f"{path} is damaged.")
        return cls(key_id, pair)

    @property
    def public(self) -> PublicKey:
        return PublicKey(self.key_id, self.pair[32:])

    def write(self, path: Path) -> None:
        """As minisign writes it; mode 0600, and never over a key that is there."""
        checksum = blake2b(KEY_ALGORITHM + self.key_id + self.pair, digest_size=32).digest()
        raw = KEY_ALGORITHM + NO_KDF + CHECKSUM + bytes(48) + self.key_id + self.pair + checksum
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(f"untrusted comment: minisign secret key\n{b64encode(raw).decode()}\n")

    def sign(self, content: bytes, comment: str) -> str:
        """A signature file whose trusted comment (one line) is signed too."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        key = Ed25519PrivateKey.from_private_bytes(self.pair[:32])
        inner = key.sign(blake2b(content).digest())
        outer = key.sign(inner + comment.encode())
        head = b64encode(PREHASHED + self.key_id + inner).decode()
        return f"untrusted comment: signature of the mirror\n{head}\ntrusted comment: {comment}\n{b64encode(outer).decode()}\n"


def decoded(lines: list[str], length: int, what: str) -> bytes:
    try:
        raw = b64decode(lines[0], validate=True)
    except (IndexError, ValueError) as error:
        raise SignatureError(f"The {what} is damaged.") from error
    if len(raw) != length:
        raise SignatureError(f"The {what} has {len(raw)} bytes where {length} belong.")
    return raw
