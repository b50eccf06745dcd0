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

QString defectWords(const revision::Defect &d)
{
    const QString who = d.revisions.join(QStringLiteral(", "));
    const QString files = d.files.join(QStringLiteral(", "));
    using Kind = revision::Defect::Kind;
    switch (d.kind) {
    case Kind::MissingParent:
        return tr("%1 names %2 as its parent, but no file has that revision.").arg(who, d.subject);
    case Kind::MissingDependency:
        return tr("%1 depends on %2, but no file has that revision.").arg(who, d.subject);
    case Kind::Cycle:
        return tr("These revisions follow each other in a circle: %1.").arg(who);
    case Kind::DependencyCycle:
        return tr("These revisions depend on each other in a circle: %1.").arg(who);
    case Kind::SelfLoop:
        return tr("%1 names itself as its parent.").arg(d.subject);
    case Kind::DuplicateRevision:
        return tr("Revision %1 stands in several files: %2.").arg(d.subject, files);
    case Kind::DuplicateBranchLabel:
        return tr("Branch label %1 is used by several revisions: %2.").arg(d.subject, who);
    case Kind::LabelIsRevision:
        return tr("Branch label %1 is also the name of a revision.").arg(d.subject);
    case Kind::IllegalCharacter:
        return tr("The name %1 holds a character that Alembic gives a meaning of its own.").arg(d.subject);
    case Kind::IdTooLong:
        return tr("Revision %1 is longer than the version table's column.").arg(d.subject);
    case Kind::PrefixCollision:
        return tr("Revision %1 is the beginning of another one's name: %2.").arg(d.subject, who);
    case Kind::UnreadableScript:
        return tr("%1 cannot be read.").arg(files.isEmpty() ? d.subject : files);
    }
    return {};
}

} // namespace stillroom::ui
