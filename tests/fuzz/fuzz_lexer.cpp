// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/lexer.h"
#include "python/sourcetext.h"

#include <cstdint>
#include <cstdlib>

using namespace stillroom::python;

namespace {

void check(bool holds)
{
    if (!holds)
        std::abort();
}

bool isBefore(Position a, Position b) { return a.line < b.line || (a.line == b.line && a.column <= b.column); }

/// Reads to the end of the text or to the first error. Every token stands in the text, behind the one before.
void readAll(const SourceText &source, bool acceptsPython2)
{
    const char *const begin = source.text.data();
    const char *const end = begin + source.text.size();
    Lexer lexer(source.text, source.isAscii, acceptsPython2);
    Position last{1, 0};
    std::size_t indents = 0;
    // A token has text, or it ends a line or changes the indentation, which a line does at most kMaxIndents times.
    std::size_t left = (source.text.size() + 2) * (Lexer::kMaxIndents + 2);
    for (;;) {
        Token token;
        try {
            lexer.next(token);
        } catch (const SyntaxFailure &failure) {
            check(!failure.message.empty() && failure.where.line >= 1);
            return;
        }
        check(left-- > 0);
        if (token.kind == TokenKind::EndOfFile) {
            check(indents == 0 || lexer.depth() > 0); // the parser tells of brackets that are left open
            return;
        }
        indents += token.kind == TokenKind::Indent ? 1 : 0;
        check(token.kind != TokenKind::Dedent || indents-- > 0);
        check(isBefore(last, token.start) && isBefore(token.start, token.end));
        last = token.start;
        check(token.begin == nullptr || (begin <= token.begin && token.begin <= token.stop && token.stop <= end));
        check(lexer.depth() >= 0 && lexer.depth() <= Lexer::kMaxBrackets);
        try {
            if (token.kind == TokenKind::FormattedStart && !lexer.skipFormatted(token))
                return;
        } catch (const SyntaxFailure &) {
            return;
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *bytes, std::size_t size)
{
    const auto source = readSource(QByteArray(reinterpret_cast<const char *>(bytes), static_cast<qsizetype>(size)));
    if (!source) {
        check(!source.error().message.empty());
        return 0;
    }
    readAll(*source, false);
    readAll(*source, true);
    return 0;
}
