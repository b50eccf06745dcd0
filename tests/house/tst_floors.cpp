// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

/// The floors of the house (docs/architecture.md, "Floors"): a room links downwards only, and what it does not link it
/// cannot include.
class FloorsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyRoomHasAFloor();
    void noRoomLinksUpwards();
    void aRoomIncludesOnlyWhatItLinks_data();
    void aRoomIncludesOnlyWhatItLinks();

private:
    static const QHash<QString, int> &floors()
    {
        static const QHash<QString, int> table{
            {QStringLiteral("base"), 0},      {QStringLiteral("python"), 1},  {QStringLiteral("revision"), 1}, {QStringLiteral("sql"), 1},
            {QStringLiteral("script"), 2},    {QStringLiteral("dialect"), 2}, {QStringLiteral("project"), 3},  {QStringLiteral("database"), 3},
            {QStringLiteral("migration"), 4}, {QStringLiteral("check"), 5},   {QStringLiteral("ui"), 6},
        };
        return table;
    }
    static QHash<QString, QStringList> links()
    {
        QFile file(QStringLiteral(STILLROOM_BINARY_DIR "/room-links.txt"));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        QHash<QString, QStringList> table;
        const QStringList lines = QString::fromUtf8(file.readAll()).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        for (const QString &line : lines) {
            const qsizetype colon = line.indexOf(QLatin1Char(':'));
            table.insert(line.left(colon), line.mid(colon + 1).trimmed().split(QLatin1Char(';'), Qt::SkipEmptyParts));
        }
        return table;
    }
};

void FloorsTest::everyRoomHasAFloor()
{
    const auto table = links();
    QVERIFY(table.size() >= 10);
    for (auto room = table.begin(); room != table.end(); ++room)
        QVERIFY2(floors().contains(room.key()), qPrintable(room.key()));
}

void FloorsTest::noRoomLinksUpwards()
{
    const auto table = links();
    for (auto room = table.begin(); room != table.end(); ++room) {
        for (const QString &below : room.value())
            QVERIFY2(floors().value(below, 99) < floors().value(room.key()), qPrintable(room.key() + QStringLiteral(" links ") + below));
    }
}

void FloorsTest::aRoomIncludesOnlyWhatItLinks_data()
{
    QTest::addColumn<QString>("room");
    const auto table = links();
    for (auto room = table.begin(); room != table.end(); ++room)
        QTest::newRow(qPrintable(room.key())) << room.key();
}

/// Asks the compiler itself, with the very flags that the room is built with, which rooms' headers it finds.
void FloorsTest::aRoomIncludesOnlyWhatItLinks()
{
    QFETCH(QString, room);
    QFile commands(QStringLiteral(STILLROOM_BINARY_DIR "/compile_commands.json"));
    QVERIFY(commands.open(QIODevice::ReadOnly));
    const QString objectFolder = QStringLiteral("stillroom_%1.dir/").arg(room);
    QStringList flags;
    QString compiler;
    const QJsonArray entries = QJsonDocument::fromJson(commands.readAll()).array();
    for (const auto &entry : entries) {
        const QString command = entry.toObject().value(QStringLiteral("command")).toString();
        if (!command.contains(objectFolder))
            continue;
        QStringList words = QProcess::splitCommand(command);
        if (words.first().endsWith(QLatin1String("ccache")))
            words.removeFirst();
        compiler = words.first();
        for (const QString &word : std::as_const(words)) {
            if (word.startsWith(QLatin1String("-I")) || word.startsWith(QLatin1String("-std")))
                flags.append(word);
        }
        break;
    }
    QVERIFY2(!compiler.isEmpty(), "the room is not in compile_commands.json");

    const QHash<QString, QString> headers{
        {QStringLiteral("base"), QStringLiteral("base/error.h")},
        {QStringLiteral("python"), QStringLiteral("python/interpreter.h")},
        {QStringLiteral("revision"), QStringLiteral("revision/plan.h")},
        {QStringLiteral("sql"), QStringLiteral("sql/operation.h")},
        {QStringLiteral("script"), QStringLiteral("script/evaluation.h")},
        {QStringLiteral("dialect"), QStringLiteral("dialect/dialect.h")},
        {QStringLiteral("project"), QStringLiteral("project/project.h")},
        {QStringLiteral("database"), QStringLiteral("database/session.h")},
        {QStringLiteral("migration"), QStringLiteral("migration/runner.h")},
    };
    QTemporaryDir folder;
    QFile source(folder.filePath(QStringLiteral("include.cpp")));
    QVERIFY(source.open(QIODevice::WriteOnly));
    for (auto header = headers.begin(); header != headers.end(); ++header)
        source.write(QStringLiteral("#if __has_include(\"%1\")\nFINDS %2\n#endif\n").arg(header.value(), header.key()).toUtf8());
    source.close();
    QProcess process;
    process.start(compiler, flags + QStringList{QStringLiteral("-E"), QStringLiteral("-P"), source.fileName()});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 0);

    QStringList found;
    const QStringList lines = QString::fromUtf8(process.readAllStandardOutput()).split(QLatin1Char('\n'));
    for (const QString &line : lines) {
        if (line.startsWith(QLatin1String("FINDS ")))
            found.append(line.mid(6).trimmed());
    }
    QStringList allowed = links().value(room);
    if (headers.contains(room))
        allowed.append(room);
    allowed.removeAll(QStringLiteral("check"));
    found.sort();
    allowed.sort();
    QCOMPARE(found, allowed);
    if (room == QLatin1String("ui"))
        QVERIFY2(!found.contains(QStringLiteral("python")), "the window must not see the interpreter");
}

QTEST_GUILESS_MAIN(FloorsTest)
#include "tst_floors.moc"
