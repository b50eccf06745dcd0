# SPDX-License-Identifier: GPL-3.0-or-later
# modules: geoalchemy2 geoalchemy2.types geoalchemy2.alembic_helpers
# operations: add_geospatial_column drop_geospatial_column create_geospatial_table drop_geospatial_table create_geospatial_index drop_geospatial_index
# The index of a spatial column is added where the program takes a column with `spatial_index` (core/script/lowering.cpp).
import sqlalchemy as sa
from _stillroom import stop
from alembic.operations import BatchOperations, Operations


class _GISType(sa.types.UserDefinedType):
    cache_ok = True
    name = "geometry"
    from_text = "ST_GeomFromEWKT"
    as_binary = "ST_AsEWKB"

    def __init__(self, geometry_type="GEOMETRY", srid=-1, dimension=None, spatial_index=True, use_N_D_index=False, use_typmod=None, management=False,
                 from_text=None, name=None, nullable=True, _spatial_index_reflected=None):
        if use_typmod is False or management:
            stop("a spatial column that AddGeometryColumn() manages is not supported")
        self.geometry_type = geometry_type.upper() if geometry_type else geometry_type
        self.srid = int(srid) if srid is not None else -1
        self.dimension = dimension
        self.use_N_D_index = use_N_D_index
        self.nullable = nullable
        self.spatial_index = spatial_index and not _spatial_index_reflected
        if name is not None:
            self.name = name
        if from_text is not None:
            self.from_text = from_text

    def bind_expression(self, bindvalue):
        return getattr(sa.func, self.from_text)(bindvalue)

    def column_expression(self, column):
        return getattr(sa.func, self.as_binary)(column)

    def get_col_spec(self, **kw):
        if not self.geometry_type:
            return self.name
        return "%s(%s,%d)" % (self.name, self.geometry_type, self.srid)


class Geometry(_GISType):
    pass


class Geography(_GISType):
    name = "geography"
    from_text = "ST_GeogFromText"
    as_binary = "ST_AsBinary"


class Raster(_GISType):
    name = from_text = as_binary = "raster"

    def __init__(self, spatial_index=True, from_text=None, name=None, nullable=True, _spatial_index_reflected=None):
        super().__init__(None, spatial_index=spatial_index, name=name, nullable=nullable, _spatial_index_reflected=_spatial_index_reflected)


# --- the directives that its autogenerate writes ---

def _without_index(column):
    if getattr(column.type, "spatial_index", False):
        column.type.spatial_index = False
    return column


def _only_postgresql(operations):
    if operations.migration_context.dialect.name != "postgresql":
        stop("a spatial column on SQLite is made by SpatiaLite's own functions, which is not supported")


@Operations.register_operation("add_geospatial_column")
class AddGeospatialColumnOp:
    @classmethod
    def add_geospatial_column(cls, operations, table_name, column, schema=None):
        _only_postgresql(operations)
        operations.add_column(table_name, _without_index(column), schema=schema)


@Operations.register_operation("drop_geospatial_column")
class DropGeospatialColumnOp:
    @classmethod
    def drop_geospatial_column(cls, operations, table_name, column_name, schema=None, **kw):
        _only_postgresql(operations)
        operations.drop_column(table_name, column_name, schema=schema, **kw)


@Operations.register_operation("create_geospatial_table")
class CreateGeospatialTableOp:
    @classmethod
    def create_geospatial_table(cls, operations, table_name, *columns, **kw):
        _only_postgresql(operations)
        return operations.create_table(table_name, *columns, **kw)


@Operations.register_operation("drop_geospatial_table")
class DropGeospatialTableOp:
    @classmethod
    def drop_geospatial_table(cls, operations, table_name, schema=None, **kw):
        _only_postgresql(operations)
        operations.drop_table(table_name, schema=schema, **kw)


@Operations.register_operation("create_geospatial_index")
class CreateGeospatialIndexOp:
    @classmethod
    def create_geospatial_index(cls, operations, index_name, *where, **kw):
        _only_postgresql(operations)
        operations.create_index(index_name, *where, **kw)


@Operations.register_operation("drop_geospatial_index")
class DropGeospatialIndexOp:
    @classmethod
    def drop_geospatial_index(cls, operations, index_name, table_name=None, column_name=None, schema=None, unique=False, **kw):
        _only_postgresql(operations)
        if isinstance(operations, BatchOperations):
            operations.drop_index(index_name, **kw)
        else:
            operations.drop_index(index_name, table_name=table_name, schema=schema, **kw)
