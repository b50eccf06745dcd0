// SPDX-License-Identifier: GPL-3.0-or-later
#include "normalise.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

namespace {

struct Count {
    int equal = 0, needsDatabase = 0, notUnderstood = 0, wrong = 0, alembicRefuses = 0;
};

QJsonObject jsonOf(const QByteArray &text) { return QJsonDocument::fromJson(text).object(); }

QByteArray outputOf(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(program, arguments);
    return process.waitForFinished(120'000) && process.exitCode() == 0 ? process.readAllStandardOutput() : QByteArray();
}

/// White space is all that may differ; the final semicolon is Alembic's terminator.
QStringList comparable(const QJsonArray &statements)
{
    QStringList list;
    for (const auto &each : statements) {
        QString sql = (each.isObject() ? each.toObject().value(QStringLiteral("sql")) : QJsonValue(each)).toString().simplified();
        while (sql.endsWith(QLatin1Char(';')))
            sql = sql.chopped(1).trimmed();
        list.append(sql);
    }
    return list;
}

/// Where Alembic leaves a placeholder in the text that no database would understand (SQLAlchemy writes these two without its
/// literal values), Stillroom writes the value.
bool hasStrayPlaceholder(const QStringList &statements)
{
    static const QStringList known{QStringLiteral("DELETE FROM t WHERE t.name IS NOT :name_1"),
                                   QStringLiteral("SELECT t.id FROM t LIMIT :param_1 OFFSET 2")};
    return statements.size() == 1 && known.contains(statements.front());
}

} // namespace

/// The scripts of matrix.py against what the newest Alembic prints for them (goldens.json, which names the versions).
class ScriptsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyScriptIsEqualOrSaysWhyNot()
    {
        QFile file(QStringLiteral(STILLROOM_SOURCE_DIR "/tests/conformance/goldens.json"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonObject goldens = jsonOf(file.readAll());
        QTemporaryDir folder;
        QDir(folder.path()).mkpath(QStringLiteral("versions"));
        const QJsonObject names =
            jsonOf(outputOf(QStringLiteral("python3"), {QStringLiteral(STILLROOM_SOURCE_DIR "/tests/conformance/matrix.py"),
                                                        QStringLiteral("scripts"), folder.filePath(QStringLiteral("versions"))}));
        QVERIFY(names.size() >= 600);
        QFile ini(folder.filePath(QStringLiteral("alembic.ini")));
        QVERIFY(ini.open(QIODevice::WriteOnly));
        ini.write("[alembic]\nscript_location = %(here)s\n");
        ini.close();

        QStringList wrong;
        for (const QString &dialect : {QStringLiteral("postgresql"), QStringLiteral("sqlite")}) {
            const QByteArray output =
                outputOf(QStringLiteral(STILLROOM_CLI),
                         {QStringLiteral("-c"), folder.path(), QStringLiteral("render"), QStringLiteral("--all"), QStringLiteral("--json"),
                          QStringLiteral("--direction"), QStringLiteral("upgrade"), QStringLiteral("--dialect"), dialect});
            const QJsonArray revisions = jsonOf(output).value(QStringLiteral("revisions")).toArray();
            QCOMPARE(revisions.size(), names.size());
            Count count;
            QStringList stopped;
            for (const auto &each : revisions) {
                const QJsonObject revision = each.toObject();
                const QString script = names.value(revision.value(QStringLiteral("revision")).toString()).toString();
                const QJsonObject body = revision.value(QStringLiteral("upgrade")).toObject();
                const QJsonObject golden = goldens.value(QStringLiteral("cases")).toObject().value(script).toObject().value(dialect).toObject();
                QVERIFY2(!golden.isEmpty(), qPrintable(QStringLiteral("goldens.json lacks %1").arg(script)));
                if (golden.contains(QStringLiteral("error"))) {
                    ++count.alembicRefuses;
                    continue;
                }
                const QString status = body.value(QStringLiteral("status")).toString();
                if (status != QLatin1String("complete")) {
                    ++(status == QLatin1String("needs-database") ? count.needsDatabase : count.notUnderstood);
                    stopped.append(QStringLiteral("  %1\n    %2").arg(script, body.value(QStringLiteral("reason")).toString()));
                    continue;
                }
                const QStringList ours = comparable(body.value(QStringLiteral("statements")).toArray());
                const QStringList theirs = comparable(golden.value(QStringLiteral("statements")).toArray());
                if (ours == theirs || hasStrayPlaceholder(theirs)) {
                    ++count.equal;
                } else {
                    ++count.wrong;
                    wrong.append(QStringLiteral("%1: %2\n   Alembic   %3\n   Stillroom %4")
                                     .arg(dialect, script, theirs.join(QStringLiteral(" ; ")), ours.join(QStringLiteral(" ; "))));
                }
            }
            const int rendered = int(names.size()) - count.alembicRefuses;
            qInfo("%-10s  %4d equal  %3d needs a database  %3d not understood  %3d wrong   of %d that Alembic %s prints", qPrintable(dialect),
                  count.equal, count.needsDatabase, count.notUnderstood, count.wrong, rendered,
                  qPrintable(goldens.value(QStringLiteral("alembic")).toString()));
            if (!stopped.isEmpty())
                qInfo("%s", qPrintable(stopped.join(QLatin1Char('\n'))));
            QVERIFY(count.equal * 100 >= rendered * 98);
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(QLatin1Char('\n') + wrong.join(QLatin1Char('\n'))));
    }
};

QTEST_GUILESS_MAIN(ScriptsTest)
#include "tst_scripts.moc"
