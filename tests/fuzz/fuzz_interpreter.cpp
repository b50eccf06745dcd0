// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/interpreter.h"
#include "python/parser.h"

#include <cstdint>

using namespace stillroom;
using namespace stillroom::python;

/// Whatever a script does, it ends within its budget: with a result, an exception or a reason.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const QByteArray script(reinterpret_cast<const char *>(bytes), static_cast<qsizetype>(size));
    const Result<Tree> tree = parse(script, QStringLiteral("x.py"));
    if (!tree)
        return 0;
    Budget budget;
    budget.steps = 20'000;
    Interpreter interpreter(nullptr, budget);
    (void)interpreter.runModule(*tree, "x", QStringLiteral("x.py"));
    return 0;
}
