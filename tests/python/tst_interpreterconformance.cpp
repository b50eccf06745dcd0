// SPDX-License-Identifier: GPL-3.0-or-later
#include "besidecpython.h"
#include "scriptrun.h"

#include <QStandardPaths>

using namespace stillroom::python;

/// The language alone: tests/python/programs, without any module.
class InterpreterConformance : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(!QStandardPaths::findExecutable(QStringLiteral("python3")).isEmpty(), "python3 is not installed");
    }

    void programsPrintWhatCPythonPrints_data() { addProgramRows(QStringLiteral(STILLROOM_SOURCE_DIR "/tests/python/programs")); }
    void programsPrintWhatCPythonPrints()
    {
        QFETCH(QString, path);
        m_cases += compareWithCPython(path, [](const QByteArray &program) {
            ScriptRun run;
            const QString failed = QString::fromStdString(run.run(program));
            return Ending{QString::fromStdString(run.printed), failed};
        });
    }

    void thereAreAtLeastElevenHundredCases() { QVERIFY2(m_cases >= 1100, qPrintable(QString::number(m_cases))); }

private:
    qsizetype m_cases = 0;
};

QTEST_GUILESS_MAIN(InterpreterConformance)
#include "tst_interpreterconformance.moc"
