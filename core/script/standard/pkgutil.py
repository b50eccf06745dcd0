# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "pkgutil": data files of the project's own packages.
from pathlib import Path as _Path

import _stillroom


def get_data(package, resource):
    return (_Path(_stillroom.package_folder(package)) / resource).read_bytes()
