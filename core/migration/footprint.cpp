// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/footprint.h"

#include "dialect/sqlreader.h"
#include "migration/preview.h"

#include <algorithm>

namespace stillroom::migration {

namespace {

using Kind = Touch::Kind;
using How = Touch::How;

QString written(const sql::QualifiedName &name)
{
    return name.schema.isEmpty() ? name.name.text : name.schema.text + QLatin1Char('.') + name.name.text;
}

QString said(const char *deed, const QString &name) { return QLatin1String(deed) + QLatin1Char(' ') + name; }

struct Feet {
    std::vector<Touch> &touches;
    dialect::DialectKind kind;
    const std::vector<dialect::Statement> &statements;

    void add(Kind of, const QString &name, How how, const QString &deed) const
    {
        if (!name.isEmpty() || of == Kind::Everything)
            touches.push_back({of, name, how, deed});
    }
    void table(const sql::QualifiedName &name, How how, const QString &deed) const { add(Kind::Table, written(name), how, deed); }
    void column(const sql::QualifiedName &of, const sql::Identifier &name, How how, const QString &deed) const
    {
        if (!name.isEmpty())
            add(Kind::Column, written(of) + QLatin1Char('.') + name.text, how, deed);
    }
    void columns(const sql::QualifiedName &of, const std::vector<sql::Identifier> &all, const QString &deed) const
    {
        for (const sql::Identifier &name : all)
            column(of, name, How::Needs, deed);
    }
    /// Indexes and the constraints that are one have their names in the schema, others in their table (SQLite: all of them).
    void constraintName(const sql::QualifiedName &of, const sql::Identifier &name, bool isIndex, const QString &deed) const
    {
        if (!name.isEmpty())
            add(Kind::Name, isIndex && kind == dialect::DialectKind::PostgreSql ? name.text : written(of) + QLatin1Char('/') + name.text,
                How::Changes, deed);
    }
    void type(const sql::SqlType &made, const char *deed) const
    {
        if (made.enumName.isEmpty() || !made.nativeEnum || kind != dialect::DialectKind::PostgreSql)
            return;
        const QString name = made.schema.isEmpty() ? made.enumName : made.schema + QLatin1Char('.') + made.enumName;
        add(Kind::Name, name, How::Changes, said(deed, name));
    }
    void constraint(const sql::QualifiedName &of, const sql::Constraint &added, bool isOfNewTable) const
    {
        const QString deed = said("adds constraint", added.name.isEmpty() ? QStringLiteral("on ") + written(of) : added.name.text);
        const bool isIndex = std::holds_alternative<sql::PrimaryKeyConstraint>(added.kind) ||
                             std::holds_alternative<sql::UniqueConstraint>(added.kind) || std::holds_alternative<sql::ExcludeConstraint>(added.kind);
        constraintName(of, added.name, isIndex, deed);
        if (!isOfNewTable) {
            table(of, How::Extends, deed);
            if (const auto *key = std::get_if<sql::PrimaryKeyConstraint>(&added.kind)) {
                columns(of, key->columns, deed);
                add(Kind::Name, written(of) + QStringLiteral("/primary key"), How::Changes, said("sets the primary key of", written(of)));
            }
            if (const auto *unique = std::get_if<sql::UniqueConstraint>(&added.kind))
                columns(of, unique->columns, deed);
        }
        if (const auto *foreign = std::get_if<sql::ForeignKeyConstraint>(&added.kind)) {
            if (!isOfNewTable)
                columns(of, foreign->columns, deed);
            if (written(foreign->referredTable) != written(of) || !isOfNewTable) {
                table(foreign->referredTable, How::Needs, said("refers to", written(foreign->referredTable)));
                columns(foreign->referredTable, foreign->referredColumns, said("refers to", written(foreign->referredTable)));
            }
        }
    }
    void index(const sql::Index &made, bool isOfNewTable) const
    {
        const QString deed = said("creates index", made.name.text);
        add(Kind::Name, made.name.text, How::Changes, deed);
        if (isOfNewTable)
            return;
        table(made.table, made.isUnique ? How::Extends : How::Needs, deed);
        for (const sql::IndexElement &element : made.elements)
            column(made.table, element.column, How::Needs, deed);
    }
    /// Of SQL that is given as text nothing is known but what the parser names.
    void fromText() const
    {
        for (const dialect::Statement &statement : statements) {
            for (const dialect::SqlPart &part : dialect::readSql(kind, statement.sql).parts)
                fromPart(part);
        }
    }
    void fromPart(const dialect::SqlPart &part) const
    {
        using dialect::SqlKind;
        const bool isHarmless = part.kind == SqlKind::Empty || part.kind == SqlKind::Set || part.kind == SqlKind::Savepoint ||
                                part.kind == SqlKind::Vacuum || part.kind == SqlKind::Pragma || part.kind == SqlKind::Comment ||
                                part.kind == SqlKind::Grant;
        if (isHarmless)
            return;
        // A SELECT may call a function that does anything; SQL names what it reads nowhere here.
        if (part.relations.isEmpty())
            return add(Kind::Everything, {}, How::Unclear, QStringLiteral("runs SQL text: %1").arg(part.sql.simplified().left(60)));
        for (QString relation : part.relations) {
            relation.remove(QLatin1Char('"'));
            if (part.changesData)
                add(Kind::Table, relation, How::Rows, said("changes rows of", relation));
            else if (part.kind == SqlKind::CreateTable || part.kind == SqlKind::DropTable)
                add(Kind::Table, relation, How::Changes, said(part.kind == SqlKind::CreateTable ? "creates table" : "drops table", relation));
            else
                add(Kind::Table, relation, How::Unclear, QStringLiteral("runs SQL text on %1").arg(relation));
        }
    }

