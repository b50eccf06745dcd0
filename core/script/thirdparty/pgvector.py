# SPDX-License-Identifier: GPL-3.0-or-later
# modules: pgvector.sqlalchemy pgvector.sqlalchemy.vector pgvector.sqlalchemy.halfvec pgvector.sqlalchemy.sparsevec pgvector.sqlalchemy.bit
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql


class _Vector(sa.types.UserDefinedType):
    cache_ok = True
    word = "VECTOR"

    def __init__(self, dim=None):
        self.dim = dim

    def get_col_spec(self, **kw):
        return self.word if self.dim is None else "%s(%d)" % (self.word, self.dim)


class VECTOR(_Vector):
    pass


class HALFVEC(_Vector):
    word = "HALFVEC"


class SPARSEVEC(_Vector):
    word = "SPARSEVEC"


class BIT(sa.types.TypeDecorator):
    impl = postgresql.BIT
    cache_ok = True


Vector = VECTOR
