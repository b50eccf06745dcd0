# SPDX-License-Identifier: GPL-3.0-or-later
# setuptools, "Package Discovery and Resource Access using pkg_resources": files of the project's own packages.
from pathlib import Path as _Path

import _stillroom


def _file(package, name):
    return _Path(_stillroom.package_folder(package if isinstance(package, str) else package.__name__)) / name


def resource_filename(package, name):
    return str(_file(package, name))


def resource_string(package, name):
    return _file(package, name).read_bytes()


def resource_stream(package, name):
    return _file(package, name).open("rb")


def resource_exists(package, name):
    return _file(package, name).exists()
