// SPDX-License-Identifier: GPL-3.0-or-later
#include "dialect/postgresqlparser.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <pg_query.h>

#include <algorithm>
#include <optional>

namespace stillroom::dialect {

namespace {

constexpr qsizetype kLongestParsed = 256 * 1024; ///< beyond it a statement is rows of data, and its first words tell enough

PostgreSqlSplit takeSplit(PgQuerySplitResult result)
{
    PostgreSqlSplit split;
    if (result.error) {
        split.problem = QString::fromUtf8(result.error->message);
        split.problemPosition = std::max(0, result.error->cursorpos - 1);
    }
    for (int i = 0; i < result.n_stmts; ++i)
        split.ranges.push_back({.start = result.stmts[i]->stmt_location, .length = result.stmts[i]->stmt_len});
    pg_query_free_split_result(result);
    return split;
}

QString text(const QJsonObject &object, const char *key) { return object.value(QLatin1String(key)).toString(); }
bool isSet(const QJsonObject &object, const char *key) { return object.value(QLatin1String(key)).toBool(); }
bool has(const QJsonObject &object, const char *key) { return object.contains(QLatin1String(key)); }
QJsonObject child(const QJsonObject &object, const char *key) { return object.value(QLatin1String(key)).toObject(); }
QJsonArray list(const QJsonObject &object, const char *key) { return object.value(QLatin1String(key)).toArray(); }

void putRelation(SqlPart &part, const QJsonObject &relation)
{
    // A field of a fixed type stands bare, one of several types within its type's name.
    const QJsonObject range = has(relation, "RangeVar") ? child(relation, "RangeVar") : relation;
    const QString schema = text(range, "schemaname");
    const QString name = text(range, "relname");
    if (!name.isEmpty())
        part.relations += schema.isEmpty() ? name : schema + QLatin1Char('.') + name;
}

void classifyDrop(SqlPart &part, const QJsonObject &drop)
{
    const QString type = text(drop, "removeType");
    part.kind = type == QLatin1String("OBJECT_TABLE")   ? SqlKind::DropTable
                : type == QLatin1String("OBJECT_INDEX") ? SqlKind::DropIndex
                                                        : SqlKind::Drop;
    if (isSet(drop, "concurrent"))
        part.transaction = TransactionNeed::Outside;
    for (const auto &object : list(drop, "objects")) {
        QStringList names;
        for (const auto &item : object.toObject().value(QLatin1String("List")).toObject().value(QLatin1String("items")).toArray()) {
            const QJsonObject string = child(item.toObject(), "String");
            names += has(string, "sval") ? text(string, "sval") : text(string, "str");
        }
        if (!names.isEmpty())
            part.relations += names.join(QLatin1Char('.'));
    }
}

void classifyTransaction(SqlPart &part, const QJsonObject &command)
{
    const QString kind = text(command, "kind");
    if (kind == QLatin1String("TRANS_STMT_BEGIN") || kind == QLatin1String("TRANS_STMT_START"))
        part.kind = SqlKind::Begin;
    else if (kind.startsWith(QLatin1String("TRANS_STMT_COMMIT")) || kind == QLatin1String("TRANS_STMT_PREPARE"))
        part.kind = SqlKind::Commit;
    else if (kind.startsWith(QLatin1String("TRANS_STMT_ROLLBACK")))
        part.kind = SqlKind::Rollback;
    else
        part.kind = SqlKind::Savepoint;
    part.isTransactionCommand = part.kind != SqlKind::Savepoint && kind != QLatin1String("TRANS_STMT_ROLLBACK_TO");
}

void classifyChange(SqlPart &part, const QJsonObject &statement, SqlKind kind)
{
    part.kind = kind;
    part.changesData = true;
    part.returnsRows = has(statement, "returningList") || has(statement, "returningClause");
    part.isBare = kind != SqlKind::Insert && !has(statement, "whereClause");
    putRelation(part, child(statement, "relation"));
}

bool isConcurrent(const QJsonObject &statement)
{
    const QJsonArray params = list(statement, "params");
    const bool asked = std::any_of(params.begin(), params.end(), [](const QJsonValue &param) {
        return text(child(param.toObject(), "DefElem"), "defname") == QLatin1String("concurrently");
    });
    return asked || isSet(statement, "concurrent");
}

bool detachesConcurrently(const QJsonObject &alter)
{
    const QJsonArray commands = list(alter, "cmds");
    return std::any_of(commands.begin(), commands.end(), [](const QJsonValue &command) {
        const QJsonObject definition = child(child(command.toObject(), "AlterTableCmd"), "def");
        return isSet(child(definition, "PartitionCmd"), "concurrent");
    });
}

/// Statements whose kind is all there is to say.
SqlKind plainKind(const QString &node)
{
    static const QHash<QString, SqlKind> kinds = {
        {QStringLiteral("CreateEnumStmt"), SqlKind::CreateType},
        {QStringLiteral("CompositeTypeStmt"), SqlKind::CreateType},
        {QStringLiteral("CreateDomainStmt"), SqlKind::CreateType},
        {QStringLiteral("CreateRangeStmt"), SqlKind::CreateType},
        {QStringLiteral("AlterEnumStmt"), SqlKind::AlterType},
        {QStringLiteral("AlterTypeStmt"), SqlKind::AlterType},
        {QStringLiteral("CreateFunctionStmt"), SqlKind::CreateFunction},
        {QStringLiteral("CreateTrigStmt"), SqlKind::CreateTrigger},
        {QStringLiteral("CommentStmt"), SqlKind::Comment},
        {QStringLiteral("GrantStmt"), SqlKind::Grant},
        {QStringLiteral("GrantRoleStmt"), SqlKind::Grant},
        {QStringLiteral("VariableSetStmt"), SqlKind::Set},
        {QStringLiteral("DoStmt"), SqlKind::Do},
    };
    return kinds.value(node, SqlKind::Other);
}

/// Statements that PostgreSQL refuses inside a transaction block, whatever they say.
bool isAlwaysOutside(const QString &node)
{
    static const QSet<QString> nodes = {QStringLiteral("CreatedbStmt"),        QStringLiteral("DropdbStmt"),
                                        QStringLiteral("AlterSystemStmt"),     QStringLiteral("CreateTableSpaceStmt"),
                                        QStringLiteral("DropTableSpaceStmt"),  QStringLiteral("CreateSubscriptionStmt"),
                                        QStringLiteral("DropSubscriptionStmt")};
    return nodes.contains(node);
}

void classify(SqlPart &part, const QString &node, const QJsonObject &s)
{
    const auto outsideIf = [&](bool condition) {
        if (condition)
            part.transaction = TransactionNeed::Outside;
    };
    part.kind = plainKind(node);
    outsideIf(isAlwaysOutside(node));
    if (node == QLatin1String("SelectStmt")) {
        part.kind = has(s, "intoClause") ? SqlKind::CreateTable : SqlKind::Select;
        part.returnsRows = part.kind == SqlKind::Select;
    } else if (node == QLatin1String("InsertStmt")) {
        classifyChange(part, s, SqlKind::Insert);
    } else if (node == QLatin1String("UpdateStmt")) {
        classifyChange(part, s, SqlKind::Update);
    } else if (node == QLatin1String("DeleteStmt")) {
        classifyChange(part, s, SqlKind::Delete);
    } else if (node == QLatin1String("MergeStmt")) {
        classifyChange(part, s, SqlKind::Insert);
    } else if (node == QLatin1String("CreateStmt")) {
        part.kind = SqlKind::CreateTable;
        putRelation(part, child(s, "relation"));
    } else if (node == QLatin1String("CreateTableAsStmt")) {
        const bool isView = text(s, "objtype") == QLatin1String("OBJECT_MATVIEW");
        part.kind = isView ? SqlKind::CreateView : SqlKind::CreateTable;
        putRelation(part, child(child(s, "into"), "rel"));
    } else if (node == QLatin1String("AlterTableStmt") || node == QLatin1String("RenameStmt")) {
        const bool isType = text(s, "objtype") == QLatin1String("OBJECT_TYPE") || text(s, "renameType") == QLatin1String("OBJECT_TYPE");
        part.kind = isType ? SqlKind::AlterType : SqlKind::AlterTable;
        putRelation(part, child(s, "relation"));
        outsideIf(detachesConcurrently(s));
    } else if (node == QLatin1String("DropStmt")) {
        classifyDrop(part, s);
    } else if (node == QLatin1String("IndexStmt")) {
        part.kind = SqlKind::CreateIndex;
        putRelation(part, child(s, "relation"));
        outsideIf(isSet(s, "concurrent"));
    } else if (node == QLatin1String("ViewStmt")) {
        part.kind = SqlKind::CreateView;
        putRelation(part, child(s, "view"));
    } else if (node == QLatin1String("TruncateStmt")) {
        part.kind = SqlKind::Truncate;
        part.changesData = true;
        for (const auto &relation : list(s, "relations"))
            putRelation(part, relation.toObject());
    } else if (node == QLatin1String("TransactionStmt")) {
        classifyTransaction(part, s);
    } else if (node == QLatin1String("CopyStmt")) {
        part.kind = SqlKind::Copy;
        part.changesData = isSet(s, "is_from");
        part.copiesFromStdin = isSet(s, "is_from") && !has(s, "filename");
        putRelation(part, child(s, "relation"));
    } else if (node == QLatin1String("VacuumStmt")) {
        part.kind = SqlKind::Vacuum;
        outsideIf(isSet(s, "is_vacuumcmd"));
    } else if (node == QLatin1String("ReindexStmt")) {
        const QString kind = text(s, "kind");
        const bool isWide = kind == QLatin1String("REINDEX_OBJECT_SCHEMA") || kind == QLatin1String("REINDEX_OBJECT_SYSTEM") ||
                            kind == QLatin1String("REINDEX_OBJECT_DATABASE");
        outsideIf(isWide || isConcurrent(s));
    } else if (node == QLatin1String("ClusterStmt")) {
        outsideIf(!has(s, "relation"));
    } else if (node == QLatin1String("DiscardStmt")) {
        outsideIf(text(s, "target") == QLatin1String("DISCARD_ALL"));
    } else if (node == QLatin1String("ExplainStmt") || node == QLatin1String("VariableShowStmt")) {
        part.returnsRows = true;
    }
}

/// Walks a whole parse tree.
class QuestionReader {
public:
    void read(const QJsonValue &value)
    {
        if (value.isArray()) {
            for (const auto &each : value.toArray())
                read(each);
        } else if (value.isObject()) {
            const QJsonObject object = value.toObject();
            for (auto it = object.begin(); it != object.end(); ++it)
                readMember(it.key(), it.value());
        }
    }
    [[nodiscard]] Question question() const
    {
        Question found = m_question;
        for (const NamedThing &relation : found.relations)
            found.readsAllColumns = found.readsAllColumns || found.columns.contains(relation.name); // its whole row
        for (const QString &range : m_ranges)
            found.readsAllColumns = found.readsAllColumns || m_bareColumns.contains(range);
        std::erase_if(found.relations, [this](const NamedThing &one) { return one.schema.isEmpty() && m_own.contains(one.name); });
        return found;
    }

private:
    void readMember(const QString &key, const QJsonValue &value)
    {
        static const QSet<QString> writing{QStringLiteral("InsertStmt"), QStringLiteral("UpdateStmt"), QStringLiteral("DeleteStmt"),
                                           QStringLiteral("MergeStmt"), QStringLiteral("intoClause")};
        if (writing.contains(key))
            m_question.refusal = QStringLiteral("writes to a table");
        else if (key == QLatin1String("lockingClause"))
            m_question.refusal = QStringLiteral("locks rows");
        else if (key == QLatin1String("RangeVar") || (key == QLatin1String("relation") && has(value.toObject(), "relname")))
            m_question.relations.push_back({text(value.toObject(), "schemaname"), text(value.toObject(), "relname")});
        else if (key == QLatin1String("ColumnRef"))
            readColumn(value.toObject());
        else if (key == QLatin1String("alias"))
            m_ranges.append(text(value.toObject(), "aliasname"));
        else if (key == QLatin1String("isNatural") || key == QLatin1String("usingClause"))
            m_question.readsAllColumns = true;
        else if (key == QLatin1String("CommonTableExpr"))
            m_own.insert(text(value.toObject(), "ctename"));
        else if (key == QLatin1String("FuncCall"))
            readFunction(value.toObject());
        read(value);
    }
    void readColumn(const QJsonObject &reference)
    {
        const QJsonArray fields = list(reference, "fields");
        for (const auto &field : fields) {
            m_question.readsAllColumns = m_question.readsAllColumns || has(field.toObject(), "A_Star");
            const QJsonObject string = child(field.toObject(), "String");
            if (string.isEmpty())
                continue;
            const QString name = has(string, "sval") ? text(string, "sval") : text(string, "str");
            if (fields.size() == 1)
                m_bareColumns.append(name);
            if (field == fields.last())
                m_question.columns.append(name);
        }
    }
    void readFunction(const QJsonObject &call)
    {
        QStringList names;
        for (const auto &part : list(call, "funcname")) {
            const QJsonObject string = child(part.toObject(), "String");
            names += has(string, "sval") ? text(string, "sval") : text(string, "str");
        }
        if (!names.isEmpty())
            m_question.functions.push_back({names.size() > 1 ? names.at(names.size() - 2) : QString(), names.last()});
    }

