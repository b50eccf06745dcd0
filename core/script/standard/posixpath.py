# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "os.path": the parts of it that need no disk; those that do ask the project's own folder alone.
import _stillroom

sep = "/"
altsep = None
pathsep = ":"
devnull = "/dev/null"
defpath = "/bin:/usr/bin"
supports_unicode_filenames = False
curdir = "."
pardir = ".."
extsep = "."


def _text(path):
    if isinstance(path, str):
        return path
    if hasattr(path, "__fspath__"):
        return path.__fspath__()
    raise TypeError("expected str, bytes or os.PathLike object, not " + type(path).__name__)


def join(first, *rest):
    path = _text(first)
    for part in map(_text, rest):
        if part.startswith("/"):
            path = part
        elif not path or path.endswith("/"):
            path += part
        else:
            path += "/" + part
    return path


def split(path):
    path = _text(path)
    cut = path.rfind("/") + 1
    head, tail = path[:cut], path[cut:]
    if head and head != "/" * len(head):
        head = head.rstrip("/")
    return head, tail


def basename(path): return split(path)[1]
def dirname(path): return split(path)[0]
def isabs(path): return _text(path).startswith("/")
def exists(path): return _stillroom.file_kind(_text(path)) != ""
def isfile(path): return _stillroom.file_kind(_text(path)) == "file"
def isdir(path): return _stillroom.file_kind(_text(path)) == "folder"
def lexists(path): return exists(path)
def normcase(path): return _text(path)
def splitdrive(path): return "", _text(path)


def expanduser(path):
    path = _text(path)
    return _stillroom.unknown("os.path.expanduser() depends on who runs the script") if path.startswith("~") else path


def expandvars(path):
    path = _text(path)
    return _stillroom.unknown("os.path.expandvars() depends on the machine") if "$" in path else path


def splitext(path):
    path = _text(path)
    name = path[path.rfind("/") + 1 :]
    bare = name.lstrip(".")
    dot = bare.rfind(".")
    if dot < 0:
        return path, ""
    length = len(bare) - dot
    return path[:-length], path[-length:]


def normpath(path):
    path = _text(path)
    if not path:
        return "."
    lead = "//" if path.startswith("//") and not path.startswith("///") else "/" if path.startswith("/") else ""
    parts = []
    for part in path.split("/"):
        if part in ("", "."):
            continue
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part != ".." or not lead:
            parts.append(part)
    return lead + "/".join(parts) or "."


def abspath(path):
    return normpath(path if isabs(path) else join(_stillroom.working_folder(), path))


realpath = abspath


def relpath(path, start="."):
    here = [part for part in abspath(start).split("/") if part]
    there = [part for part in abspath(path).split("/") if part]
    same = 0
    while same < min(len(here), len(there)) and here[same] == there[same]:
        same += 1
    return "/".join([".."] * (len(here) - same) + there[same:]) or "."


def commonprefix(paths):
    paths = list(paths)
    if not paths:
        return ""
    if not isinstance(paths[0], (list, tuple)):
        paths = [_text(path) for path in paths]
    low, high = min(paths), max(paths)
    for index, char in enumerate(low):
        if index >= len(high) or char != high[index]:
            return low[:index]
    return low


def commonpath(paths):
    paths = [_text(path) for path in paths]
    if not paths:
        raise ValueError("commonpath() arg is an empty sequence")
    if len({path.startswith("/") for path in paths}) > 1:
        raise ValueError("Can't mix absolute and relative paths")
    split_paths = [[part for part in path.split("/") if part and part != "."] for path in paths]
    same = commonprefix(split_paths)
    return ("/" if paths[0].startswith("/") else "") + "/".join(same)


def samefile(a, b):
    return realpath(a) == realpath(b)


def getsize(path):
    return len(_stillroom.read_file(_text(path)))


def __getattr__(name):
    return _stillroom.unknown("os.path.%s is not evaluated" % name)
