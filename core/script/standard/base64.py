# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "base64".
import _stillroom


def _bytes(value):
    return value.encode("ascii") if isinstance(value, str) else value


def b64encode(content, altchars=None):
    text = _stillroom.to_base64(content)
    if altchars is not None:
        text = text.replace(b"+", altchars[:1]).replace(b"/", altchars[1:])
    return text


def b64decode(content, altchars=None, validate=False):
    from binascii import Error

    content = _bytes(content)
    if altchars is not None:
        altchars = _bytes(altchars)
        content = content.replace(altchars[:1], b"+").replace(altchars[1:], b"/")
    alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    kept = bytes([byte for byte in content if byte in alphabet])
    if validate and (content.rstrip(b"=") != kept or len(content) % 4):
        raise Error("Only base64 data is allowed" if content.rstrip(b"=") != kept else "Incorrect padding")
    padding = content.count(b"=")
    first = content.find(b"=")
    if first >= 0 and any(byte in alphabet for byte in content[first:]):
        _stillroom.stop("base64 text with padding in its middle is not evaluated")
    if len(kept) % 4 == 1:
        raise Error("Invalid base64-encoded string: number of data characters (%d) cannot be 1 more than a multiple of 4" % len(kept))
    if len(kept) % 4 and padding < 4 - len(kept) % 4:
        raise Error("Incorrect padding")
    return _stillroom.from_base64(kept)


def standard_b64encode(content): return b64encode(content)
def standard_b64decode(content): return b64decode(content)
def urlsafe_b64encode(content): return b64encode(content, b"-_")
def urlsafe_b64decode(content): return b64decode(content, b"-_")
def decodebytes(content): return b64decode(content)
def b16encode(content): return content.hex().upper().encode("ascii")


def encodebytes(content):
    return b"".join(b64encode(content[start : start + 57]) + b"\n" for start in range(0, len(content), 57))


def b16decode(content, casefold=False):
    from binascii import Error, unhexlify

    content = _bytes(content)
    if not casefold and any(byte not in b"0123456789ABCDEF" for byte in content):
        raise Error("Non-base16 digit found")
    return unhexlify(content)


_alphabet32 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def b32encode(content):
    out = b""
    for start in range(0, len(content), 5):
        part = content[start : start + 5]
        number = int.from_bytes(part + b"\0" * (5 - len(part)), "big")
        text = bytes(_alphabet32[number >> shift & 31] for shift in range(35, -1, -5))
        kept = {1: 2, 2: 4, 3: 5, 4: 7, 5: 8}[len(part)]
        out += text[:kept] + b"=" * (8 - kept)
    return out


def b32decode(content, casefold=False, map01=None):
    from binascii import Error

    content = _bytes(content)
    if len(content) % 8:
        raise Error("Incorrect padding")
    content = content.upper() if casefold else content
    bare = content.rstrip(b"=")
    if len(content) - len(bare) not in (0, 1, 3, 4, 6):
        raise Error("Incorrect padding")
    number = 0
    for byte in bare:
        if byte not in _alphabet32:
            raise Error("Non-base32 digit found")
        number = number << 5 | _alphabet32.index(byte)
    size = len(bare) * 5 // 8
    return (number >> len(bare) * 5 - size * 8).to_bytes(size, "big")


def __getattr__(name):
    return _stillroom.unknown("base64.%s is not evaluated" % name)
