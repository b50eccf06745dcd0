# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "importlib.resources": files of the project's own packages.
import contextlib
from pathlib import Path as _Path

import _stillroom


def files(anchor):
    name = anchor if isinstance(anchor, str) else anchor.__name__
    return _Path(_stillroom.package_folder(name))


def as_file(path):
    return contextlib.nullcontext(path)


def path(package, *names):
    return contextlib.nullcontext(files(package).joinpath(*names))


def read_text(package, *names, encoding="utf-8", errors="strict"):
    return files(package).joinpath(*names).read_text(encoding=encoding)


def read_binary(package, *names):
    return files(package).joinpath(*names).read_bytes()


def open_text(package, *names, encoding="utf-8", errors="strict"):
    return files(package).joinpath(*names).open(encoding=encoding)


def open_binary(package, *names):
    return files(package).joinpath(*names).open("rb")


def is_resource(package, *names):
    return files(package).joinpath(*names).is_file()
