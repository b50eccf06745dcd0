# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "configparser".
import re as _re
from collections.abc import MutableMapping as _MutableMapping

DEFAULTSECT = "DEFAULT"
MAX_INTERPOLATION_DEPTH = 10
_missing = object()


class Error(Exception):
    def __init__(self, msg=""):
        self.message = msg
        Exception.__init__(self, msg)

    def __repr__(self):
        return self.message

    __str__ = __repr__


class NoSectionError(Error):
    def __init__(self, section):
        Error.__init__(self, "No section: %r" % (section,))
        self.section = section
        self.args = (section,)


class DuplicateSectionError(Error):
    def __init__(self, section, source=None, lineno=None):
        where = "" if source is None else "While reading from %r" % source + ("" if lineno is None else " [line {0:2d}]".format(lineno)) + ": "
        Error.__init__(self, where + ("section %r already exists" if source is not None else "Section %r already exists") % section)
        self.section, self.source, self.lineno = section, source, lineno
        self.args = (section, source, lineno)


class DuplicateOptionError(Error):
    def __init__(self, section, option, source=None, lineno=None):
        where = "" if source is None else "While reading from %r" % source + ("" if lineno is None else " [line {0:2d}]".format(lineno)) + ": "
        Error.__init__(self, where + ("option" if source is not None else "Option") + " %r in section %r already exists" % (option, section))
        self.section, self.option, self.source, self.lineno = section, option, source, lineno
        self.args = (section, option, source, lineno)


class NoOptionError(Error):
    def __init__(self, option, section):
        Error.__init__(self, "No option %r in section: %r" % (option, section))
        self.option, self.section = option, section
        self.args = (option, section)


class InterpolationError(Error):
    def __init__(self, option, section, msg):
        Error.__init__(self, msg)
        self.option, self.section = option, section
        self.args = (option, section, msg)


class InterpolationMissingOptionError(InterpolationError):
    def __init__(self, option, section, rawval, reference):
        msg = "Bad value substitution: option {!r} in section {!r} contains an interpolation key {!r} which is not a valid option name. Raw value: {!r}"
        InterpolationError.__init__(self, option, section, msg.format(option, section, reference, rawval))
        self.reference = reference
        self.args = (option, section, rawval, reference)


class InterpolationSyntaxError(InterpolationError):
    pass


class InterpolationDepthError(InterpolationError):
    def __init__(self, option, section, rawval):
        msg = "Recursion limit exceeded in value substitution: option {!r} in section {!r} contains an interpolation key which cannot be substituted in {} steps. Raw value: {!r}"
        InterpolationError.__init__(self, option, section, msg.format(option, section, MAX_INTERPOLATION_DEPTH, rawval))
        self.args = (option, section, rawval)


class ParsingError(Error):
    def __init__(self, source):
        Error.__init__(self, "Source contains parsing errors: %r" % source)
        self.source = source
        self.errors = []
        self.args = (source,)

    def append(self, lineno, line):
        self.errors.append((lineno, line))
        self.message += "\n\t[line %2d]: %s" % (lineno, line)


class MissingSectionHeaderError(ParsingError):
    def __init__(self, filename, lineno, line):
        Error.__init__(self, "File contains no section headers.\nfile: %r, line: %d\n%r" % (filename, lineno, line))
        self.source, self.lineno, self.line = filename, lineno, line
        self.args = (filename, lineno, line)


class Interpolation:
    def before_get(self, parser, section, option, value, defaults):
        return value

    def before_set(self, parser, section, option, value):
        return value


class _References(Interpolation):
    """What both kinds have in common: a mark that is doubled to stand for itself, and references behind it. A kind has `_mark`, `_opening`,
    the shape of a `_reference`, and _value()."""

    def before_get(self, parser, section, option, value, defaults):
        return self._expand(parser, section, option, value, value, defaults, 1)

    def before_set(self, parser, section, option, value):
        rest = _re.sub(self._reference, "", value.replace(self._mark * 2, ""))
        if self._mark in rest:
            raise ValueError("invalid interpolation syntax in %r at position %d" % (value, rest.find(self._mark)))
        return value

    def _expand(self, parser, section, option, whole, rest, values, depth):
        raw = parser.get(section, option, raw=True, fallback=whole)
        if depth > MAX_INTERPOLATION_DEPTH:
            raise InterpolationDepthError(option, section, raw)
        mark, opening = self._mark, self._opening
        out = ""
        while rest:
            at = rest.find(mark)
            if at < 0:
                return out + rest
            out += rest[:at]
            rest = rest[at:]
            if rest[1:2] == mark:
                out += mark
                rest = rest[2:]
            elif rest[1:2] == opening:
                found = _re.match(self._reference, rest)
                if found is None:
                    raise InterpolationSyntaxError(option, section, "bad interpolation variable reference %r" % rest)
                rest = rest[found.end() :]
                out += self._value(parser, section, option, whole, found.group(1), rest, raw, values, depth)
            else:
                raise InterpolationSyntaxError(option, section, "'%s' must be followed by '%s' or '%s', found: %r" % (mark, mark, opening, rest))
        return out


