# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "fnmatch".
import re as _re


def translate(pat):
    out, at = "", 0
    while at < len(pat):
        char = pat[at]
        at += 1
        if char == "*":
            if not out.endswith(".*"):
                out += ".*"
        elif char == "?":
            out += "."
        elif char == "[":
            end = pat.find("]", at + (2 if pat[at : at + 1] == "!" else 1))
            if end < 0:
                out += "\\["
                continue
            inside = pat[at:end].replace("\\", "\\\\").replace("[", "\\[")
            inside = "^" + inside[1:] if inside.startswith("!") else "\\" + inside if inside.startswith("^") else inside
            out += "[" + inside + "]"
            at = end + 1
        else:
            out += _re.escape(char)
    return "(?s:" + out + ")\\Z"


def fnmatchcase(name, pat):
    return _re.match(translate(pat), name) is not None


fnmatch = fnmatchcase


def filter(names, pat):
    matches = _re.compile(translate(pat)).match
    return [name for name in names if matches(name) is not None]
