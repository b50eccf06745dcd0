# SPDX-License-Identifier: GPL-3.0-or-later
# modules: citext
import sqlalchemy as sa


class CIText(sa.types.UserDefinedType):
    cache_ok = True

    def __init__(self, length=None, *args, **kwargs):
        pass

    def get_col_spec(self, **kw):
        return "CITEXT"
