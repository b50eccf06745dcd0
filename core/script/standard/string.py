# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "string".
import re as _re

ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdefABCDEF"
octdigits = "01234567"
punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
whitespace = " \t\n\r\x0b\x0c"
printable = digits + ascii_letters + punctuation + whitespace


def capwords(text, sep=None):
    return (sep or " ").join(word.capitalize() for word in text.split(sep))


class Template:
    delimiter = "$"

    def __init__(self, template):
        self.template = template

    def _filled(self, values, is_safe):
        def one(match):
            whole = match.group(0)
            if whole == "$$":
                return "$"
            name = match.group(1) or match.group(2)
            if name is None:
                if is_safe:
                    return whole
                raise ValueError("Invalid placeholder in string: line 1, col %d" % (match.start() + 1))
            if name in values:
                return str(values[name])
            if is_safe:
                return whole
            raise KeyError(name)

        return _re.sub(r"\$(?:\$|([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)\}|)", one, self.template)

    def substitute(self, mapping={}, /, **keywords):
        return self._filled({**mapping, **keywords}, False)

    def safe_substitute(self, mapping={}, /, **keywords):
        return self._filled({**mapping, **keywords}, True)


class Formatter:
    def format(self, layout, /, *args, **keywords):
        return layout.format(*args, **keywords)

    def vformat(self, layout, args, keywords):
        return layout.format(*args, **keywords)
