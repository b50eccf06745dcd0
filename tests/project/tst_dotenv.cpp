// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/dotenv.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace stillroom::project;

namespace {

/// "A=1|B=": what is set, "?" after a name whose value is not known.
QString read(const char *text)
{
    QStringList shown;
    for (const DotEnvEntry &entry : readDotEnv(QString::fromUtf8(text)))
        shown << entry.name + (!entry.missing.isEmpty() ? QStringLiteral("?") : entry.value ? QLatin1Char('=') + *entry.value : QString());
    return shown.join(QLatin1Char('|'));
}

void touch(const QString &file)
{
    QDir().mkpath(QFileInfo(file).path());
    QFile out(file);
    QVERIFY(out.open(QIODevice::WriteOnly));
}

} // namespace

class DotEnvTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // The cases are those of python-dotenv's own documentation and tests of its parser.
    void assignments_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("expected");
        const auto row = [](const char *name, const char *text, const char *expected) {
            QTest::newRow(name) << QByteArray(text) << QString::fromUtf8(expected);
        };
        row("plain", "a=b\n", "a=b");
        row("export", "export a=b\nexportb=c", "a=b|exportb=c");
        row("spaces", " a = b \n", "a=b");
        row("no value", "a\nb=", "a|b=");
        row("comment", "# no\na=b # c\nd=e#f\n", "a=b|d=e#f");
        row("single quotes", "a='b # c'\nd='e\\'f\\n'", "a=b # c|d=e'f\\n");
        row("double quotes", "a=\"b\\nc\" # d\ne=\"\\\"f\\\"\"", "a=b\nc|e=\"f\"");
        row("several lines in quotes", "a=\"b\nc\"\nd=e", "a=b\nc|d=e");
        row("quoted name", "'a b'=c", "a b=c");
        row("line that is none", "a b\nc=d", "c=d");
        row("unclosed quote", "a='b\nc=d", "c=d");
        row("text after the quotes", "a='b'c\nd=e", "d=e");
        row("windows line ends", "a=b\r\nc=d\r\n", "a=b|c=d");
        row("equals in the value", "url=postgresql+asyncpg://u:p@h/d?ssl=require", "url=postgresql+asyncpg://u:p@h/d?ssl=require");
        row("variables", "a=1\nb=${a}2\nc=${x:-3}\nd=${a:-9}", "a=1|b=12|c=3|d=1");
        row("variable nobody knows", "a=${HOST}/db\nb=${a}", "a?|b?");
        row("not a reference", "a=$b", "a=$b");
        row("unicode", "a=\xc3\xa0", "a=\xc3\xa0");
    }

    void assignments()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, expected);
        QCOMPARE(read(text.constData()), expected);
    }

    void linesAreCountedThroughQuotedText()
    {
        const auto entries = readDotEnv(QStringLiteral("a=1\n\nb=\"x\ny\"\nc=2\n"));
        QCOMPARE(entries.size(), 3u);
        QCOMPARE(entries[1].line, 3);
        QCOMPARE(entries[2].line, 5);
    }

    void theSearchGoesUpToTheRepositoryAndNotBeyond()
    {
        QTemporaryDir temporary;
        const QString top = QDir(temporary.path()).canonicalPath();
        QDir().mkpath(top + QStringLiteral("/repository/.git"));
        QDir().mkpath(top + QStringLiteral("/repository/backend/app"));
        touch(top + QStringLiteral("/.env"));
        const QString app = top + QStringLiteral("/repository/backend/app");
        QCOMPARE(findDotEnv(app), QString());
        touch(top + QStringLiteral("/repository/.env"));
        QCOMPARE(findDotEnv(app), top + QStringLiteral("/repository/.env"));
        touch(app + QStringLiteral("/.env"));
        QCOMPARE(findDotEnv(app), app + QStringLiteral("/.env"));
        QCOMPARE(repositoryAround(app), top + QStringLiteral("/repository"));
    }

    void outsideARepositoryOnlyTheParentIsLookedAt()
    {
        QTemporaryDir temporary;
        const QString top = QDir(temporary.path()).canonicalPath();
        QDir().mkpath(top + QStringLiteral("/a/b/c"));
        touch(top + QStringLiteral("/a/.env"));
        QCOMPARE(findDotEnv(top + QStringLiteral("/a/b")), top + QStringLiteral("/a/.env"));
        QCOMPARE(findDotEnv(top + QStringLiteral("/a/b/c")), QString());
    }
};

QTEST_GUILESS_MAIN(DotEnvTest)
#include "tst_dotenv.moc"