    Question m_question;
    QSet<QString> m_own;
    QStringList m_ranges, m_bareColumns;
};

/// Of ALTER TABLE: what changes no row, and the column that changes otherwise; nullopt: more than one column may.
std::optional<QString> alteredColumn(const QJsonObject &command)
{
    static const QSet<QString> harmless{
        QStringLiteral("AT_SetNotNull"),    QStringLiteral("AT_DropNotNull"),    QStringLiteral("AT_ColumnDefault"),
        QStringLiteral("AT_AddConstraint"), QStringLiteral("AT_DropConstraint"), QStringLiteral("AT_ValidateConstraint"),
        QStringLiteral("AT_SetStatistics"), QStringLiteral("AT_SetStorage"),     QStringLiteral("AT_ChangeOwner")};
    const QString kind = text(command, "subtype");
    if (text(command, "behavior") == QLatin1String("DROP_CASCADE"))
        return std::nullopt;
    if (harmless.contains(kind))
        return QString();
    if (kind == QLatin1String("AT_DropColumn") || kind == QLatin1String("AT_AlterColumnType"))
        return text(command, "name");
    if (kind == QLatin1String("AT_AddColumn"))
        return text(child(child(command, "def"), "ColumnDef"), "colname");
    return std::nullopt;
}

} // namespace

bool addColumnEffects(const QString &sql, const NamedThing &table, Effect &effect)
{
    if (sql.size() > kLongestParsed)
        return false;
    const PgQueryParseResult result = pg_query_parse(sql.toUtf8().constData());
    const QByteArray tree = result.error ? QByteArray() : QByteArray(result.parse_tree);
    pg_query_free_parse_result(result);
    const QJsonArray statements = QJsonDocument::fromJson(tree).object().value(QLatin1String("stmts")).toArray();
    const QJsonObject statement = statements.size() == 1 ? child(statements.first().toObject(), "stmt") : QJsonObject();
    if (statement.isEmpty())
        return false;
    const QString node = statement.begin().key();
    const QJsonObject s = statement.begin().value().toObject();
    QuestionReader reader;
    reader.read(statement.begin().value());
    const std::vector<NamedThing> functions = reader.question().functions;
    effect.functions.insert(effect.functions.end(), functions.begin(), functions.end());
    if (node == QLatin1String("AlterTableStmt")) {
        for (const auto &command : list(s, "cmds")) {
            const auto column = alteredColumn(child(command.toObject(), "AlterTableCmd"));
            if (!column)
                return false;
            if (!column->isEmpty())
                effect.columns.push_back({table, *column});
        }
        return true;
    }
    if (node != QLatin1String("UpdateStmt") || has(s, "withClause"))
        return false;
    for (const auto &target : list(s, "targetList"))
        effect.columns.push_back({table, text(child(target.toObject(), "ResTarget"), "name")});
    return true;
}

Question questionWithParser(const QString &sql)
{
    if (sql.size() > kLongestParsed)
        return {.refusal = QStringLiteral("is too long to look into")};
    const PgQueryParseResult result = pg_query_parse(sql.toUtf8().constData());
    const QByteArray tree = result.error ? QByteArray() : QByteArray(result.parse_tree);
    pg_query_free_parse_result(result);
    const QJsonArray statements = QJsonDocument::fromJson(tree).object().value(QLatin1String("stmts")).toArray();
    if (statements.size() != 1)
        return {.refusal = QStringLiteral("is not one statement that is understood")};
    const QJsonObject statement = child(statements.first().toObject(), "stmt");
    const QString node = statement.isEmpty() ? QString() : statement.begin().key();
    if (node == QLatin1String("VariableShowStmt"))
        return {};
    if (node != QLatin1String("SelectStmt"))
        return {.refusal = QStringLiteral("does more than ask")};
    QuestionReader reader;
    reader.read(statement);
    return reader.question();
}

PostgreSqlSplit splitWithParser(const QByteArray &utf8) { return takeSplit(pg_query_split_with_parser(utf8.constData())); }
PostgreSqlSplit splitWithScanner(const QByteArray &utf8) { return takeSplit(pg_query_split_with_scanner(utf8.constData())); }

bool classifyWithParser(SqlPart &part)
{
    if (part.sql.size() > kLongestParsed)
        return false;
    const PgQueryParseResult result = pg_query_parse(part.sql.toUtf8().constData());
    const QByteArray tree = result.error ? QByteArray() : QByteArray(result.parse_tree);
    pg_query_free_parse_result(result);
    const QJsonArray statements = QJsonDocument::fromJson(tree).object().value(QLatin1String("stmts")).toArray();
    if (statements.isEmpty())
        return false;
    const QJsonObject statement = child(statements.first().toObject(), "stmt");
    if (statement.isEmpty())
        return false;
    classify(part, statement.begin().key(), statement.begin().value().toObject());
    return true;
}

} // namespace stillroom::dialect
