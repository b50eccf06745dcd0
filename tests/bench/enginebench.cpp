// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/interpreter.h"
#include "revision/lanes.h"
#include "script/evaluation.h"

#include <QCoreApplication>
#include <QDir>
#include <QRandomGenerator>

#include <algorithm>
#include <chrono>
#include <cstdio>

/// What the parts inside cost: making an interpreter, reading a header, evaluating a body, laying out lanes.
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
    return 0;
}
