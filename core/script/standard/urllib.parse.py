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
    quote_via = options.get("quote_via", quote_plus)
    safe = options.get("safe", "")

    def quoted(value):
        return quote_via(value if isinstance(value, bytes) else str(value), safe)

    out = []
    for key, value in rows:
        if doseq and not isinstance(value, (str, bytes)) and hasattr(value, "__iter__"):
            out += [quoted(key) + "=" + quoted(each) for each in value]
        else:
            out.append(quoted(key) + "=" + quoted(value))
    return "&".join(out)


def parse_qsl(text, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace", max_num_fields=None, separator="&"):
    found = []
    for part in text.split(separator):
        key, equals, value = part.partition("=")
        if strict_parsing and not equals:
            raise ValueError("bad query field: %r" % (part,))
        if part and (value or keep_blank_values):
            found.append((unquote_plus(key), unquote_plus(value)))
    return found


def parse_qs(text, *args, **options):
    found = {}
    for key, value in parse_qsl(text, *args, **options):
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


class SplitResult(_NamedTuple):
    scheme: str
    netloc: str
    path: str
    query: str
    fragment: str

    username, password, hostname, port = ParseResult.username, ParseResult.password, ParseResult.hostname, ParseResult.port

    def geturl(self):
        return urlunsplit(self)


def urlsplit(url, scheme="", allow_fragments=True):
    url = url.lstrip("".join(map(chr, range(33)))).translate({9: None, 10: None, 13: None})
    head, colon, rest = url.partition(":")
    if colon and head[:1].isascii() and head[:1].isalpha() and all(char.isascii() and (char.isalnum() or char in "+-.") for char in head):
        scheme, url = head.lower(), rest
    netloc = query = fragment = ""
    if url.startswith("//"):
        end = min([at for at in (url.find(mark, 2) for mark in "/?#") if at >= 0], default=len(url))
        netloc, url = url[2:end], url[end:]
    if allow_fragments:
        url, _, fragment = url.partition("#")
    url, _, query = url.partition("?")
    return SplitResult(scheme, netloc, url, query, fragment)


_with_params = ("", "ftp", "hdl", "prospero", "http", "imap", "https", "shttp", "rtsp", "rtspu", "sip", "sips", "mms", "sftp", "tel")
_with_netloc = ("", "ftp", "http", "gopher", "nntp", "telnet", "imap", "wais", "file", "mms", "https", "shttp", "snews", "prospero", "rtsp", "rtspu", "rsync", "svn", "svn+ssh", "sftp", "nfs", "git", "git+ssh", "ws", "wss")


def urlparse(url, scheme="", allow_fragments=True):
    scheme, netloc, path, query, fragment = urlsplit(url, scheme, allow_fragments)
    params = ""
    if scheme in _with_params and ";" in path:
        cut = path.find(";", path.rfind("/") + 1) if "/" in path else path.find(";")
        if cut >= 0:
            path, params = path[:cut], path[cut + 1 :]
    return ParseResult(scheme, netloc, path, params, query, fragment)


def urlunsplit(parts):
    scheme, netloc, url, query, fragment = parts
    if netloc or scheme and scheme in _with_netloc and url[:2] != "//":
        url = "//" + netloc + ("/" if url and not url.startswith("/") else "") + url
    return (scheme + ":" if scheme else "") + url + ("?" + query if query else "") + ("#" + fragment if fragment else "")


def urlunparse(parts):
    scheme, netloc, path, params, query, fragment = parts
    return urlunsplit((scheme, netloc, path + ";" + params if params else path, query, fragment))


def urldefrag(url):
    head, _, fragment = url.partition("#")
    return head, fragment


def urljoin(base, url, allow_fragments=True):
    if not base or not url:
        return url or base
    scheme0, netloc0, path0, params0, query0, _ = urlparse(base)
    scheme, netloc, path, params, query, fragment = urlparse(url, scheme0)
    if scheme != scheme0 or scheme not in _with_netloc:
        return url
    if netloc:
        return urlunparse((scheme, netloc, path, params, query, fragment))
    netloc = netloc0
    if not path and not params:
        return urlunparse((scheme, netloc, path0, params0, query or query0, fragment))
    before = path0.split("/")
    if before[-1] != "":
        del before[-1]
    if path[:1] == "/":
        segments = path.split("/")
    else:
        segments = before + path.split("/")
        segments[1:-1] = [each for each in segments[1:-1] if each]
    resolved = []
    for each in segments:
        if each == "..":
            if resolved:
                resolved.pop()
        elif each != ".":
            resolved.append(each)
    if segments[-1] in (".", ".."):
        resolved.append("")
    return urlunparse((scheme, netloc, "/".join(resolved) or "/", params, query, fragment))
