# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "urllib.parse".
from typing import NamedTuple as _NamedTuple

_safe = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~"


def quote(text, safe="/", encoding="utf-8", errors="strict"):
    raw = text.encode(encoding) if isinstance(text, str) else text
    return "".join(chr(byte) if chr(byte) in _safe or chr(byte) in safe else "%%%02X" % byte for byte in raw)


def quote_plus(text, safe="", encoding="utf-8", errors="strict"):
    return quote(text, safe + " ").replace(" ", "+")


def unquote(text, encoding="utf-8", errors="replace"):
    out = b""
    index = 0
    while index < len(text):
        if text[index] == "%" and len(text) >= index + 3:
            try:
                out += bytes([int(text[index + 1 : index + 3], 16)])
                index += 3
                continue
            except ValueError:
                pass
        out += text[index].encode("utf-8")
        index += 1
    return out.decode(encoding)


def unquote_plus(text, **options):
    return unquote(text.replace("+", " "))


def urlencode(query, doseq=False, **options):
    rows = query.items() if isinstance(query, dict) else query
    return "&".join(quote_plus(str(key)) + "=" + quote_plus(str(value)) for key, value in rows)


def parse_qsl(text, **options):
    return [(unquote_plus(key), unquote_plus(value)) for key, _, value in (part.partition("=") for part in text.split("&") if part) if value]


def parse_qs(text, **options):
    found = {}
    for key, value in parse_qsl(text):
        found.setdefault(key, []).append(value)
    return found


class ParseResult(_NamedTuple):
    scheme: str
    netloc: str
    path: str
    params: str
    query: str
    fragment: str

    @property
    def username(self):
        user = self.netloc.rpartition("@")[0].partition(":")[0]
        return user or None

    @property
    def password(self):
        head, colon, tail = self.netloc.rpartition("@")[0].partition(":")
        return tail if colon else None

    @property
    def hostname(self):
        host = self.netloc.rpartition("@")[2].partition(":")[0]
        return host.lower() or None

    @property
    def port(self):
        port = self.netloc.rpartition("@")[2].partition(":")[2]
        return int(port) if port else None

    def geturl(self):
        return urlunparse(self)


def urlparse(url, scheme="", allow_fragments=True):
    head, colon, rest = url.partition(":")
    if colon and head[:1].isalpha() and all(char.isalnum() or char in "+-." for char in head):
        scheme, url = head.lower(), rest
    url, _, fragment = url.partition("#")
    url, _, query = url.partition("?")
    netloc = ""
    if url.startswith("//"):
        cut = url.find("/", 2)
        netloc, url = (url[2:], "") if cut < 0 else (url[2:cut], url[cut:])
    return ParseResult(scheme, netloc, url, "", query, fragment)


urlsplit = urlparse


def urlunparse(parts):
    scheme, netloc, path, params, query, fragment = parts
    url = ("//" + netloc if netloc else "") + path
    return (scheme + ":" if scheme else "") + url + ("?" + query if query else "") + ("#" + fragment if fragment else "")


urlunsplit = urlunparse
