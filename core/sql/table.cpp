// SPDX-License-Identifier: GPL-3.0-or-later
#include "sql/table.h"

namespace stillroom::sql {

const Column *Table::column(const QString &columnName) const
{
    for (const Column &c : columns) {
        if (c.name.text == columnName)
            return &c;
    }
    return nullptr;
}

} // namespace stillroom::sql
