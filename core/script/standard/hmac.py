# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "hmac".
import hashlib as _hashlib


class HMAC:
    def __init__(self, key, msg=None, digestmod=""):
        if not digestmod:
            raise TypeError("Missing required argument 'digestmod'.")
        self._make = (lambda content=b"": _hashlib.new(digestmod, content)) if isinstance(digestmod, str) else digestmod
        inner = self._make()
        self.digest_size, self.block_size = inner.digest_size, inner.block_size
        self.name = "hmac-" + inner.name
        if len(key) > self.block_size:
            key = self._make(bytes(key)).digest()
        self._key = bytes(key) + b"\0" * (self.block_size - len(key))
        self._content = bytes(msg or b"")

    def update(self, msg):
        self._content += msg

    def digest(self):
        inner = self._make(bytes(byte ^ 0x36 for byte in self._key) + self._content).digest()
        return self._make(bytes(byte ^ 0x5C for byte in self._key) + inner).digest()

    def hexdigest(self):
        return self.digest().hex()

    def copy(self):
        made = HMAC.__new__(HMAC)
        made.__dict__.update(self.__dict__)
        return made


def new(key, msg=None, digestmod=""):
    return HMAC(key, msg, digestmod)


def digest(key, msg, digest):
    return HMAC(key, msg, digest).digest()


def compare_digest(a, b):
    return a == b
