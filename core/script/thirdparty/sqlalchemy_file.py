# SPDX-License-Identifier: GPL-3.0-or-later
# modules: sqlalchemy_file sqlalchemy_file.types
import sqlalchemy as sa


class FileField(sa.types.TypeDecorator):
    impl = sa.JSON
    cache_ok = True

    def __init__(self, *args, **kwargs):
        super().__init__()


class ImageField(FileField):
    pass
