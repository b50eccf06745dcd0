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
    content = _bytes(content)
    if altchars is not None:
        content = content.replace(altchars[:1], b"+").replace(altchars[1:], b"/")
    return _stillroom.from_base64(content)


def standard_b64encode(content): return b64encode(content)
def standard_b64decode(content): return b64decode(content)
def urlsafe_b64encode(content): return b64encode(content, b"-_")
def urlsafe_b64decode(content): return b64decode(content, b"-_")
def encodebytes(content): return b64encode(content) + b"\n"
def decodebytes(content): return b64decode(content)
def b16encode(content): return content.hex().upper().encode("ascii")
def b16decode(content, casefold=False): return bytes.fromhex(_bytes(content).decode("ascii"))
