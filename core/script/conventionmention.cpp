// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/file.h"
#include "script/evaluation.h"

#include <QDir>
#include <QDirIterator>
#include <QRegularExpression>

namespace stillroom::script {

namespace {

constexpr int kMostFiles = 20'000;

/// Folders of other people's code, and hidden ones.
bool isForeign(const QFileInfo &folder)
{
    static const QStringList names{QStringLiteral("node_modules"), QStringLiteral("site-packages"), QStringLiteral("__pycache__")};
    return folder.fileName().startsWith(QLatin1Char('.')) || names.contains(folder.fileName()) ||
           QFileInfo::exists(folder.filePath() + QStringLiteral("/pyvenv.cfg"));
}

void readMention(const QByteArray &text, ConventionMention &mention)
{
    if (!text.contains("naming_convention"))
        return;
    mention.isThere = true;
    static const QRegularExpression format(QStringLiteral("[\"'](ix|uq|ck|fk|pk)[\"']\\s*:\\s*[^,}]*constraint_name"));
    for (auto each = format.globalMatch(QString::fromUtf8(text)); each.hasNext();) {
        const QString kind = each.next().captured(1);
        if (!mention.extended.contains(kind))
            mention.extended += kind;
    }
}

} // namespace

ConventionMention conventionsMentioned(const QString &folder, const QStringList &except)
{
    ConventionMention mention;
    QStringList folders{folder};
    int files = 0;
    while (!folders.isEmpty()) {
        const QDir here(folders.takeLast());
        for (const QFileInfo &each : here.entryInfoList(QDir::Dirs | QDir::Files | QDir::NoDotAndDotDot | QDir::NoSymLinks)) {
            if (each.isDir()) {
                if (!isForeign(each) && !except.contains(each.filePath()))
                    folders += each.filePath();
            } else if (each.suffix() == QLatin1String("py")) {
                if (++files > kMostFiles) {
                    mention.isThere = true;
                    return mention;
                }
                if (const auto text = readFile(each.filePath()))
                    readMention(*text, mention);
            }
        }
    }
    return mention;
}

} // namespace stillroom::script
