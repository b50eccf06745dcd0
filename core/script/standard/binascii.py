# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "binascii".
import base64 as _base64


class Error(ValueError):
    pass


Incomplete = Error


def hexlify(data, sep="", bytes_per_sep=1):
    return (data.hex(sep, bytes_per_sep) if sep else data.hex()).encode("ascii")


def unhexlify(hexstr):
    text = hexstr if isinstance(hexstr, str) else hexstr.decode("ascii")
    if len(text) % 2:
        raise Error("Odd-length string")
    if any(each not in "0123456789abcdefABCDEF" for each in text):
        raise Error("Non-hexadecimal digit found")
    return bytes.fromhex(text)


b2a_hex, a2b_hex = hexlify, unhexlify


def b2a_base64(data, *, newline=True):
    return _base64.b64encode(data) + (b"\n" if newline else b"")


def a2b_base64(data, *, strict_mode=False):
    return _base64.b64decode(data)


_table = []


def crc32(data, value=0, /):
    if not _table:
        for number in range(256):
            for _ in range(8):
                number = number >> 1 ^ (0xEDB88320 if number & 1 else 0)
            _table.append(number)
    value ^= 0xFFFFFFFF
    for byte in data:
        value = value >> 8 ^ _table[(value ^ byte) & 0xFF]
    return value ^ 0xFFFFFFFF
