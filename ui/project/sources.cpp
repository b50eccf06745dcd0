// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/sources.h"

#include <QCoreApplication>
#include <QDir>

namespace stillroom::ui {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("stillroom::ui::Project", text); }

} // namespace

QString shortPath(const QString &file, const QString &root)
{
    if (file.isEmpty())
        return {};
    const QString relative = QDir(root).relativeFilePath(file);
    return relative.startsWith(QStringLiteral("../..")) ? file : relative;
}

QString sourceName(project::Setting::Source source, const QString &file, int line, const QString &root)
{
    QString name;
    switch (source) {
    case project::Setting::Source::Default:
        return tr("default");
    case project::Setting::Source::Ini:
        name = QStringLiteral("alembic.ini");
        break;
    case project::Setting::Source::PyProject:
        name = QStringLiteral("pyproject.toml");
        break;
    case project::Setting::Source::EnvPy:
        name = QStringLiteral("env.py");
        break;
    case project::Setting::Source::DotEnv:
        name = QStringLiteral(".env");
        break;
    case project::Setting::Source::ProcessEnvironment:
        return tr("environment variable");
    case project::Setting::Source::User:
        return tr("given by you");
    }
    if (!file.isEmpty())
        name = shortPath(file, root);
    return line > 0 ? tr("%1, line %2").arg(name).arg(line) : name;
}

} // namespace stillroom::ui
