// SPDX-License-Identifier: GPL-3.0-or-later
#include "scriptrun.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

using namespace stillroom::python;

/// The programs in tests/python/programs run by CPython and by us print the same, and end with the same exception type.
/// A .py file holds cases between lines `#%%`; a .lines file holds an expression in each line.
class InterpreterConformance : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void programsPrintWhatCPythonPrints_data();
    void programsPrintWhatCPythonPrints();
    void thereAreAtLeastEightHundredCases();

private:
    qsizetype m_cases = 0;
};

namespace {

QString folder() { return QStringLiteral(STILLROOM_SOURCE_DIR "/tests/python/programs"); }

QStringList casesOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QString text = QString::fromUtf8(file.readAll());
    QStringList cases;
    if (path.endsWith(QLatin1String(".lines"))) {
        for (const QString &line : text.split(QLatin1Char('\n')))
            if (!line.trimmed().isEmpty() && !line.startsWith(QLatin1Char('#')))
                cases << QStringLiteral("print(repr(%1))\n").arg(line);
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
import json, sys, io, warnings
warnings.simplefilter('ignore')
sys.setrecursionlimit(400)
out = []
real = sys.stdout
for program in json.load(sys.stdin):
    sys.stdout = io.StringIO()
    failed = ''
    try:
        exec(compile(program, 'script.py', 'exec'), {'__name__': '__main__', '__file__': 'script.py'})
    except BaseException as e:
        failed = type(e).__name__
    out.append([sys.stdout.getvalue(), failed])
sys.stdout = real
json.dump(out, sys.stdout)
)";

} // namespace

void InterpreterConformance::initTestCase()
{
    if (QStandardPaths::findExecutable(QStringLiteral("python3")).isEmpty())
        QSKIP("python3 is not installed");
}

void InterpreterConformance::programsPrintWhatCPythonPrints_data()
{
    QTest::addColumn<QString>("path");
    const QDir programs(folder());
    for (const QString &name : programs.entryList({QStringLiteral("*.py"), QStringLiteral("*.lines")}, QDir::Files, QDir::Name))
        QTest::newRow(qPrintable(name)) << programs.filePath(name);
}

void InterpreterConformance::programsPrintWhatCPythonPrints()
{
    QFETCH(QString, path);
    const QStringList cases = casesOf(path);
    QVERIFY(!cases.isEmpty());
    m_cases += cases.size();
    QProcess python;
    python.start(QStringLiteral("python3"), {QStringLiteral("-X"), QStringLiteral("utf8"), QStringLiteral("-c"), QString::fromUtf8(kDriver)});
    QVERIFY(python.waitForStarted());
    python.write(QJsonDocument(QJsonArray::fromStringList(cases)).toJson());
    python.closeWriteChannel();
    QVERIFY(python.waitForFinished(60000));
    const QJsonArray expected = QJsonDocument::fromJson(python.readAllStandardOutput()).array();
    QVERIFY2(expected.size() == cases.size(), python.readAllStandardError().constData());
    QStringList different;
    for (int i = 0; i < cases.size(); ++i) {
        const QJsonArray wanted = expected[i].toArray();
        ScriptRun run;
        const QString failed = QString::fromStdString(run.run(cases[i].toUtf8()));
        const QString type = failed.section(QLatin1Char(':'), 0, 0);
        const QString printed = QString::fromStdString(run.printed);
        if (printed == wanted[0].toString() && type == wanted[1].toString())
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
    QVERIFY2(different.isEmpty(), qPrintable(QStringLiteral("%1 of %2 differ").arg(different.size()).arg(cases.size())));
}

void InterpreterConformance::thereAreAtLeastEightHundredCases() { QVERIFY2(m_cases >= 800, qPrintable(QString::number(m_cases))); }

QTEST_GUILESS_MAIN(InterpreterConformance)
#include "tst_interpreterconformance.moc"
