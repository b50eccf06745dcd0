# SPDX-License-Identifier: GPL-3.0-or-later
from sqlalchemy.orm import DeclarativeMeta, as_declarative, declarative_base, declarative_mixin, declared_attr
