// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project.h"
#include "python/interpreter.h"
#include "revision/lanes.h"
#include "script/evaluation.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QTemporaryDir>

#include <algorithm>
#include <chrono>
#include <cstdio>

/// What the parts inside cost: making an interpreter, reading a header, evaluating a body, laying out lanes.
/// And reading a project again of which one script changed.
/// enginebench [FOLDER-OF-SCRIPTS] [REVISIONS]; a figure is the best of several rounds.
namespace {

using namespace stillroom;
using Clock = std::chrono::steady_clock;

template<class Work>
double bestMicroseconds(int rounds, Work work)
{
    double best = 0;
    for (int round = 0; round < rounds; ++round) {
        const auto start = Clock::now();
        work();
        const double taken = std::chrono::duration<double, std::micro>(Clock::now() - start).count();
        best = round == 0 ? taken : std::min(best, taken);
    }
    return best;
}

/// A history that forks and merges, about eight branches at a time.
std::vector<revision::Header> history(int count)
{
    QRandomGenerator random(7);
    std::vector<revision::Header> headers;
    QStringList open;
    for (int i = 0; i < count; ++i) {
        revision::Header header;
        header.id = QStringLiteral("%1").arg(i, 12, 16, QLatin1Char('0'));
        const quint32 dice = random.bounded(100U);
        if (dice < 5 && open.size() > 4) {
            header.downRevisions = {open.takeAt(random.bounded(open.size())), open.takeAt(random.bounded(open.size()))};
        } else if (!open.isEmpty()) {
            const qsizetype at = random.bounded(open.size());
            header.downRevisions = {open[at]};
            if (dice < 95 || open.size() > 12)
                open.removeAt(at);
        }
        open.append(header.id);
        headers.push_back(std::move(header));
    }
    return headers;
}

void lanes(int count)
{
    const revision::RevisionGraph graph(history(count));
    revision::LaneLayout layout;
    const double taken = bestMicroseconds(5, [&] { layout = revision::LaneLayout(graph); });
    const std::size_t rows = graph.revisions().size();
    std::size_t edges = 0;
    for (revision::Index row = 0; row < rows; ++row)
        edges += layout.edges(row).size();
    const std::size_t bytes = edges * sizeof(revision::LaneEdge) + rows * (sizeof(std::uint16_t) + sizeof(std::uint8_t) + sizeof(std::uint32_t));
    std::printf("%-46s %10.2f ms  (%zu rows, %zu edges, %d lanes, %.1f MB held)\n", "lanes", taken / 1000, rows, edges, layout.laneCount(),
                static_cast<double>(bytes) / 1e6);
}

void scripts(const QString &folder)
{
    const QDir directory(folder);
    QStringList files;
    for (const QString &name : directory.entryList({QStringLiteral("*.py")}, QDir::Files, QDir::Name).mid(0, 500))
        files.append(directory.filePath(name));
    if (files.isEmpty())
        return;
    const auto each = static_cast<double>(files.size());
    qsizetype found = 0;
    const double headers = bestMicroseconds(5, [&] {
        for (const QString &file : files)
            found += script::readHeader(file) ? 1 : 0;
    });
    std::vector<std::unique_ptr<script::Script>> loaded;
    const double loading = bestMicroseconds(5, [&] {
        loaded.clear();
        for (const QString &file : files) {
            if (auto script = script::Script::load(file))
                loaded.push_back(std::move(*script));
        }
    });
    const script::Environment environment;
    std::size_t operations = 0;
    const double bodies = bestMicroseconds(5, [&] {
        operations = 0;
        script::Evaluator evaluator;
        for (const auto &script : loaded) {
            script::CollectingSink sink;
            (void)script->evaluate(script::Direction::Upgrade, environment, sink, &evaluator);
            operations += sink.operations.size();
        }
    });
    std::printf("%-46s %10.2f us  (%lld read)\n", "read one header", headers / each, static_cast<long long>(found));
    std::printf("%-46s %10.2f us\n", "read and parse one script", loading / each);
    std::printf("%-46s %10.2f us  (%zu operations)\n", "evaluate one module and its upgrade()", bodies / each, operations);
}

void write(const QString &name, const QString &text)
{
    QFile file(name);
    if (file.open(QIODevice::WriteOnly))
        file.write(text.toUtf8());
}

void writeScript(const QString &folder, const revision::Header &header, const QString &message)
{
    QStringList parents;
    for (const QString &parent : header.downRevisions)
        parents << QStringLiteral("'%1'").arg(parent);
    write(QStringLiteral("%1/%2_step.py").arg(folder, header.id),
          QStringLiteral(
              "\"\"\"%1\n\nRevision ID: %2\nRevises:\nCreate Date: 2024-01-01 10:00:00\n\n\"\"\"\nfrom alembic import op\nimport sqlalchemy as sa\n\n"
              "revision = '%2'\ndown_revision = (%3)\n\n\ndef upgrade():\n    pass\n\n\ndef downgrade():\n    pass\n")
              .arg(message, header.id, parents.isEmpty() ? QStringLiteral("None") : parents.join(QStringLiteral(", "))));
}

/// What a window does when an editor saves one script of many, or when it cannot know what changed.
void readingAgain(int count)
{
    const QTemporaryDir folder;
    const QString versions = folder.filePath(QStringLiteral("m/versions"));
    QDir().mkpath(versions);
    write(folder.filePath(QStringLiteral("alembic.ini")), QStringLiteral("[alembic]\nscript_location = %(here)s/m\n"));
    write(folder.filePath(QStringLiteral("m/env.py")), QStringLiteral("from alembic import context\ncontext.configure(url='sqlite://')\n"));
    const std::vector<revision::Header> headers = history(count);
    for (const revision::Header &header : headers)
        writeScript(versions, header, QStringLiteral("as it was"));
    project::OpenOptions options;
    options.cacheFolder = folder.filePath(QStringLiteral("cache"));
    const auto whole = [&] { return project::Project::open(folder.path(), options); };
    const auto opened = whole();
    if (!opened)
        return;
    const revision::Header &changed = headers[headers.size() / 2];
    writeScript(versions, changed, QStringLiteral("changed"));
    const QStringList scripts{QStringLiteral("%1/%2_step.py").arg(versions, changed.id)};
    std::size_t revisions = 0;
    const double one = bestMicroseconds(10, [&] {
        const auto again = opened->withScriptsReadAgain(scripts);
        revisions = again ? again->graph().revisions().size() : 0;
    });
    const double all = bestMicroseconds(5, [&] { revisions = std::min(revisions, whole()->graph().revisions().size()); });
    std::printf("%-46s %10.2f ms  (%zu revisions)\n", "read again, one script changed", one / 1000, revisions);
    std::printf("%-46s %10.2f ms\n", "read again as a whole", all / 1000);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    constexpr int kInterpreters = 1000;
    const double making = bestMicroseconds(5, [] {
        for (int i = 0; i < kInterpreters; ++i)
            python::Interpreter interpreter(nullptr);
    });
    std::printf("%-46s %10.2f us\n", "make and drop one interpreter", making / kInterpreters);
    if (arguments.size() > 1)
        scripts(arguments[1]);
    lanes(arguments.size() > 2 ? arguments[2].toInt() : 100'000);
    readingAgain(arguments.size() > 2 ? arguments[2].toInt() : 10'000);
    return 0;
}
