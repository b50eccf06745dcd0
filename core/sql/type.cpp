// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/type.h"

#include <tuple>

namespace stillroom::sql {

namespace {

bool sameType(const SqlTypePtr &a, const SqlTypePtr &b) { return a == b || (a && b && *a == *b); }

auto plainFields(const SqlType &t)
{
    return std::tie(t.family, t.name, t.length, t.precision, t.scale, t.timezone, t.collation, t.fields, t.varying, t.asText, t.nativeUuid,
                    t.createConstraint, t.constraintName, t.enumLabels, t.enumName, t.hasEnumName, t.schema, t.inheritSchema, t.nativeEnum,
                    t.createType, t.enumBelongsToMetadata, t.dimensions, t.options);
}

} // namespace

bool SqlType::operator==(const SqlType &other) const
{
    if (plainFields(*this) != plainFields(other) || !sameType(itemType, other.itemType) || variants.size() != other.variants.size())
        return false;
    for (auto mine = variants.begin(), theirs = other.variants.begin(); mine != variants.end(); ++mine, ++theirs) {
        if (mine->first != theirs->first || !sameType(mine->second, theirs->second))
            return false;
    }
    return true;
}

} // namespace stillroom::sql
