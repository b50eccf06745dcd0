// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/lexer.h"
#include "python/unicode.h"

#include <QTest>

#include <algorithm>

using namespace stillroom::python;

namespace {

struct Seen {
    TokenKind kind;
    std::string text;
    Position start;
    Position end;
};

std::vector<Seen> tokensOf(const std::string &source, bool acceptsPython2 = false)
{
    const bool isAscii = std::ranges::all_of(source, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    Lexer lexer(source, isAscii, acceptsPython2);
    std::vector<Seen> tokens;
    Token token;
    do {
        lexer.next(token);
        tokens.push_back({token.kind, std::string(token.text()), token.start, token.end});
    } while (token.kind != TokenKind::EndOfFile);
    return tokens;
}

std::vector<TokenKind> kindsOf(const std::string &source, bool acceptsPython2 = false)
{
    std::vector<TokenKind> kinds;
    for (const Seen &token : tokensOf(source, acceptsPython2))
        kinds.push_back(token.kind);
    return kinds;
}

/// "line:column text", or nothing.
QString failureOf(const std::string &source)
{
    try {
        tokensOf(source);
    } catch (const SyntaxFailure &failure) {
        return QStringLiteral("%1:%2 %3").arg(failure.where.line).arg(failure.where.column).arg(QString::fromStdString(failure.message));
    }
    return {};
}

using T = TokenKind;
using Kinds = std::vector<TokenKind>;

} // namespace

class TestLexer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void indentationBecomesTokens()
    {
        QCOMPARE(kindsOf("if a:\n  b\n  if c:\n      d\ne\n"),
                 (Kinds{T::If, T::Name, T::Colon, T::Newline, T::Indent, T::Name, T::Newline, T::If, T::Name, T::Colon, T::Newline, T::Indent,
                        T::Name, T::Newline, T::Dedent, T::Dedent, T::Name, T::Newline, T::EndOfFile}));
    }

    void openIndentationEndsWithTheFile()
    {
        QCOMPARE(kindsOf("if a:\n  b"), (Kinds{T::If, T::Name, T::Colon, T::Newline, T::Indent, T::Name, T::Newline, T::Dedent, T::EndOfFile}));
        QCOMPARE(kindsOf("if a:\n  b\n  "), (Kinds{T::If, T::Name, T::Colon, T::Newline, T::Indent, T::Name, T::Newline, T::Dedent, T::EndOfFile}));
    }

    void blankLinesAndCommentsHaveNoIndentation()
    {
        const Kinds expected{T::If, T::Name, T::Colon, T::Newline, T::Indent, T::Name, T::Newline, T::Name, T::Newline, T::Dedent, T::EndOfFile};
        QCOMPARE(kindsOf("if a:\n  b\n\n  c\n"), expected);
        QCOMPARE(kindsOf("if a:\n  b\n# x\n        # y\n   \t \n  c\n"), expected);
        QCOMPARE(kindsOf("if a:  # x\n\n# y\n  b  # z\n\f\n  c"), expected);
    }

    void emptySourcesHaveNoTokens()
    {
        for (const char *source : {"", "\n", "\n\n", "# x", "# x\n", "   ", "\f", "  # x\n\n"})
            QCOMPARE(kindsOf(source), Kinds{T::EndOfFile});
    }

    void tabsGoToTheNextEighthColumn()
    {
        QCOMPARE(kindsOf("if a:\n\tb\n\tc\n").size(), std::size_t{11});
        QCOMPARE(kindsOf("if a:\n  \tb\n  \tc\n").size(), std::size_t{11});
        QCOMPARE(failureOf("if a:\n\tb\n        c\n"), QStringLiteral("3:1 inconsistent use of tabs and spaces in indentation"));
        QCOMPARE(failureOf("if a:\n        b\n\tc\n"), QStringLiteral("3:1 inconsistent use of tabs and spaces in indentation"));
        QCOMPARE(failureOf("if a:\n  b\n c\n"), QStringLiteral("3:3 unindent does not match any outer indentation level"));
        QCOMPARE(kindsOf("if a:\n\tb\n        c\n", true).size(), std::size_t{11});
    }

    void aFormFeedBeginsTheColumnsAnew()
    {
        QCOMPARE(kindsOf("a\n\fb\n  \fc\n"), (Kinds{T::Name, T::Newline, T::Name, T::Newline, T::Name, T::Newline, T::EndOfFile}));
    }

    void bracketsJoinLines()
    {
        QCOMPARE(kindsOf("(a,  # x\n\n    b)\n"),
                 (Kinds{T::LeftParenthesis, T::Name, T::Comma, T::Name, T::RightParenthesis, T::Newline, T::EndOfFile}));
        QCOMPARE(failureOf("(]"), QStringLiteral("1:2 closing parenthesis ']' does not match opening parenthesis '('"));
        QCOMPARE(failureOf("(\n]"), QStringLiteral("2:1 closing parenthesis ']' does not match opening parenthesis '(' on line 1"));
        QCOMPARE(failureOf("a}"), QStringLiteral("1:2 unmatched '}'"));
    }

