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
    idpattern = "[_A-Za-z][_A-Za-z0-9]*"
    braceidpattern = None
    flags = 0

    def __init__(self, template):
        self.template = template

    def _pattern(self):
        if hasattr(type(self), "pattern"):
            return _re.compile(type(self).pattern, self.flags | _re.VERBOSE)
        mark = _re.escape(self.delimiter)
        return _re.compile(mark + "(?:(?P<escaped>" + mark + ")|(?P<named>" + self.idpattern + r")|\{(?P<braced>" + (self.braceidpattern or self.idpattern) + r")\}|(?P<invalid>))", self.flags)

    def _filled(self, values, is_safe):
        def one(match):
            name = match.group("named") or match.group("braced")
            if name is not None:
                if is_safe and name not in values:
                    return match.group()
                return str(values[name])
            if match.group("escaped") is not None:
                return self.delimiter
            if is_safe:
                return match.group()
            lines = self.template[: match.start("invalid")].splitlines(True)
            column = match.start("invalid") - len("".join(lines[:-1])) if lines else 1
            raise ValueError("Invalid placeholder in string: line %d, col %d" % (len(lines) or 1, column))

        return self._pattern().sub(one, self.template)

    def substitute(self, mapping={}, /, **keywords):
        return self._filled({**mapping, **keywords} if keywords else mapping, False)

    def safe_substitute(self, mapping={}, /, **keywords):
        return self._filled({**mapping, **keywords} if keywords else mapping, True)

    def get_identifiers(self):
        found = []
        for match in self._pattern().finditer(self.template):
            name = match.group("named") or match.group("braced")
            if name is not None and name not in found:
                found.append(name)
        return found

    def is_valid(self):
        return all(match.group("invalid") is None for match in self._pattern().finditer(self.template))


class Formatter:
    def format(self, layout, /, *args, **keywords):
        return layout.format(*args, **keywords)

    def vformat(self, layout, args, keywords):
        return layout.format(*args, **keywords)
