// SPDX-License-Identifier: GPL-3.0-or-later
#include "besidecpython.h"
#include "python/interpreter.h"
#include "python/parser.h"
#include "script/library.h"

#include <QStandardPaths>
#include <QTemporaryDir>

using namespace stillroom;

namespace {

/// A program run with everything that scripts may import, in a project's folder of its own.
class LibraryRun {
public:
    LibraryRun()
    {
        m_environment.projectRoot = m_environment.scriptDirectory = m_folder.path();
        m_environment.importRoots = {m_folder.path()};
    }

    python::Ending run(const QByteArray &program)
    {
        const QString file = QDir(m_folder.path()).filePath(QStringLiteral("script.py"));
        const auto tree = python::parse(program, file);
        if (!tree)
            return {{}, QStringLiteral("SyntaxError: ") + tree.error().detail};
        script::CollectingSink sink;
        script::Library library(m_environment, &sink, file);
        python::Interpreter interpreter(&library);
        library.attach(interpreter);
        std::string printed;
        interpreter.setOutput([&](std::string_view text) { printed += text; });
        const auto module = interpreter.runModule(*tree, "__main__", file);
        library.release();
        if (module)
            return {QString::fromStdString(printed), {}};
        const python::Failure &failure = module.error();
        const QString kind = failure.kind == python::Failure::Kind::Stopped ? QStringLiteral("Stopped") : failure.exceptionType;
        return {QString::fromStdString(printed), kind + QStringLiteral(": ") + failure.text};
    }

    [[nodiscard]] QString path() const { return m_folder.path(); }

private:
    QTemporaryDir m_folder;
    script::Environment m_environment;
};

} // namespace

/// The modules of the standard library, and the language together with them.
class StandardLibrary : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void programsPrintWhatCPythonPrints_data() { python::addProgramRows(QStringLiteral(STILLROOM_SOURCE_DIR "/tests/python/standard")); }
    void programsPrintWhatCPythonPrints()
    {
        QVERIFY2(!QStandardPaths::findExecutable(QStringLiteral("python3")).isEmpty(), "python3 is not installed");
        QFETCH(QString, path);
        (void)python::compareWithCPython(path, [](const QByteArray &program) { return LibraryRun().run(program); });
    }

    void whatReachesOutsideIsNotKnownAndSaysWhy_data()
    {
        QTest::addColumn<QByteArray>("program");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char *program, const char *reason) { QTest::newRow(program) << QByteArray(program) << QString::fromUtf8(reason); };
        row("import subprocess\nif subprocess.run(['id']): pass\n", "starts other programs");
        row("import socket\nif socket.socket(): pass\n", "reaches the network");
        row("import ctypes\nif ctypes.CDLL('libc.so.6'): pass\n", "calls machine code");
        row("import os\nif os.system('id'): pass\n", "starts or ends processes");
        row("import os\nif os.remove('x'): pass\n", "changes the machine");
        row("import os\nif os.urandom(4): pass\n", "depends on the machine");
        row("import random\nif random.random() > 2: pass\n", "a random value");
        row("import secrets\nif secrets.token_hex(): pass\n", "a random value");
        row("import zoneinfo\nif zoneinfo.ZoneInfo('Europe/Vienna'): pass\n", "tables of the machine");
        row("import sys\nif 'os' in sys.modules: pass\n", "depends on the Python");
        row("eval('1')\n", "made at run time");
        row("exec('x = 1')\n", "made at run time");
        row("__import__('os').popen('id').read() + ''\nif __import__('os').popen('id'): pass\n", "starts or ends processes");
        row("open('/etc/passwd')\n", "outside of the project");
        row("open('../../../../../../etc/passwd')\n", "outside of the project");
        row("open('/proc/self/environ')\n", "outside of the project");
        row("open('/dev/zero').read()\n", "outside of the project");
        row("from pathlib import Path\nPath('/etc/passwd').read_text()\n", "outside of the project");
        row("input()\n", "asks the person");
    }
    void whatReachesOutsideIsNotKnownAndSaysWhy()
    {
        QFETCH(QByteArray, program);
        QFETCH(QString, reason);
        const python::Ending ending = LibraryRun().run(program);
        QVERIFY2(ending.failed.startsWith(QLatin1String("Stopped: ")) && ending.failed.contains(reason), qPrintable(ending.failed));
    }

    void aRunawayScriptEndsWithinItsBudget_data()
    {
        QTest::addColumn<QByteArray>("program");
        int number = 0;
        for (const QString &program : python::casesOf(QStringLiteral(STILLROOM_SOURCE_DIR "/tests/python/runaway.txt")))
            QTest::newRow(qPrintable(QStringLiteral("%1: %2").arg(++number).arg(program.trimmed().right(70)))) << program.toUtf8();
    }
    void aRunawayScriptEndsWithinItsBudget()
    {
        QFETCH(QByteArray, program);
        const python::Ending ending = LibraryRun().run(program);
        const QString kind = ending.failed.section(QLatin1Char(':'), 0, 0);
        static const QStringList kEndings{QStringLiteral("Stopped"),
                                          QStringLiteral("RecursionError"),
                                          QStringLiteral("OverflowError"),
                                          QStringLiteral("MemoryError"),
                                          QStringLiteral("ValueError"),
                                          QStringLiteral("error"),
                                          QStringLiteral("RuntimeError"),
                                          QStringLiteral("TypeError"),
                                          QStringLiteral("InvalidOperation"),
                                          QStringLiteral("StopIteration"),
                                          QStringLiteral("KeyError"),
                                          QStringLiteral("Overflow"),
                                          QStringLiteral("InterpolationDepthError")};
        QVERIFY2(kEndings.contains(kind), qPrintable(ending.failed));
    }

    void aPipeInTheProjectIsNotRead()
    {
        LibraryRun run;
        const QString pipe = QDir(run.path()).filePath(QStringLiteral("pipe"));
        QCOMPARE(QProcess::execute(QStringLiteral("mkfifo"), {pipe}), 0);
        QCOMPARE(run.run("open('pipe').read()\n").failed.section(QLatin1Char(':'), 0, 0), QStringLiteral("OSError"));
        QCOMPARE(run.run("open('.').read()\n").failed.section(QLatin1Char(':'), 0, 0), QStringLiteral("IsADirectoryError"));
    }

    void aMissingArgumentIsATypeError_data()
    {
        QTest::addColumn<QByteArray>("program");
        for (const char *program : {"import os\nos.path.exists()\n", "import sys\nsys.stdout.write()\n", "import math\nmath.sqrt()\n",
                                    "import re\nre.compile('a').match('a').__getitem__()\n", "import re\nre.escape()\n", "b'a'.ljust(5, b'')\n"})
            QTest::newRow(program) << QByteArray(program);
    }
    void aMissingArgumentIsATypeError()
    {
        QFETCH(QByteArray, program);
        const QString failed = LibraryRun().run(program).failed;
        QVERIFY2(failed.startsWith(QLatin1String("TypeError")), qPrintable(failed));
    }
};

QTEST_GUILESS_MAIN(StandardLibrary)
#include "tst_standardlibrary.moc"