    void aBackslashJoinsLines()
    {
        QCOMPARE(kindsOf("a + \\\n  b\n"), (Kinds{T::Name, T::Plus, T::Name, T::Newline, T::EndOfFile}));
        QCOMPARE(kindsOf("if a:\n  b\n\\\n  c\n").size(), std::size_t{11});
        QCOMPARE(failureOf("a \\ b"), QStringLiteral("1:4 unexpected character after line continuation character"));
        QCOMPARE(failureOf("a \\"), QStringLiteral("1:4 unexpected EOF while parsing"));
    }

    void operatorsAreReadAsLongAsPossible()
    {
        const std::vector<Seen> tokens = tokensOf("a**=b//=c>>=d<<=e->f:=g...h..i!=j<=k");
        std::string operators;
        for (const Seen &token : tokens) {
            if (token.kind != T::Name && token.kind != T::Newline && token.kind != T::EndOfFile)
                operators += token.text + " ";
        }
        QCOMPARE(operators, std::string("**= //= >>= <<= -> := ... . . != <= "));
    }

    void keywordsAreNotNames()
    {
        QCOMPARE(
            kindsOf("False None True and as assert async await break class continue def del elif else except finally for from global if import in is "
                    "lambda nonlocal not or pass raise return try while with yield")
                .size(),
            std::size_t{37});
        for (const Seen &token : tokensOf("Falsee none true And a s asserts match case type _ print exec iff ifs yields"))
            QVERIFY(token.kind == T::Name || token.kind == T::Newline || token.kind == T::EndOfFile);
    }

    void columnsCountCodePoints()
    {
        const std::vector<Seen> tokens = tokensOf("é = 'ü𝄞' + x  # ß\n日本 = (ñ)\n");
        QCOMPARE(tokens[1].start, (Position{1, 3}));
        QCOMPARE(tokens[2].end, (Position{1, 9}));
        QCOMPARE(tokens[4].start, (Position{1, 12}));
        QCOMPARE(tokens[6].end, (Position{2, 3}));
        QCOMPARE(tokens[9].start, (Position{2, 7}));
        QCOMPARE(tokens[10].end, (Position{2, 9}));
    }

    void stringsMaySpanLines()
    {
        const std::vector<Seen> tokens = tokensOf("'''é\nü''' + x");
        QCOMPARE(tokens[0].end, (Position{2, 5}));
        QCOMPARE(tokens[2].start, (Position{2, 8}));
        QCOMPARE(tokensOf("'a\\\nb' c")[1].start, (Position{2, 4}));
        QCOMPARE(failureOf("x = 'a\\\\\n'"), QStringLiteral("1:5 unterminated string literal (detected at line 1)"));
        QCOMPARE(failureOf("x = '''a\n\n"), QStringLiteral("1:5 unterminated triple-quoted string literal (detected at line 2)"));
    }

    void prefixesBelongToStrings_data()
    {
        QTest::addColumn<QByteArray>("source");
        QTest::addColumn<bool>("isString");
        for (const char *prefix : {"r", "R", "b", "B", "u", "U", "br", "bR", "Br", "BR", "rb", "rB", "Rb", "RB"})
            QTest::newRow(prefix) << QByteArray(prefix) + "'a'" << true;
        for (const char *prefix : {"ub", "bu", "ur", "ru", "bb", "rr", "x", "brr", "bf", "fb", "uf", "ft"})
            QTest::newRow(prefix) << QByteArray(prefix) + "'a'" << false;
    }
    void prefixesBelongToStrings()
    {
        QFETCH(const QByteArray, source);
        QFETCH(const bool, isString);
        QCOMPARE(tokensOf(source.toStdString())[0].kind == T::String, isString);
    }

    void formattedStringsComeInPieces()
    {
        const std::string source = "f'a{{b{c:>{d}}e' x";
        Lexer lexer(source, true, false);
        Token token;
        lexer.next(token);
        QCOMPARE(token.kind, T::FormattedStart);
        const Token opening = token;
        FormattedPiece piece = lexer.formattedPiece(opening, false);
        QCOMPARE(piece.text, std::string_view("a{{b"));
        QVERIFY(piece.hasDoubledBrace);
        QCOMPARE(piece.endsWith, FormattedPiece::End::Field);
        lexer.next(token);
        QCOMPARE(token.text(), std::string_view("c"));
        lexer.next(token);
        QCOMPARE(token.kind, T::Colon);
        const Lexer::Field outer = lexer.field();
        piece = lexer.formattedPiece(opening, true);
        QCOMPARE(piece.text, std::string_view(">"));
        lexer.next(token);
        lexer.next(token);
        QCOMPARE(token.kind, T::RightBrace);
        lexer.setField(outer);
        QCOMPARE(lexer.formattedPiece(opening, true).endsWith, FormattedPiece::End::SpecificationEnd);
        lexer.setField({});
        piece = lexer.formattedPiece(opening, false);
        QCOMPARE(piece.text, std::string_view("e"));
        QCOMPARE(piece.endsWith, FormattedPiece::End::Quote);
        lexer.next(token);
        QCOMPARE(token.text(), std::string_view("x"));
        QCOMPARE(token.start, (Position{1, 18}));
    }

