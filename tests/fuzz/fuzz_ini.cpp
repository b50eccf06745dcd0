// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/ini.h"
#include "project/toml.h"

#include <cstdint>
#include <cstdlib>

using namespace stillroom;
using namespace stillroom::project;

namespace {

void check(bool holds)
{
    if (!holds)
        std::abort();
}

void checkError(const Error &error) { check(error.code == ErrorCode::ConfigurationSyntax && !error.detail.isEmpty()); }

void readIni(const QString &text)
{
    const auto ini = Ini::parse(text, QStringLiteral("alembic.ini"), {{QStringLiteral("here"), QStringLiteral("/project")}});
    if (!ini) {
        checkError(ini.error());
        return;
    }
    for (const QString &section : ini->sections()) {
        check(ini->hasSection(section));
        for (const QString &name : ini->names(section)) {
            const auto value = ini->value(section, name);
            if (!value)
                checkError(value.error());
            else
                check(value->has_value());
        }
    }
}

} // namespace

/// Whatever an alembic.ini or a pyproject.toml holds: values, or an error that has a place.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const QByteArray text(reinterpret_cast<const char *>(bytes), static_cast<qsizetype>(size));
    readIni(QString::fromUtf8(text));
    const auto table = parsePyProject(text, QStringLiteral("/project/pyproject.toml"));
    if (!table)
        checkError(table.error());
    return 0;
}
