// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/codelexer.h"

#include <Qsci/qsciscintilla.h>

#ifndef STILLROOM_HAVE_KSYNTAXHIGHLIGHTING
#include <Qsci/qscilexerpython.h>
#include <Qsci/qscilexersql.h>
#endif

namespace stillroom::ui {

HighlightingBackend::~HighlightingBackend() = default;

QColor tokenColour(const EditorTokens &tokens, TokenKind kind)
{
    switch (kind) {
    case TokenKind::Text:
        return tokens.text;
    case TokenKind::Keyword:
        return tokens.keyword;
    case TokenKind::Type:
        return tokens.type;
    case TokenKind::String:
        return tokens.string;
    case TokenKind::Comment:
        return tokens.comment;
    case TokenKind::Number:
        return tokens.number;
    case TokenKind::Symbol:
        return tokens.symbol;
    case TokenKind::Function:
        return tokens.function;
    case TokenKind::Decorator:
        return tokens.decorator;
    case TokenKind::Problem:
        return tokens.problem;
    }
    return tokens.text;
}

#ifndef STILLROOM_HAVE_KSYNTAXHIGHLIGHTING

namespace {

// The key words of PostgreSQL, appendix C, that a migration meets, and SQLite's; lower case as Scintilla compares.
constexpr char kSqlWords[] =
    "add after all alter always analyze and any as asc attach autoincrement before begin between both by call cascade case cast check cluster "
    "collate column comment commit concurrently conflict constraint copy create cross current current_date current_time current_timestamp cycle "
    "data database deallocate default deferrable deferred definer delete desc detach distinct do domain drop each else elsif end enable escape "
    "except exclude "
    "exclusive execute exists explain extension external false fetch filter first following for force foreign from full function generated "
    "glob grant group having identity if ilike immediate immutable in include increment index inherit initially inner insert instead intersect into "
    "invoker is isnull join key language last lateral leading leakproof left level like limit local lock locked loop match materialized maxvalue "
    "merge "
    "minvalue natural new next no not nothing notnull nowait null nulls of off offset old on only operator option or order outer over owned owner "
    "parallel partition "
    "perform permissive placing plpgsql policy pragma preceding prepare primary privileges procedure publication raise range recursive references "
    "reindex release "
    "rename replace restart restrict restrictive return returning returns revoke right role rollback row rows rowid savepoint schema security "
    "select sequence session session_user set setof show similar skip stable start statement storage stored strict subscription table tablespace "
    "temp temporary "
    "then to trailing transaction trigger true truncate type unbounded union unique unlogged update user using vacuum valid validate values "
    "variadic view virtual volatile when where while window with within without";
constexpr char kSqlTypes[] =
    "array bigint bigserial bit blob bool boolean box bpchar bytea char character cidr citext date datetime daterange dec decimal double enum float "
    "float4 float8 hstore inet int int2 int4 int4range int8 int8range integer interval json jsonb line lseg ltree macaddr money nchar numeric "
    "numrange nvarchar oid path point "
    "polygon precision real record regclass serial smallint smallserial text time timestamp timestamptz timetz tsquery tsrange tstzrange tsvector "
    "uuid "
    "varbit varchar varying vector void xml zone";

class SqlLexer : public QsciLexerSQL {
public:
    explicit SqlLexer(QObject *parent) : QsciLexerSQL(parent)
    {
        setBackslashEscapes(false);
        setDottedWords(false);
        setFoldComments(false);
    }
    [[nodiscard]] const char *keywords(int set) const override
    {
        // Set 1 are Scintilla's words, set 5 its first user list.
        return set == 1 ? kSqlWords : set == 5 ? kSqlTypes : nullptr;
    }
};

class PythonLexer : public QsciLexerPython {
public:
    explicit PythonLexer(QObject *parent) : QsciLexerPython(parent)
    {
        setHighlightSubidentifiers(false);
        setIndentationWarning(QsciLexerPython::NoWarning);
    }
    [[nodiscard]] const char *keywords(int set) const override
    {
        return set == 1 ? "False None True and as assert async await break case class continue def del elif else except finally for from global if "
                          "import in is lambda match nonlocal not or pass raise return try while with yield"
                        : nullptr;
    }
};

TokenKind sqlKind(int style)
{
    switch (style) {
    case QsciLexerSQL::Comment:
    case QsciLexerSQL::CommentLine:
    case QsciLexerSQL::CommentDoc:
    case QsciLexerSQL::CommentLineHash:
        return TokenKind::Comment;
    case QsciLexerSQL::Number:
        return TokenKind::Number;
    case QsciLexerSQL::Keyword:
        return TokenKind::Keyword;
    case QsciLexerSQL::KeywordSet5:
        return TokenKind::Type;
    case QsciLexerSQL::SingleQuotedString:
        return TokenKind::String;
    case QsciLexerSQL::Operator:
        return TokenKind::Symbol;
    default:
        return TokenKind::Text; // "quoted" names are names
    }
}

TokenKind pythonKind(int style)
{
    switch (style) {
    case QsciLexerPython::Comment:
    case QsciLexerPython::CommentBlock:
        return TokenKind::Comment;
    case QsciLexerPython::Number:
        return TokenKind::Number;
    case QsciLexerPython::Keyword:
        return TokenKind::Keyword;
    case QsciLexerPython::DoubleQuotedString:
    case QsciLexerPython::SingleQuotedString:
    case QsciLexerPython::TripleSingleQuotedString:
    case QsciLexerPython::TripleDoubleQuotedString:
    case QsciLexerPython::DoubleQuotedFString:
    case QsciLexerPython::SingleQuotedFString:
    case QsciLexerPython::TripleSingleQuotedFString:
    case QsciLexerPython::TripleDoubleQuotedFString:
    case QsciLexerPython::UnclosedString:
        return TokenKind::String;
    case QsciLexerPython::ClassName:
    case QsciLexerPython::FunctionMethodName:
        return TokenKind::Function;
    case QsciLexerPython::Decorator:
        return TokenKind::Decorator;
    case QsciLexerPython::Operator:
        return TokenKind::Symbol;
    default:
        return TokenKind::Text;
    }
}

class BuiltInBackend : public HighlightingBackend {
public:
    [[nodiscard]] QString name() const override { return QStringLiteral("QScintilla"); }
    [[nodiscard]] QsciLexer *lexer(Language language, QsciScintilla *editor) override
    {
        switch (language) {
        case Language::PlainText:
            return nullptr;
        case Language::PostgreSql:
        case Language::Sqlite:
            return new SqlLexer(editor);
        case Language::Python:
            return new PythonLexer(editor);
        }
        return nullptr;
    }
    [[nodiscard]] TokenKind kindOf(Language language, int style) const override
    {
        switch (language) {
        case Language::PlainText:
            return TokenKind::Text;
        case Language::PostgreSql:
        case Language::Sqlite:
            return sqlKind(style);
        case Language::Python:
            return pythonKind(style);
        }
        return TokenKind::Text;
    }
};

} // namespace

std::unique_ptr<HighlightingBackend> HighlightingBackend::create() { return std::make_unique<BuiltInBackend>(); }

#endif

} // namespace stillroom::ui
