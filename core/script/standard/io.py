# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "io": text and bytes in memory.


class StringIO:
    _empty = ""

    def __init__(self, content=None, newline="\n"):
        self._content = self._empty if content is None else content
        self._at = 0

    def read(self, size=-1):
        end = len(self._content) if size is None or size < 0 else self._at + size
        piece = self._content[self._at : end]
        self._at += len(piece)
        return piece

    def readline(self):
        mark = "\n" if isinstance(self._empty, str) else b"\n"
        cut = self._content.find(mark, self._at)
        return self.read() if cut < 0 else self.read(cut + 1 - self._at)

    def readlines(self):
        return list(self)

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def readable(self):
        return True

    def write(self, piece):
        self._content = self._content[: self._at] + piece + self._content[self._at + len(piece) :]
        self._at += len(piece)
        return len(piece)

    def getvalue(self):
        return self._content

    def seek(self, at, whence=0):
        self._at = at if whence == 0 else len(self._content) + at
        return self._at

    def tell(self):
        return self._at

    def close(self):
        return None

    def flush(self):
        return None

    def __enter__(self):
        return self

    def __exit__(self, kind, value, trace):
        return None


class BytesIO(StringIO):
    _empty = b""


class TextIOWrapper(StringIO):
    pass


def open(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    import _stillroom

    if set(mode) & set("wax+"):
        _stillroom.stop("the script writes the file %r; nothing is written here" % str(file))
    if isinstance(file, int):
        _stillroom.stop("the script reads from a file descriptor, which is not followed here")
    content = _stillroom.read_file(file)
    if "b" in mode:
        opened = BytesIO(content)
    else:
        text = content.decode(encoding or "utf-8", errors or "strict")
        if newline is None:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        opened = TextIOWrapper(text)
    opened.name = file
    opened.mode = mode
    return opened
