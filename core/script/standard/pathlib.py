# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "pathlib": paths as text; reading asks the project's own folder alone.
import posixpath as _paths

import _stillroom


class PurePath:
    def __new__(cls, *parts):
        made = object.__new__(cls)
        joined = _paths.join(*[part._text if isinstance(part, PurePath) else _paths._text(part) for part in parts]) if parts else ""
        root = "//" if joined.startswith("//") and not joined.startswith("///") else "/" if joined.startswith("/") else ""
        made._text = root + "/".join([part for part in joined.split("/") if part not in ("", ".")]) or "."
        return made

    def __init__(self, *parts):
        pass

    def with_segments(self, *parts):
        return type(self)(*parts)

    def __truediv__(self, other):
        return type(self)(self, other) if isinstance(other, (str, PurePath)) or hasattr(other, "__fspath__") else NotImplemented

    def __rtruediv__(self, other):
        return type(self)(other, self) if isinstance(other, str) else NotImplemented

    def joinpath(self, *parts):
        return type(self)(self, *parts)

    @property
    def root(self):
        return "//" if self._text.startswith("//") else "/" if self._text.startswith("/") else ""

    anchor = root
    drive = ""

    @property
    def parts(self):
        return ((self.root,) if self.root else ()) + tuple(part for part in self._text.split("/") if part and part != ".")

    @property
    def name(self):
        return "" if self._text == "." or not self._text.strip("/") else _paths.basename(self._text)

    @property
    def suffix(self):
        name = self.name
        dot = name.rfind(".")
        return name[dot:] if 0 < dot < len(name) - 1 else ""

    @property
    def suffixes(self):
        name = self.name
        return [] if name.endswith(".") else ["." + each for each in name.lstrip(".").split(".")[1:]]

    @property
    def stem(self):
        return self.name[: len(self.name) - len(self.suffix)]

    @property
    def parent(self):
        return type(self)(_paths.dirname(self._text) or ".") if self._text.strip("/") else self

    @property
    def parents(self):
        found = []
        path = self
        while path.parent._text != path._text:
            path = path.parent
            found.append(path)
        return tuple(found)

    def with_name(self, name):
        if not self.name:
            raise ValueError("%r has an empty name" % self)
        if not name or "/" in name or name == ".":
            raise ValueError("Invalid name %r" % name)
        return self.parent / name

    def with_stem(self, stem):
        return self.with_name(stem + self.suffix)

    def with_suffix(self, suffix):
        if "/" in suffix or suffix and not suffix.startswith(".") or suffix == ".":
            raise ValueError("Invalid suffix %r" % suffix)
        if not self.name:
            raise ValueError("%r has an empty name" % self)
        return self.with_name(self.stem + suffix)

    def as_posix(self):
        return self._text

    def as_uri(self):
        from urllib.parse import quote

        if not self.is_absolute():
            raise ValueError("relative path can't be expressed as a file URI")
        return "file://" + quote(self._text)

    def is_absolute(self):
        return self._text.startswith("/")

    def is_relative_to(self, other, *more):
        start = type(self)(other, *more).parts
        return self.parts[: len(start)] == start

    def relative_to(self, other, *more, walk_up=False):
        start = type(self)(other, *more)
        if walk_up or not self.is_relative_to(start):
            raise ValueError("%r is not in the subpath of %r OR one path is relative and the other is absolute." % (self._text, start._text))
        return type(self)(*self.parts[len(start.parts) :])

    def match(self, pattern):
        from fnmatch import fnmatchcase

        wanted, have = type(self)(pattern).parts, self.parts
        if not wanted:
            raise ValueError("empty pattern")
        if len(wanted) > len(have) or pattern.startswith("/") and len(wanted) != len(have):
            return False
        return all(fnmatchcase(part, each) for part, each in zip(reversed(have), reversed(wanted)))

    def __str__(self):
        return self._text

    def __fspath__(self):
        return self._text

    def __bytes__(self):
        return self._text.encode()

    def __repr__(self):
        return "%s(%r)" % (("PosixPath" if isinstance(self, Path) else "PurePosixPath") if type(self) in (Path, PurePath) else type(self).__name__, self._text)

    def __eq__(self, other):
        return self._text == other._text if isinstance(other, PurePath) else NotImplemented

    def __lt__(self, other):
        return self.parts < other.parts if isinstance(other, PurePath) else NotImplemented

    def __le__(self, other):
        return self.parts <= other.parts if isinstance(other, PurePath) else NotImplemented

    def __gt__(self, other):
        return self.parts > other.parts if isinstance(other, PurePath) else NotImplemented

    def __ge__(self, other):
        return self.parts >= other.parts if isinstance(other, PurePath) else NotImplemented

    def __hash__(self):
        return hash(self._text)


class Path(PurePath):
    @classmethod
    def cwd(cls):
        return cls(_stillroom.working_folder())

    @classmethod
    def home(cls):
        return _stillroom.unknown("Path.home() depends on who runs the script")

    def expanduser(self):
        return _stillroom.unknown("Path.expanduser() depends on who runs the script") if self._text.startswith("~") else self

    def resolve(self, strict=False):
        return type(self)(_paths.abspath(self._text))

    absolute = resolve

    def exists(self):
        return _paths.exists(self._text)

    def is_file(self):
        return _paths.isfile(self._text)

    def is_dir(self):
        return _paths.isdir(self._text)

    def read_bytes(self):
        return _stillroom.read_file(self._text)

    def read_text(self, encoding=None, errors=None, newline=None):
        return self.read_bytes().decode(encoding or "utf-8").replace("\r\n", "\n")

    def open(self, mode="r", buffering=-1, encoding=None, errors=None, newline=None):
        return open(self._text, mode, buffering, encoding, errors, newline)

    def iterdir(self):
        return [self / name for name in _stillroom.list_folder(self._text)]

    def glob(self, pattern):
        from fnmatch import fnmatch

        first, _, rest = pattern.partition("/")
        if "**" in pattern:
            _stillroom.stop("the pattern %r looks through several folders, which is not followed here" % pattern)
        if any(each in first for each in "*?["):
            found = [path for path in self.iterdir() if fnmatch(path.name, first)]
        else:
            found = [path for path in [self / first] if path.exists()]
        return [inner for path in found if path.is_dir() for inner in path.glob(rest)] if rest else found


PosixPath = Path
PurePosixPath = PurePath
