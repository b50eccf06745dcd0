# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "uuid". uuid1 and uuid4 vary from run to run and are marked so.
import hashlib as _hashlib

import _stillroom

RESERVED_NCS, RFC_4122, RESERVED_MICROSOFT, RESERVED_FUTURE = (
    "reserved for NCS compatibility",
    "specified in RFC 4122",
    "reserved for Microsoft compatibility",
    "reserved for future definition",
)


class UUID:
    def __init__(self, hex=None, bytes=None, bytes_le=None, fields=None, int=None, version=None):
        if hex is not None:
            digits = hex.replace("urn:", "").replace("uuid:", "").strip("{}").replace("-", "")
            if len(digits) != 32:
                raise ValueError("badly formed hexadecimal UUID string")
            number = _number(digits)
        elif bytes is not None:
            if len(bytes) != 16:
                raise ValueError("bytes is not a 16-char string")
            number = _number(bytes.hex())
        elif bytes_le is not None:
            if len(bytes_le) != 16:
                raise ValueError("bytes_le is not a 16-char string")
            number = _number((bytes_le[3::-1] + bytes_le[5:3:-1] + bytes_le[7:5:-1] + bytes_le[8:]).hex())
        elif fields is not None:
            if len(fields) != 6:
                raise ValueError("fields is not a 6-tuple")
            for value, bits in zip(fields, (32, 16, 16, 8, 8, 48)):
                if not 0 <= value < 1 << bits:
                    raise ValueError("field out of range (need a %d-bit value)" % bits)
            number = 0
            for value, bits in zip(fields, (32, 16, 16, 8, 8, 48)):
                number = number << bits | value
        elif int is not None:
            if not 0 <= int < 1 << 128:
                raise ValueError("int is out of range (need a 128-bit value)")
            number = int
        else:
            raise TypeError("one of the hex, bytes, bytes_le, fields, or int arguments must be given")
        if version is not None:
            number = number & ~(0xC000 << 48) | (0x8000 << 48)
            number = number & ~(0xF000 << 64) | (version << 76)
        self.int = number
        self._varies = False

    @property
    def hex(self):
        return _stillroom.varying("%032x" % self.int) if self._varies else "%032x" % self.int

    @property
    def bytes(self):
        return bytes.fromhex("%032x" % self.int)

    @property
    def urn(self):
        return "urn:uuid:" + str(self)

    @property
    def bytes_le(self):
        plain = self.bytes
        return plain[3::-1] + plain[5:3:-1] + plain[7:5:-1] + plain[8:]

    @property
    def fields(self):
        return (self.time_low, self.time_mid, self.time_hi_version, self.clock_seq_hi_variant, self.clock_seq_low, self.node)

    time_low = property(lambda self: self.int >> 96)
    time_mid = property(lambda self: self.int >> 80 & 0xFFFF)
    time_hi_version = property(lambda self: self.int >> 64 & 0xFFFF)
    clock_seq_hi_variant = property(lambda self: self.int >> 56 & 0xFF)
    clock_seq_low = property(lambda self: self.int >> 48 & 0xFF)
    clock_seq = property(lambda self: (self.int >> 56 & 0x3F) << 8 | self.int >> 48 & 0xFF)
    node = property(lambda self: self.int & 0xFFFFFFFFFFFF)
    time = property(lambda self: (self.int >> 64 & 0x0FFF) << 48 | (self.int >> 80 & 0xFFFF) << 32 | self.int >> 96)

    @property
    def version(self):
        return self.int >> 76 & 0xF if self.variant == RFC_4122 else None

    @property
    def variant(self):
        top = self.int >> 61 & 7
        return RESERVED_NCS if top < 4 else RFC_4122 if top < 6 else RESERVED_MICROSOFT if top == 6 else RESERVED_FUTURE

    def __str__(self):
        digits = "%032x" % self.int
        text = "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
        return _stillroom.varying(text) if self._varies else text

    def __repr__(self):
        return "UUID(%r)" % str(self)

    def __int__(self):
        return self.int

    def __eq__(self, other):
        return self.int == other.int if isinstance(other, UUID) else NotImplemented

    def __lt__(self, other):
        return self.int < other.int if isinstance(other, UUID) else NotImplemented

    def __gt__(self, other):
        return self.int > other.int if isinstance(other, UUID) else NotImplemented

    def __le__(self, other):
        return self.int <= other.int if isinstance(other, UUID) else NotImplemented

    def __ge__(self, other):
        return self.int >= other.int if isinstance(other, UUID) else NotImplemented

    def __hash__(self):
        return hash(self.int)


def _number(digits):
    return int(digits, 16)


NAMESPACE_DNS = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
NAMESPACE_URL = UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
NAMESPACE_OID = UUID("6ba7b812-9dad-11d1-80b4-00c04fd430c8")
NAMESPACE_X500 = UUID("6ba7b814-9dad-11d1-80b4-00c04fd430c8")
NIL = UUID(int=0)
MAX = UUID(int=(1 << 128) - 1)


def _random(version):
    made = UUID(hex=_stillroom.random_hex(32), version=version)
    made._varies = True
    return made


def uuid1(node=None, clock_seq=None):
    return _random(1)


def uuid4():
    return _random(4)


def uuid6(node=None, clock_seq=None):
    return _random(6)


def uuid7():
    return _random(7)


def _named(namespace, name, digest, version):
    if isinstance(name, str):
        name = name.encode("utf-8")
    return UUID(hex=digest(namespace.bytes + name).hexdigest()[:32], version=version)


def uuid3(namespace, name):
    return _named(namespace, name, _hashlib.md5, 3)


def uuid5(namespace, name):
    return _named(namespace, name, _hashlib.sha1, 5)