class BasicInterpolation(_References):
    _mark, _opening, _reference = "%", "(", r"%\(([^)]+)\)s"

    def _value(self, parser, section, option, whole, reference, rest, raw, values, depth):
        name = parser.optionxform(reference)
        if name not in values:
            raise InterpolationMissingOptionError(option, section, raw, name)
        value = values[name]
        return self._expand(parser, section, option, whole, value, values, depth + 1) if "%" in value else value


class ExtendedInterpolation(_References):
    _mark, _opening, _reference = "$", "{", r"\$\{([^}]+)\}"

    def _value(self, parser, section, option, whole, reference, rest, raw, values, depth):
        path = reference.split(":")
        place, name = section, option
        try:
            if len(path) == 1:
                name = parser.optionxform(path[0])
                value = values[name]
            elif len(path) == 2:
                place, name = path[0], parser.optionxform(path[1])
                value = parser.get(place, name, raw=True)
            else:
                raise InterpolationSyntaxError(option, section, "More than one ':' found: %r" % (rest,))
        except (KeyError, NoSectionError, NoOptionError):
            raise InterpolationMissingOptionError(option, section, raw, ":".join(path)) from None
        if "$" not in value:
            return value
        inner = values if place == section else dict(parser.items(place, raw=True))
        return self._expand(parser, place, name, value, value, inner, depth + 1)


