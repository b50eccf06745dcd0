// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QHash>
#include <QMap>
#include <QString>

#include <optional>

namespace stillroom::project {

/// An .ini file as Python's configparser.ConfigParser reads it, with its default arguments, which are Alembic's: "=" and ":"
/// delimit, "#" and ";" comment whole lines only, keys are lower-cased, indented lines continue a value, nothing may stand
/// twice, and `%(name)s` interpolates. Source: Python documentation, "configparser", "Supported INI File Structure".
class Ini {
public:
    struct Option {
        QString raw;
        int line = 0;
    };

    /// `defaults` join the DEFAULT section, as Alembic's `here` does. Error: ConfigurationSyntax with file and line.
    [[nodiscard]] static Result<Ini> parse(const QString &text, const QString &file, const QHash<QString, QString> &defaults);
    [[nodiscard]] bool hasSection(const QString &section) const { return m_sections.contains(section); }
    [[nodiscard]] QStringList sections() const { return m_order; }
    /// Names of a section's options and the defaults', sorted.
    [[nodiscard]] QStringList names(const QString &section) const;
    /// nullopt: not there. Error: ConfigurationSyntax, when interpolation fails.
    [[nodiscard]] Result<std::optional<QString>> value(const QString &section, const QString &name) const;
    [[nodiscard]] int line(const QString &section, const QString &name) const;

private:
    friend class IniReader;
    using Options = QMap<QString, Option>;
    [[nodiscard]] std::optional<Option> option(const QString &section, const QString &name) const;
    [[nodiscard]] Result<QString> interpolate(const QString &section, const QString &name, const QString &raw, int line, int depth) const;
    [[nodiscard]] Error syntax(int line, const QString &detail) const;

    QString m_file;
    QStringList m_order;
    QHash<QString, Options> m_sections;
    Options m_defaults;
};

} // namespace stillroom::project