    void bodiesAreSkippedByIndentation_data()
    {
        QTest::addColumn<QByteArray>("body"); // behind "def f():"
        QTest::addColumn<int>("line");        // where `next` stands
        QTest::newRow("one line") << QByteArray(" pass\n") << 2;
        QTest::newRow("one line with a string") << QByteArray(" return ')'; '''\n''' # x\n") << 3;
        QTest::newRow("one line with brackets") << QByteArray(" g(\n1,\n2)\n") << 4;
        QTest::newRow("block") << QByteArray("\n  a\n  b\n") << 4;
        QTest::newRow("comment behind the colon") << QByteArray(" # x\n  a\n") << 3;
        QTest::newRow("text at the margin") << QByteArray("\n  '''\nnext = 1\n'''\n  a\n") << 6;
        QTest::newRow("brackets at the margin") << QByteArray("\n  g(\nnext\n)\n") << 5;
        QTest::newRow("comments at the margin") << QByteArray("\n  a\n# x\n\n  b\n\n# y\n") << 8;
        QTest::newRow("joined lines") << QByteArray("\n  a = \\\nnext\n") << 4;
        QTest::newRow("quotes in strings") << QByteArray("\n  a = '\"' + \"'\" + '\\'' + r'\\\\' '(' \n") << 3;
        QTest::newRow("quotes in comments") << QByteArray("\n  a # don't (\n") << 3;
        QTest::newRow("f-string with its own quotes inside") << QByteArray("\n  a = f'{d['(']}{{' f\"{'{'}\" \n") << 3;
        QTest::newRow("f-string with a specification") << QByteArray("\n  a = f'{b:{'('}>{c}}' + f'{x!r:)}'\n") << 3;
        QTest::newRow("f-string over lines") << QByteArray("\n  a = f'''{\n b}\nnext {c}\n'''\n") << 6;
        QTest::newRow("f-string with a name") << QByteArray("\n  a = f'\\N{EM DASH}{b}'\n") << 3;
        QTest::newRow("tabs") << QByteArray("\n\ta\n        b\n") << 4;
        QTest::newRow("nested") << QByteArray("\n  def g():\n    a\n  return g\n") << 5;
    }
    void bodiesAreSkippedByIndentation()
    {
        QFETCH(const QByteArray, body);
        QFETCH(const int, line);
        const std::string source = "def f():" + body.toStdString() + "next\n";
        Lexer lexer(source, true, false);
        Token token;
        do
            lexer.next(token);
        while (token.kind != T::Colon);
        QVERIFY(lexer.skipBody());
        lexer.next(token);
        QCOMPARE(token.text(), std::string_view("next"));
        QCOMPARE(token.start, (Position{line, 1}));
    }

    void bodiesThatDoNotEndAreNotSkipped()
    {
        for (const char *body : {"\n  (\n", "\n  '''\n", "\n  'a\n", "\n  )\n", "\n  f'{a'\n", "", "\n", "\n# x\n", "\n  a \\ b\n"}) {
            const std::string source = std::string("def f():") + body;
            Lexer lexer(source, true, false);
            Token token;
            do
                lexer.next(token);
            while (token.kind != T::Colon);
            QVERIFY2(!lexer.skipBody(), body);
        }
    }

    void charactersAreFoundByName_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<uint>("character");
        QTest::newRow("dash") << QByteArray("EM DASH") << 0x2014u;
        QTest::newRow("lower case") << QByteArray("no-break space") << 0xA0u;
        QTest::newRow("composed") << QByteArray("LATIN CAPITAL LETTER A WITH DIAERESIS") << 0xC4u;
        QTest::newRow("two marks") << QByteArray("GREEK SMALL LETTER IOTA WITH DIALYTIKA AND TONOS") << 0x390u;
        QTest::newRow("vietnamese") << QByteArray("LATIN SMALL LETTER A WITH CIRCUMFLEX AND DOT BELOW") << 0x1EADu;
        QTest::newRow("cyrillic") << QByteArray("CYRILLIC SMALL LETTER SHORT I") << 0x439u;
        QTest::newRow("digit") << QByteArray("DIGIT SEVEN") << 0x37u;
        QTest::newRow("beyond the plane") << QByteArray("SNAKE") << 0x1F40Du;
        QTest::newRow("no such mark") << QByteArray("LATIN SMALL LETTER A WITH TONOS") << 0u;
        QTest::newRow("no such composition") << QByteArray("LATIN SMALL LETTER Q WITH ACUTE") << 0u;
        QTest::newRow("unknown") << QByteArray("NO SUCH NAME") << 0u;
        QTest::newRow("empty") << QByteArray() << 0u;
    }
    void charactersAreFoundByName()
    {
        QFETCH(const QByteArray, name);
        QFETCH(const uint, character);
        QCOMPARE(static_cast<uint>(namedCharacter(name.toStdString()).value_or(0)), character);
    }
};

QTEST_GUILESS_MAIN(TestLexer)
#include "tst_lexer.moc"