class RawConfigParser(_MutableMapping):
    BOOLEAN_STATES = {"1": True, "yes": True, "true": True, "on": True, "0": False, "no": False, "false": False, "off": False}
    SECTCRE = _re.compile(r"\[(?P<header>.+)\]")
    _default_interpolation = Interpolation()

    def __init__(
        self,
        defaults=None,
        dict_type=dict,
        allow_no_value=False,
        *,
        delimiters=("=", ":"),
        comment_prefixes=("#", ";"),
        inline_comment_prefixes=None,
        strict=True,
        empty_lines_in_values=True,
        default_section=DEFAULTSECT,
        interpolation=_missing,
        converters=_missing,
        allow_unnamed_section=False,
    ):
        self._sections = {}
        self._defaults = {}
        self._delimiters = tuple(delimiters)
        self._comments = tuple(comment_prefixes or ())
        self._inline = tuple(inline_comment_prefixes or ())
        self._strict = strict
        self._allow_no_value = allow_no_value
        self._empty_lines = empty_lines_in_values
        self.default_section = default_section
        self._interpolation = self._default_interpolation if interpolation is _missing else interpolation or Interpolation()
        self.converters = {"int": int, "float": float, "boolean": self._convert_to_boolean}
        if converters is not _missing:
            self.converters.update(converters)
            for name in converters:
                self._add_converter(name)
        for key, value in (defaults or {}).items():
            self._defaults[self.optionxform(key)] = self._default_value(value)

    def _default_value(self, value):
        return value

    def _add_converter(self, name):
        def get(section, option, *, raw=False, vars=None, fallback=_missing):
            return self._get_converted(name, section, option, raw, vars, fallback)

        setattr(self, "get" + name, get)

    def defaults(self):
        return self._defaults

    def sections(self):
        return list(self._sections)

    def add_section(self, section):
        if section == self.default_section:
            raise ValueError("Invalid section name: %r" % section)
        if section in self._sections:
            raise DuplicateSectionError(section)
        self._sections[section] = {}

    def has_section(self, section):
        return section in self._sections

    def options(self, section):
        if section not in self._sections:
            raise NoSectionError(section)
        return list({**self._sections[section], **self._defaults})

    def read(self, filenames, encoding=None):
        from os import fspath

        if isinstance(filenames, (str, bytes)) or hasattr(filenames, "__fspath__"):
            filenames = [filenames]
        done = []
        for name in filenames:
            try:
                with open(name, encoding=encoding) as file:
                    self.read_file(file, fspath(name))
            except FileNotFoundError:
                continue
            done.append(fspath(name))
        return done

    def read_file(self, f, source=None):
        if source is None:
            source = getattr(f, "name", "<???>")
        self._read(f, source)

    def read_string(self, string, source="<string>"):
        self._read(string.splitlines(True), source)

    def read_dict(self, dictionary, source="<dict>"):
        added = set()
        for section, keys in dictionary.items():
            try:
                self.add_section(section)
            except (DuplicateSectionError, ValueError):
                if self._strict and section in added:
                    raise
            added.add(section)
            for key, value in keys.items():
                key = self.optionxform(str(key))
                if self._strict and (section, key) in added:
                    raise DuplicateOptionError(section, key, source)
                added.add((section, key))
                self.set(section, key, None if value is None else str(value))

    def get(self, section, option, *, raw=False, vars=None, fallback=_missing):
        try:
            values = self._values(section, vars)
        except NoSectionError:
            if fallback is _missing:
                raise
            return fallback
        option = self.optionxform(option)
        if option not in values:
            if fallback is _missing:
                raise NoOptionError(option, section)
            return fallback
        value = values[option]
        return value if raw or value is None else self._interpolation.before_get(self, section, option, value, values)

    def _values(self, section, vars):
        own = {}
        if section in self._sections:
            own = self._sections[section]
        elif section != self.default_section:
            raise NoSectionError(section)
        given = {self.optionxform(key): None if value is None else str(value) for key, value in (vars or {}).items()}
        return {**self._defaults, **own, **given}

    def _get_converted(self, name, section, option, raw, vars, fallback):
        try:
            value = self.get(section, option, raw=raw, vars=vars)
        except (NoSectionError, NoOptionError):
            if fallback is _missing:
                raise
            return fallback
        return self.converters[name](value)

    def getint(self, section, option, *, raw=False, vars=None, fallback=_missing):
        return self._get_converted("int", section, option, raw, vars, fallback)

    def getfloat(self, section, option, *, raw=False, vars=None, fallback=_missing):
        return self._get_converted("float", section, option, raw, vars, fallback)

    def getboolean(self, section, option, *, raw=False, vars=None, fallback=_missing):
        return self._get_converted("boolean", section, option, raw, vars, fallback)

    def _convert_to_boolean(self, value):
        if value.lower() not in self.BOOLEAN_STATES:
            raise ValueError("Not a boolean: %s" % value)
        return self.BOOLEAN_STATES[value.lower()]

    def items(self, section=_missing, raw=False, vars=None):
        if section is _missing:
            return [(name, self[name]) for name in self]
        values = dict(self._defaults)
        if section in self._sections:
            values.update(self._sections[section])
        elif section != self.default_section:
            raise NoSectionError(section)
        own = list(values)
        for key, value in (vars or {}).items():
            values[self.optionxform(key)] = value
        if raw:
            return [(key, values[key]) for key in own]
        return [(key, values[key] and self._interpolation.before_get(self, section, key, values[key], values)) for key in own]

    def popitem(self):
        for name in self._sections:
            section = self[name]
            del self[name]
            return name, section
        raise KeyError

    def optionxform(self, optionstr):
        return optionstr.lower()

    def has_option(self, section, option):
        option = self.optionxform(option)
        if not section or section == self.default_section:
            return option in self._defaults
        return section in self._sections and (option in self._sections[section] or option in self._defaults)

    def set(self, section, option, value=None):
        if value:
            value = self._interpolation.before_set(self, section, option, value)
        if not section or section == self.default_section:
            place = self._defaults
        elif section in self._sections:
            place = self._sections[section]
        else:
            raise NoSectionError(section)
        place[self.optionxform(option)] = value

    def write(self, fp, space_around_delimiters=True):
        delimiter = " %s " % self._delimiters[0] if space_around_delimiters else self._delimiters[0]
        for name, values in [(self.default_section, self._defaults)] * bool(self._defaults) + list(self._sections.items()):
            fp.write("[%s]\n" % name)
            for key, value in values.items():
                fp.write(key + ("" if value is None and self._allow_no_value else delimiter + str(value).replace("\n", "\n\t")) + "\n")
            fp.write("\n")

    def remove_option(self, section, option):
        if not section or section == self.default_section:
            place = self._defaults
        elif section in self._sections:
            place = self._sections[section]
        else:
            raise NoSectionError(section)
        return place.pop(self.optionxform(option), _missing) is not _missing

    def remove_section(self, section):
        return self._sections.pop(section, None) is not None

    def __getitem__(self, key):
        if key != self.default_section and key not in self._sections:
            raise KeyError(key)
        return SectionProxy(self, key)

    def __setitem__(self, key, value):
        if key in self and self[key] is value:
            return
        if key == self.default_section:
            self._defaults.clear()
        elif key in self._sections:
            self._sections[key].clear()
        self.read_dict({key: value})

    def __delitem__(self, key):
        if key == self.default_section:
            raise ValueError("Cannot remove the default section.")
        if key not in self._sections:
            raise KeyError(key)
        self.remove_section(key)

    def __contains__(self, key):
        return key == self.default_section or key in self._sections

    def __len__(self):
        return len(self._sections) + 1

    def __iter__(self):
        return iter([self.default_section, *self._sections])

    def _without_comment(self, line):
        cut = len(line)
        for prefix in self._inline:
            at = line.find(prefix)
            while at > 0 and not line[at - 1].isspace():
                at = line.find(prefix, at + 1)
            if at >= 0:
                cut = min(cut, at)
        return "" if line.strip().startswith(self._comments) else line[:cut]

    def _split_option(self, value):
        places = [at for at in (value.find(each) for each in self._delimiters) if at >= 0]
        if not places:
            return (value, None) if self._allow_no_value else None
        at = min(places)
        return value[:at].rstrip(), value[at + 1 :].strip()

    def _read(self, lines, source):
        added = set()
        values = section = option = failure = None
        indent = 0
        for number, line in enumerate(lines, 1):
            text = self._without_comment(line)
            value = text.strip()
            if not value:
                if self._empty_lines:
                    if text == line and values is not None and option and values[option] is not None:
                        values[option].append("")
                else:
                    indent = 10**9
                continue
            depth = len(line) - len(line.lstrip())
            if values is not None and option and depth > indent:
                values[option].append(value)
                continue
            indent = depth
            header = self.SECTCRE.match(value)
            if header:
                section, option = header.group("header"), None
                if section in self._sections:
                    if self._strict and section in added:
                        raise DuplicateSectionError(section, source, number)
                    values = self._sections[section]
                elif section == self.default_section:
                    values = self._defaults
                else:
                    values = self._sections[section] = {}
                added.add(section)
                continue
            if values is None:
                raise MissingSectionHeaderError(source, number, line)
            parts = self._split_option(value)
            if parts is None or not parts[0]:
                failure = failure or ParsingError(source)
                failure.append(number, repr(line))
                continue
            option = self.optionxform(parts[0])
            if self._strict and (section, option) in added:
                raise DuplicateOptionError(section, option, source, number)
            added.add((section, option))
            values[option] = None if parts[1] is None else [parts[1]]
        for each in [self._defaults, *self._sections.values()]:
            for name, value in each.items():
                if isinstance(value, list):
                    each[name] = "\n".join(value).rstrip()
        if failure:
            raise failure


