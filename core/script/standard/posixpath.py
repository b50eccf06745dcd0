# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "os.path": the parts of it that need no disk; those that do ask the project's own folder alone.
import _stillroom

sep = "/"
altsep = None
curdir = "."
pardir = ".."
extsep = "."


def join(first, *rest):
    path = str(first)
    for part in map(str, rest):
        if part.startswith("/"):
            path = part
        elif not path or path.endswith("/"):
            path += part
        else:
            path += "/" + part
    return path


def split(path):
    cut = str(path).rfind("/") + 1
    head, tail = str(path)[:cut], str(path)[cut:]
    if head and head != "/" * len(head):
        head = head.rstrip("/")
    return head, tail


def basename(path): return split(path)[1]
def dirname(path): return split(path)[0]
def isabs(path): return str(path).startswith("/")
def exists(path): return _stillroom.file_kind(str(path)) != ""
def isfile(path): return _stillroom.file_kind(str(path)) == "file"
def isdir(path): return _stillroom.file_kind(str(path)) == "folder"
def expanduser(path): return str(path)
def expandvars(path): return str(path)


def splitext(path):
    path = str(path)
    name = path[path.rfind("/") + 1 :]
    bare = name.lstrip(".")
    dot = bare.rfind(".")
    if dot < 0:
        return path, ""
    length = len(bare) - dot
    return path[:-length], path[-length:]


def normpath(path):
    path = str(path)
    if not path:
        return "."
    lead = "/" if path.startswith("/") else ""
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
    low, high = min(paths), max(paths)
    for index, char in enumerate(low):
        if index >= len(high) or char != high[index]:
            return low[:index]
    return low
