// SPDX-License-Identifier: GPL-3.0-or-later
#include "cpython.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

namespace stillroom::python {

QString cpythonPath() { return QStandardPaths::findExecutable(QStringLiteral("python3"), {QStringLiteral("/usr/bin")}); }

QString cpythonLibrary()
{
    QProcess process;
    process.start(cpythonPath(),
                  {QStringLiteral("-I"), QStringLiteral("-c"), QStringLiteral("import sysconfig; print(sysconfig.get_path('stdlib'))")});
    process.waitForFinished(-1);
    return QString::fromUtf8(process.readAllStandardOutput().trimmed());
}

CPythonTrees cpythonTreesOfFiles(const QStringList &files)
{
    QProcess process;
    process.start(cpythonPath(), {QStringLiteral("-I"), QStringLiteral(STILLROOM_SOURCE_DIR "/tests/python/dump_ast.py")});
    process.write(files.join(QLatin1Char('\n')).toUtf8());
    process.closeWriteChannel();
    process.waitForFinished(-1);
    CPythonTrees result;
    const QByteArray output = process.readAllStandardOutput();
    result.minorVersion = output.mid(2, output.indexOf('\n') - 2).toInt();
    for (qsizetype at = output.indexOf("\nFILE "); at >= 0; at = output.indexOf("\nFILE ", at + 1)) {
        const qsizetype begin = output.indexOf('\n', at + 1) + 1;
        const qsizetype end = output.indexOf("\n.\n", begin - 1);
        result.trees.append(output.mid(begin, end - begin));
    }
    return result;
}

CPythonTrees cpythonTrees(const QList<QByteArray> &scripts)
{
    const QTemporaryDir folder;
    QStringList files;
    for (const QByteArray &script : scripts) {
        files.append(folder.filePath(QStringLiteral("%1.py").arg(files.size())));
        QFile file(files.constLast());
        if (file.open(QIODevice::WriteOnly))
            file.write(script);
    }
    return cpythonTreesOfFiles(files);
}

} // namespace stillroom::python
