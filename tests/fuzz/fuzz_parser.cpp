// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/parser.h"

#include <cstdint>
#include <cstdlib>

using namespace stillroom;
using namespace stillroom::python;

namespace {

void check(bool holds)
{
    if (!holds)
        std::abort();
}

bool isBefore(Position a, Position b) { return a.line < b.line || (a.line == b.line && a.column <= b.column); }

void checkError(const Error &error)
{
    check(error.code == ErrorCode::ScriptSyntax || error.code == ErrorCode::ScriptIsPython2);
    check(error.line >= 1 && error.column >= 1 && !error.detail.isEmpty());
}

} // namespace

/// Whatever the bytes, parsing ends with a tree or an error that has a place, and what parse() accepts, parseTopLevel()
/// accepts with the same statements.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const QByteArray script(reinterpret_cast<const char *>(bytes), static_cast<qsizetype>(size));
    const Result<Tree> whole = parse(script, QStringLiteral("x.py"));
    const Result<Tree> top = parseTopLevel(script, QStringLiteral("x.py"));
    const Result<Tree> expression = parseExpression(script, QStringLiteral("x.py"));
    if (!expression)
        checkError(expression.error());
    if (!top)
        checkError(top.error());
    if (!whole) {
        checkError(whole.error());
        return 0;
    }
    check(top.has_value() && top->body().size() == whole->body().size());
    Position last{1, 1};
    for (std::size_t i = 0; i < whole->body().size(); ++i) {
        const Statement *statement = whole->body()[i];
        check(statement->kind == top->body()[i]->kind && statement->position == top->body()[i]->position);
        check(isBefore(last, statement->position) && isBefore(statement->position, statement->end));
        last = statement->position;
    }
    return 0;
}
