# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "hashlib".
import _stillroom

algorithms_guaranteed = {"md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_224", "sha3_256", "sha3_384", "sha3_512"}
algorithms_available = algorithms_guaranteed


class _Hash:
    def __init__(self, name, content):
        self.name = name
        self._content = bytes(content)

    def update(self, content):
        self._content += content

    def digest(self):
        return _stillroom.digest(self.name, self._content)

    def hexdigest(self):
        return self.digest().hex()

    @property
    def block_size(self):
        return {"sha384": 128, "sha512": 128, "sha3_224": 144, "sha3_256": 136, "sha3_384": 104, "sha3_512": 72}.get(self.name, 64)

    def copy(self):
        return _Hash(self.name, self._content)

    @property
    def digest_size(self):
        return len(self.digest())


def new(name, content=b"", *, usedforsecurity=True):
    name = name.lower().replace("-", "")
    if name not in algorithms_guaranteed:
        raise ValueError("unsupported hash type " + name)
    if not isinstance(content, bytes):
        raise TypeError("Strings must be encoded before hashing")
    return _Hash(name, content)


def md5(content=b"", *, usedforsecurity=True): return new("md5", content)
def sha1(content=b"", *, usedforsecurity=True): return new("sha1", content)
def sha224(content=b"", *, usedforsecurity=True): return new("sha224", content)
def sha256(content=b"", *, usedforsecurity=True): return new("sha256", content)
def sha384(content=b"", *, usedforsecurity=True): return new("sha384", content)
def sha512(content=b"", *, usedforsecurity=True): return new("sha512", content)
def sha3_224(content=b"", *, usedforsecurity=True): return new("sha3_224", content)
def sha3_256(content=b"", *, usedforsecurity=True): return new("sha3_256", content)
def sha3_384(content=b"", *, usedforsecurity=True): return new("sha3_384", content)
def sha3_512(content=b"", *, usedforsecurity=True): return new("sha3_512", content)


def __getattr__(name):
    return _stillroom.unknown("hashlib.%s is not evaluated" % name)
