# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "os": what needs no machine. os.environ is the program's own (basics.cpp).
import _stillroom

curdir, pardir, extsep, altsep, pathsep, defpath, devnull = ".", "..", ".", None, ":", "/bin:/usr/bin", "/dev/null"
error = OSError
F_OK, X_OK, W_OK, R_OK = 0, 1, 2, 4


class PathLike:
    def __class_getitem__(cls, kind):
        return cls


def fspath(path):
    if isinstance(path, (str, bytes)):
        return path
    if hasattr(type(path), "__fspath__"):
        return path.__fspath__()
    raise TypeError("expected str, bytes or os.PathLike object, not " + type(path).__name__)


def fsdecode(path):
    path = fspath(path)
    return path.decode("utf-8") if isinstance(path, bytes) else path


def fsencode(path):
    path = fspath(path)
    return path.encode("utf-8") if isinstance(path, str) else path


def listdir(path="."):
    if _stillroom.file_kind(fspath(path)) != "folder":
        raise FileNotFoundError("[Errno 2] No such file or directory: %r" % fspath(path))
    return _stillroom.list_folder(fspath(path))


def walk(top, topdown=True, onerror=None, followlinks=False):
    from posixpath import join

    folders, files = [], []
    for name in listdir(top):
        (folders if _stillroom.file_kind(join(fspath(top), name)) == "folder" else files).append(name)
    if topdown:
        yield top, folders, files
    for name in folders:
        yield from walk(join(fspath(top), name), topdown, onerror, followlinks)
    if not topdown:
        yield top, folders, files


def get_exec_path(env=None):
    return _stillroom.unknown("os.get_exec_path() depends on the machine")


def _refused(why, names):
    def one(name):
        def refuse(*args, **keywords):
            return _stillroom.unknown("os.%s() %s" % (name, why))

        return refuse

    return map(one, names.split())


system, popen, fork, kill, execv, execvp, execl, spawnl, spawnv, posix_spawn, abort, _exit = _refused("starts or ends processes, which no script does here", "system popen fork kill execv execvp execl spawnl spawnv posix_spawn abort _exit")
remove, unlink, rename, replace, mkdir, makedirs, rmdir, removedirs, symlink, link, chmod, chown, chdir, truncate, putenv, unsetenv, utime = _refused("changes the machine, which no script does here", "remove unlink rename replace mkdir makedirs rmdir removedirs symlink link chmod chown chdir truncate putenv unsetenv utime")
getpid, getppid, getuid, getgid, getlogin, uname, cpu_count, urandom, times, stat, lstat, access, open, read, scandir, umask, getloadavg = _refused("depends on the machine", "getpid getppid getuid getgid getlogin uname cpu_count urandom times stat lstat access open read scandir umask getloadavg")
