# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "shlex".
import re as _re


def quote(s):
    if not s:
        return "''"
    if _re.search(r"[^\w@%+=:,./-]", s, _re.ASCII) is None:
        return s
    return "'" + s.replace("'", "'\"'\"'") + "'"


def join(split_command):
    return " ".join(quote(each) for each in split_command)


def split(s, comments=False, posix=True):
    words, word, at = [], None, 0
    while at < len(s):
        char = s[at]
        at += 1
        if char in " \t\r\n":
            if word is not None:
                words.append(word)
            word = None
        elif comments and char == "#":
            at = s.find("\n", at) if "\n" in s[at:] else len(s)
        elif char == "\\":
            if at >= len(s):
                raise ValueError("No escaped character")
            word = (word or "") + s[at]
            at += 1
        elif char in "'\"":
            word = word or ""
            while True:
                if at >= len(s):
                    raise ValueError("No closing quotation")
                if s[at] == char:
                    at += 1
                    break
                if s[at] == "\\" and char == '"' and at + 1 < len(s) and s[at + 1] in '"\\':
                    at += 1
                word += s[at]
                at += 1
        else:
            word = (word or "") + char
    if word is not None:
        words.append(word)
    return words