class ConfigParser(RawConfigParser):
    _default_interpolation = BasicInterpolation()

    def _default_value(self, value):
        return None if value is None else str(value)

    def set(self, section, option, value=None):
        if not isinstance(option, str):
            raise TypeError("option keys must be strings")
        if not isinstance(value, str) and not (value is None and self._allow_no_value):
            raise TypeError("option values must be strings")
        RawConfigParser.set(self, section, option, value)

    def add_section(self, section):
        if not isinstance(section, str):
            raise TypeError("section names must be strings")
        RawConfigParser.add_section(self, section)


SafeConfigParser = ConfigParser


class SectionProxy(_MutableMapping):
    def __init__(self, parser, name):
        self._parser = parser
        self._name = name
        for each in parser.converters:
            setattr(self, "get" + each, self._getter(each))

    def _getter(self, kind):
        def get(option, fallback=None, *, raw=False, vars=None):
            return self._parser._get_converted(kind, self._name, option, raw, vars, fallback)

        return get

    def __repr__(self):
        return "<Section: {}>".format(self._name)

    def __getitem__(self, key):
        if not self._parser.has_option(self._name, key):
            raise KeyError(key)
        return self._parser.get(self._name, key)

    def __setitem__(self, key, value):
        self._parser.set(self._name, key, value)

    def __delitem__(self, key):
        if not (self._parser.has_option(self._name, key) and self._parser.remove_option(self._name, key)):
            raise KeyError(key)

    def __contains__(self, key):
        return self._parser.has_option(self._name, key)

    def _options(self):
        return list(self._parser.defaults()) if self._name == self._parser.default_section else self._parser.options(self._name)

    def __len__(self):
        return len(self._options())

    def __iter__(self):
        return iter(self._options())

    @property
    def parser(self):
        return self._parser

    @property
    def name(self):
        return self._name

    def get(self, option, fallback=None, *, raw=False, vars=None, **others):
        return self._parser.get(self._name, option, raw=raw, vars=vars, fallback=fallback)
