// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QStringList>
#include <QTest>

#include <functional>

/// Programs that CPython runs beside us: both print the same, and end with the same exception type.
/// A .py file holds cases between lines `#%%`; a .lines file holds expressions, a tuple in each line.
namespace stillroom::python {

inline QStringList casesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QString text = QString::fromUtf8(file.readAll());
    QStringList cases;
    if (path.endsWith(QLatin1String(".lines"))) {
        for (const QString &line : text.split(QLatin1Char('\n')))
            if (!line.trimmed().isEmpty() && !line.startsWith(QLatin1Char('#')))
                cases << QStringLiteral("print(repr((%1)))\n").arg(line);
        return cases;
    }
    QString one;
    for (const QString &line : text.split(QLatin1Char('\n'))) {
        if (line.startsWith(QLatin1String("#%%"))) {
            if (!one.trimmed().isEmpty())
                cases << one;
            one.clear();
        } else {
            one += line + QLatin1Char('\n');
        }
    }
    if (!one.trimmed().isEmpty())
        cases << one;
    return cases;
}

/// Gives [[printed, exception type], …] of a JSON array of programs.
constexpr auto kDriver = R"(
import json, sys, io, types, warnings
warnings.simplefilter('ignore')
sys.setrecursionlimit(400)
out = []
real = sys.stdout
for program in json.load(sys.stdin):
    sys.stdout = io.StringIO()
    failed = ''
    module = sys.modules['__main__'] = types.ModuleType('__main__')
    module.__file__ = 'script.py'
    try:
        exec(compile(program, 'script.py', 'exec'), module.__dict__)
    except BaseException as e:
        failed = type(e).__name__
    out.append([sys.stdout.getvalue(), failed])
sys.stdout = real
json.dump(out, sys.stdout)
)";

/// What a program printed, and the exception that ended it ("ValueError: …"), if one did.
struct Ending {
    QString printed, failed;
};

inline QJsonArray runByCPython(const QStringList &cases)
{
    QProcess python;
    python.start(QStringLiteral("python3"), {QStringLiteral("-X"), QStringLiteral("utf8"), QStringLiteral("-c"), QString::fromUtf8(kDriver)});
    if (!python.waitForStarted())
        return {};
    python.write(QJsonDocument(QJsonArray::fromStringList(cases)).toJson());
    python.closeWriteChannel();
    if (!python.waitForFinished(60000))
        return {};
    const QJsonArray answers = QJsonDocument::fromJson(python.readAllStandardOutput()).array();
    if (answers.isEmpty())
        qWarning("%s", python.readAllStandardError().constData());
    return answers;
}

/// Fails the test with every difference. Gives the number of cases.
inline qsizetype compareWithCPython(const QString &path, const std::function<Ending(const QByteArray &)> &run)
{
    const QStringList cases = casesOf(path);
    const QJsonArray expected = runByCPython(cases);
    if (cases.isEmpty() || expected.size() != cases.size()) {
        QTest::qFail("the cases could not be run by CPython", __FILE__, __LINE__);
        return 0;
    }
    QStringList different;
    for (int i = 0; i < cases.size(); ++i) {
        const QJsonArray wanted = expected[i].toArray();
        const auto [printed, failed] = run(cases[i].toUtf8());
        if (printed == wanted[0].toString() && failed.section(QLatin1Char(':'), 0, 0) == wanted[1].toString())
            continue;
        const QStringList theirs = wanted[0].toString().split(QLatin1Char('\n'));
        const QStringList ours = printed.split(QLatin1Char('\n'));
        QString lines;
        for (qsizetype k = 0; k < std::max(theirs.size(), ours.size()); ++k)
            if (theirs.value(k) != ours.value(k))
                lines += QStringLiteral("line %1\n  CPython: %2\n  here:    %3\n").arg(k + 1).arg(theirs.value(k), ours.value(k));
        different << QStringLiteral("--- case %1:\n%2\n%3--- CPython: %4, here: %5\n")
                         .arg(i + 1)
                         .arg(cases[i].trimmed().left(1500), lines, wanted[1].toString(), failed);
    }
    for (const QString &d : different)
        qWarning("%s", qPrintable(d));
    if (!different.isEmpty())
        QTest::qFail(qPrintable(QStringLiteral("%1 of %2 differ").arg(different.size()).arg(cases.size())), __FILE__, __LINE__);
    return cases.size();
}

/// One row for each file of programs in a folder.
inline void addProgramRows(const QString &folder)
{
    QTest::addColumn<QString>("path");
    const QDir programs(folder);
    for (const QString &name : programs.entryList({QStringLiteral("*.py"), QStringLiteral("*.lines")}, QDir::Files, QDir::Name))
        QTest::newRow(qPrintable(name)) << programs.filePath(name);
}

} // namespace stillroom::python
