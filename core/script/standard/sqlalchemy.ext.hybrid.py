# SPDX-License-Identifier: GPL-3.0-or-later
# SQLAlchemy 2.0, "Hybrid Attributes": a class gives the SQL expression, an object the value.

import sqlalchemy as _sa


class hybrid_method:
    def __init__(self, func, expr=None):
        self.func = func
        self.expr = expr or func

    def __get__(self, instance, owner):
        if instance is None:
            return lambda *args, **kwargs: self.expr(owner, *args, **kwargs)
        return lambda *args, **kwargs: self.func(instance, *args, **kwargs)

    def expression(self, expr):
        self.expr = expr
        return self


class hybrid_property:
    def __init__(self, fget, fset=None, fdel=None, expr=None, custom_comparator=None, update_expr=None):
        self.fget = fget
        self.fset = fset
        self.expr = expr
        self.__name__ = fget.__name__

    def __get__(self, instance, owner):
        if instance is not None:
            return self.fget(instance)
        made = (self.expr or self.fget)(owner)
        # A column and a function keep the name that they have.
        return made.label(self.__name__) if hasattr(made, "label") and not isinstance(made, _sa.Column) and not hasattr(made, "within_group") else made

    def __set__(self, instance, value):
        if self.fset is None:
            raise AttributeError("can't set attribute")
        self.fset(instance, value)

    def setter(self, fset):
        return hybrid_property(self.fget, fset, None, self.expr)

    def deleter(self, fdel):
        return self

    def expression(self, expr):
        return hybrid_property(self.fget, self.fset, None, getattr(expr, "__func__", expr))

    @property
    def inplace(self):
        return self
