# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "string.templatelib" (PEP 750).


class Interpolation:
    __match_args__ = ("value", "expression", "conversion", "format_spec")

    def __init__(self, value, expression="", conversion=None, format_spec=""):
        if conversion not in (None, "s", "r", "a"):
            raise ValueError("Interpolation() argument 'conversion' must be one of 's', 'a' or 'r'")
        self.value = value
        self.expression = expression
        self.conversion = conversion
        self.format_spec = format_spec

    def __repr__(self):
        return "Interpolation(%r, %r, %r, %r)" % (self.value, self.expression, self.conversion, self.format_spec)


class Template:
    def __init__(self, *args):
        strings = [""]
        interpolations = []
        for each in args:
            if isinstance(each, str):
                strings[-1] += each
            elif isinstance(each, Interpolation):
                interpolations.append(each)
                strings.append("")
            else:
                raise TypeError("Template.__new__ *args need to be of type 'str' or 'Interpolation', got %s" % type(each).__name__)
        self.strings = tuple(strings)
        self.interpolations = tuple(interpolations)

    @property
    def values(self):
        return tuple(each.value for each in self.interpolations)

    def __iter__(self):
        for index, text in enumerate(self.strings):
            if text:
                yield text
            if index < len(self.interpolations):
                yield self.interpolations[index]

    def __add__(self, other):
        if not isinstance(other, Template):
            raise TypeError("can only concatenate string.templatelib.Template (not \"%s\") to string.templatelib.Template" % type(other).__name__)
        return Template(*self, *other)

    def __repr__(self):
        return "Template(strings=%r, interpolations=%r)" % (self.strings, self.interpolations)


def convert(obj, /, conversion):
    if conversion is None:
        return obj
    if conversion == "r":
        return repr(obj)
    if conversion == "s":
        return str(obj)
    if conversion == "a":
        return ascii(obj)
    raise ValueError("invalid conversion specifier: %s" % conversion)


def _template(parts):
    return Template(*(each if isinstance(each, str) else Interpolation(*each) for each in parts))
