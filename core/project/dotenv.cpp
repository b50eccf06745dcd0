// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/dotenv.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QRegularExpression>

namespace stillroom::project {

namespace {

QString withVariables(const QString &value, const QHash<QString, QString> &known)
{
    static const QRegularExpression reference(QStringLiteral("\\$\\{([^}:]+)(?::-([^}]*))?\\}"));
    QString out;
    qsizetype at = 0;
    auto matches = reference.globalMatch(value);
    while (matches.hasNext()) {
        const auto match = matches.next();
        out += value.mid(at, match.capturedStart() - at);
        out += known.value(match.captured(1), match.captured(2));
        at = match.capturedEnd();
    }
    return out + value.mid(at);
}

QString unescaped(const QString &quoted)
{
    QString out;
    for (qsizetype i = 0; i < quoted.size(); ++i) {
        if (quoted[i] != QLatin1Char('\\') || i + 1 >= quoted.size()) {
            out += quoted[i];
            continue;
        }
        const QChar next = quoted[++i];
        out += next == QLatin1Char('n')   ? QLatin1Char('\n')
               : next == QLatin1Char('t') ? QLatin1Char('\t')
               : next == QLatin1Char('r') ? QLatin1Char('\r')
                                          : next;
    }
    return out;
}

} // namespace

std::vector<DotEnvValue> parseDotEnv(const QString &text, const QString &file)
{
    static const QRegularExpression binding(QStringLiteral("^[ \\t]*(?:export[ \\t]+)?([^=\\s#'\"]+)[ \\t]*=[ \\t]*"
                                                           "(?:'((?:[^'\\\\]|\\\\.)*)'|\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\r\\n]*))"),
                                            QRegularExpression::MultilineOption | QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression comment(QStringLiteral("\\s+#.*$"));
    std::vector<DotEnvValue> values;
    QHash<QString, QString> known;
    auto matches = binding.globalMatch(text);
    while (matches.hasNext()) {
        const auto match = matches.next();
        DotEnvValue value;
        value.name = match.captured(1);
        value.file = file;
        value.line = static_cast<int>(QStringView(text).left(match.capturedStart(1)).count(QLatin1Char('\n'))) + 1;
        if (match.capturedStart(2) >= 0)
            value.value = QString(match.captured(2)).replace(QLatin1String("\\'"), QLatin1String("'"));
        else if (match.capturedStart(3) >= 0)
            value.value = withVariables(unescaped(match.captured(3)), known);
        else
            value.value = withVariables(QString(match.captured(4)).remove(comment).trimmed(), known);
        known.insert(value.name, value.value);
        values.push_back(std::move(value));
    }
    return values;
}

std::vector<DotEnvValue> findDotEnv(const QString &folder)
{
    QDir here(folder);
    for (;;) {
        const QString path = here.filePath(QStringLiteral(".env"));
        QFile file(path);
        if (QFileInfo(path).isFile() && file.open(QIODevice::ReadOnly))
            return parseDotEnv(QString::fromUtf8(file.readAll()), path);
        if (here.exists(QStringLiteral(".git")) || here.absolutePath() == QDir::homePath() || !here.cdUp())
            return {};
    }
}

} // namespace stillroom::project