    void operator()(const sql::CreateTable &o) const
    {
        table(o.table.name, How::Changes, said("creates table", written(o.table.name)));
        for (const sql::Column &each : o.table.columns) {
            if (each.type.createType)
                type(each.type, "creates type");
            for (const sql::Constraint &one : each.constraints)
                constraint(o.table.name, one, true);
        }
        for (const sql::Constraint &each : o.table.constraints)
            constraint(o.table.name, each, true);
        for (const sql::Index &each : o.table.indexes)
            index(each, true);
    }
    void operator()(const sql::DropTable &o) const { table(o.table, How::Changes, said("drops table", written(o.table))); }
    void operator()(const sql::RenameTable &o) const
    {
        const QString deed = said("renames table", written(o.table));
        table(o.table, How::Changes, deed);
        table({o.table.schema, o.newName}, How::Changes, deed);
    }
    void operator()(const sql::AddColumn &o) const
    {
        const QString deed = said("adds column", written(o.table) + QLatin1Char('.') + o.column.name.text);
        table(o.table, How::Extends, deed);
        column(o.table, o.column.name, How::Changes, deed);
        for (const sql::Constraint &each : o.column.constraints)
            constraint(o.table, each, false);
    }
    void operator()(const sql::DropColumn &o) const
    {
        const QString deed = said("drops column", written(o.table) + QLatin1Char('.') + o.column.text);
        table(o.table, How::Extends, deed);
        column(o.table, o.column, How::Changes, deed);
    }
    void operator()(const sql::AlterColumn &o) const
    {
        const QString deed = said("alters column", written(o.table) + QLatin1Char('.') + o.column.text);
        table(o.table, How::Extends, deed);
        column(o.table, o.column, How::Changes, deed);
        column(o.table, o.newName, How::Changes, deed);
    }
    void comment(const sql::QualifiedName &of) const
    {
        table(of, How::Needs, said("comments table", written(of)));
        add(Kind::Name, written(of) + QStringLiteral("/comment"), How::Changes, said("comments table", written(of)));
    }
    void operator()(const sql::CreateTableComment &o) const { comment(o.table); }
    void operator()(const sql::DropTableComment &o) const { comment(o.table); }
    void operator()(const sql::CreateIndex &o) const { index(o.index, false); }
    void operator()(const sql::DropIndex &o) const { add(Kind::Name, o.index.name.text, How::Changes, said("drops index", o.index.name.text)); }
    void operator()(const sql::AddConstraint &o) const { constraint(o.table, o.constraint, false); }
    void operator()(const sql::DropConstraint &o) const
    {
        const QString deed = said("drops constraint", o.name.text);
        table(o.table, How::Extends, deed);
        constraintName(o.table, o.name, false, deed);
        constraintName(o.table, o.name, true, deed);
    }
    void operator()(const sql::CreateType &o) const { type(o.type, "creates type"); }
    void operator()(const sql::DropType &o) const { type(o.type, "drops type"); }
    void operator()(const sql::CreateSequence &o) const { named(written(o.sequence.name), "creates sequence"); }
    void operator()(const sql::DropSequence &o) const { named(written(o.sequence.name), "drops sequence"); }
    void operator()(const sql::CreateSchema &o) const { named(o.name.text, "creates schema"); }
    void operator()(const sql::DropSchema &o) const { named(o.name.text, "drops schema"); }
    void named(const QString &name, const char *deed) const { add(Kind::Name, name, How::Changes, said(deed, name)); }
    void operator()(const sql::Execute &) const { fromText(); }
    void operator()(const sql::BulkInsert &) const { fromText(); }
    void operator()(const sql::AutocommitBegin &) const {}
    void operator()(const sql::AutocommitEnd &) const {}
    void operator()(const std::shared_ptr<const sql::BatchAlterTable> &o) const
    {
        // Rebuilt from a definition that the script brings along: a column that the other branch added would be lost.
        if (o->copyFrom && kind == dialect::DialectKind::Sqlite)
            table(o->table, How::Changes, said("rebuilds, from a definition of its own, table", written(o->table)));
        for (const sql::Operation &inner : o->operations)
            std::visit(*this, inner.kind);
    }
};

bool isInside(const Touch &column, const Touch &table)
{
    return column.kind == Kind::Column && table.kind == Kind::Table && column.name.startsWith(table.name + QLatin1Char('.'));
}

Order inOneTable(How table, How column)
{
    if (table == How::Changes)
        return Order::Matters;
    if (table == How::Unclear || column == How::Unclear)
        return Order::NotKnown;
    return table == How::Rows && column == How::Changes ? Order::NotKnown : Order::Same;
}

Order ofOne(How a, How b)
{
    if (a == How::Unclear || b == How::Unclear)
        return a == How::Changes || b == How::Changes ? Order::Matters : Order::NotKnown;
    if (a == How::Changes || b == How::Changes)
        return Order::Matters;
    const bool hasRows = a == How::Rows || b == How::Rows;
    const bool isPlain = a == How::Needs || b == How::Needs;
    return hasRows && !isPlain ? Order::NotKnown : Order::Same;
}

} // namespace

Order orderOf(const Touch &a, const Touch &b)
{
    if (a.kind == Kind::Everything || b.kind == Kind::Everything)
        return Order::NotKnown;
    if (isInside(a, b))
        return inOneTable(b.how, a.how);
    if (isInside(b, a))
        return inOneTable(a.how, b.how);
    return a.kind == b.kind && a.name == b.name ? ofOne(a.how, b.how) : Order::Same;
}

Result<Footprint> footprintOf(const project::Project &project, const revision::Header &header, dialect::DialectKind kind,
                              script::Evaluator *evaluator, const std::atomic<bool> *cancel)
{
    Footprint footprint{.revision = header.id, .touches = {}, .notKnown = {}};
    RenderRequest request{.kind = kind, .evaluator = evaluator, .cancel = cancel};
    request.observer = [&](const sql::Operation &operation, const std::vector<dialect::Statement> &statements) {
        std::visit(Feet{footprint.touches, kind, statements}, operation.kind);
    };
    const auto body = renderBody(project, header, script::Direction::Upgrade, request);
    if (!body)
        return std::unexpected(body.error());
    if (body->status != BodySql::Status::Complete)
        footprint.notKnown = body->reason;
    // A body that is evaluated twice tells twice.
    std::vector<Touch> once;
    for (Touch &touch : footprint.touches) {
        if (std::ranges::find(once, touch) == once.end())
            once.push_back(std::move(touch));
    }
    footprint.touches = std::move(once);
    return footprint;
}

} // namespace stillroom::migration
