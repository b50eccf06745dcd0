# SPDX-License-Identifier: GPL-3.0-or-later
from sqlalchemy.orm import DeclarativeBase, DeclarativeMeta, as_declarative, declarative_base, declared_attr, registry
