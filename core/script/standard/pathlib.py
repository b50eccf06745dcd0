# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "pathlib": paths as text; reading asks the project's own folder alone.
import posixpath as _paths

import _stillroom


class PurePath:
    def __init__(self, *parts):
        self._text = _paths.join(*[str(part) for part in parts]) if parts else "."
        while len(self._text) > 1 and self._text.endswith("/"):
            self._text = self._text[:-1]
        while self._text.startswith("./") and len(self._text) > 2:
            self._text = self._text[2:]

    def __truediv__(self, other):
        return type(self)(self._text, str(other)) if self._text != "." else type(self)(str(other))

    def __rtruediv__(self, other):
        return type(self)(str(other), self._text)

    def joinpath(self, *parts):
        return type(self)(self._text, *parts)

    @property
    def name(self):
        return _paths.basename(self._text)

    @property
    def stem(self):
        return _paths.splitext(self.name)[0]

    @property
    def suffix(self):
        return _paths.splitext(self.name)[1]

    @property
    def parent(self):
        return type(self)(_paths.dirname(self._text) or ".")

    @property
    def parents(self):
        found = []
        path = self
        while path.parent._text != path._text:
            path = path.parent
            found.append(path)
        return found

    @property
    def parts(self):
        return tuple((["/"] if self._text.startswith("/") else []) + [part for part in self._text.split("/") if part])

    def with_suffix(self, suffix):
        return type(self)(_paths.splitext(self._text)[0] + suffix)

    def with_name(self, name):
        return self.parent / name

    def as_posix(self):
        return self._text

    def is_absolute(self):
        return self._text.startswith("/")

    def relative_to(self, other):
        start = str(other).rstrip("/") + "/"
        if not self._text.startswith(start):
            raise ValueError("%r is not in the subpath of %r" % (self._text, str(other)))
        return type(self)(self._text[len(start) :])

    def __str__(self):
        return self._text

    def __fspath__(self):
        return self._text

    def __repr__(self):
        return "PosixPath(%r)" % self._text

    def __eq__(self, other):
        return self._text == other._text if isinstance(other, PurePath) else NotImplemented

    def __lt__(self, other):
        return self._text < other._text if isinstance(other, PurePath) else NotImplemented

    def __hash__(self):
        return hash(self._text)


class Path(PurePath):
    @classmethod
    def cwd(cls):
        return cls(_stillroom.working_folder())

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

        if "/" in pattern or "**" in pattern:
            _stillroom.stop("the pattern %r looks through several folders, which is not followed here" % pattern)
        return [path for path in self.iterdir() if fnmatch(path.name, pattern)]


PosixPath = Path
PurePosixPath = PurePath
