# SPDX-License-Identifier: GPL-3.0-or-later
# Mutable types say nothing in SQL: as_mutable() gives the type back. Source: SQLAlchemy 2.0, "Mutation Tracking".


class MutableBase:
    @classmethod
    def coerce(cls, key, value):
        return value


class Mutable(MutableBase):
    @classmethod
    def as_mutable(cls, sqltype):
        return sqltype() if isinstance(sqltype, type) else sqltype

    @classmethod
    def associate_with(cls, sqltype):
        pass

    @classmethod
    def associate_with_attribute(cls, attribute):
        pass

    def changed(self):
        pass


class MutableDict(Mutable, dict):
    pass


class MutableList(Mutable, list):
    pass


class MutableSet(Mutable, set):
    pass


class MutableComposite(MutableBase):
    pass
