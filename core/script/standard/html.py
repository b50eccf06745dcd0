# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "html".
import re as _re

import _stillroom

_names = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": "\xa0", "copy": "\xa9", "reg": "\xae", "hellip": "\u2026", "mdash": "\u2014", "ndash": "\u2013", "eacute": "\xe9", "euro": "\u20ac"}


def escape(s, quote=True):
    s = s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return s.replace('"', "&quot;").replace("'", "&#x27;") if quote else s


def unescape(s):
    def one(match):
        name = match.group(1)
        if name.startswith("#"):
            number = int(name[2:], 16) if name[1:2] in "xX" else int(name[1:])
            if number in (0, 13) or 0x80 <= number <= 0x9F or number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
                _stillroom.stop("the character reference %r is not evaluated" % match.group())
            return chr(number)
        if name not in _names or not match.group().endswith(";"):
            _stillroom.stop("the character reference %r is not evaluated" % match.group())
        return _names[name]

    return _re.sub(r"&(#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);?", one, s)
