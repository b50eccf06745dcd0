// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "script/evaluation.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <initializer_list>

/// A project in a temporary folder, and its scripts' bodies evaluated.
namespace stillroom::script {

struct Evaluation {
    Result<BodyOutcome> outcome;
    std::vector<sql::Operation> operations;

    template<class T>
    [[nodiscard]] const T &operation(std::size_t index = 0) const
    {
        return std::get<T>(operations.at(index).kind);
    }
    [[nodiscard]] bool isComplete() const { return outcome && outcome->status == BodyStatus::Complete; }
    [[nodiscard]] QString reason() const { return outcome ? outcome->reason : QStringLiteral("error: ") + outcome.error().detail; }
};

class ProjectFolder {
public:
    ProjectFolder()
    {
        environment.projectRoot = m_folder.path();
        environment.importRoots = {m_folder.path()};
        environment.scriptDirectory = m_folder.path();
    }

    QString write(const QString &name, const QByteArray &text)
    {
        const QString path = QDir(m_folder.path()).filePath(name);
        QDir().mkpath(QFileInfo(path).absolutePath());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size())
            qFatal("cannot write %s", qPrintable(path));
        return path;
    }

    /// Evaluates the body of a whole script.
    Evaluation evaluate(const QByteArray &script, Direction direction = Direction::Upgrade)
    {
        const QString file = write(QStringLiteral("versions/abc_test.py"), script);
        auto loaded = Script::load(file);
        if (!loaded)
            return {std::unexpected(loaded.error()), {}};
        CollectingSink sink;
        auto outcome = (*loaded)->evaluate(direction, environment, sink, evaluator);
        return {std::move(outcome), std::move(sink.operations)};
    }

    /// Evaluates upgrade() made of these lines, under the usual imports.
    Evaluation upgrade(const QByteArray &lines)
    {
        QByteArray script = "from alembic import op\nimport sqlalchemy as sa\nfrom sqlalchemy.dialects import postgresql\n"
                            "revision = 'abc'\ndown_revision = None\n\ndef upgrade():\n";
        for (const QByteArray &line : lines.split('\n'))
            script += "    " + line + "\n";
        return evaluate(script + "    pass\n");
    }

    [[nodiscard]] QString path() const { return m_folder.path(); }
    Environment environment;
    Evaluator *evaluator = nullptr; ///< null: one for each body

private:
    QTemporaryDir m_folder;
};

/// Fails the test with the evaluation's own reason when it is not complete.
#define VERIFY_COMPLETE(evaluation) QVERIFY2((evaluation).isComplete(), qPrintable((evaluation).reason()))

} // namespace stillroom::script
