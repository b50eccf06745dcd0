# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "fnmatch".
import re as _re


def translate(pattern):
    out = ""
    for char in pattern:
        out += ".*" if char == "*" else "." if char == "?" else _re.escape(char)
    return out


def fnmatch(name, pattern):
    return _re.fullmatch(translate(pattern), name, _re.DOTALL) is not None


fnmatchcase = fnmatch


def filter(names, pattern):
    return [name for name in names if fnmatch(name, pattern)]
