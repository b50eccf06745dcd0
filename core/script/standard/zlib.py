# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "zlib": the checksums.
from binascii import crc32  # noqa: F401

import _stillroom


def adler32(data, value=1, /):
    low, high = value & 0xFFFF, value >> 16 & 0xFFFF
    for byte in data:
        low = (low + byte) % 65521
        high = (high + low) % 65521
    return high << 16 | low


def __getattr__(name):
    return _stillroom.unknown("zlib.%s is not known: compression is not evaluated" % name)
