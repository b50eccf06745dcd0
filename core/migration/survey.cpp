// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/survey.h"

#include "dialect/sqlreader.h"

namespace stillroom::migration {

namespace {

QString written(const sql::QualifiedName &name)
{
    return name.schema.isEmpty() ? name.name.text : name.schema.text + QLatin1Char('.') + name.name.text;
}

/// As the SQL writes it, without the quotes.
QString unquoted(QString name) { return name.remove(QLatin1Char('"')); }

struct Names {
    Touched &names;
    dialect::DialectKind kind;
    const std::vector<dialect::Statement> &statements;

    void table(const sql::QualifiedName &name) const
    {
        if (!name.name.isEmpty())
            names.tables += written(name);
    }
    void column(const sql::QualifiedName &of, const sql::Identifier &name) const
    {
        table(of);
        if (!name.isEmpty())
            names.columns += written(of) + QLatin1Char('.') + name.text;
    }
    void columns(const sql::QualifiedName &of, const std::vector<sql::Identifier> &all) const
    {
        for (const sql::Identifier &name : all)
            column(of, name);
    }
    void whole(const sql::Table &made) const
    {
        table(made.name);
        for (const sql::Column &each : made.columns)
            column(made.name, each.name);
    }
    void index(const sql::Index &made) const
    {
        table(made.table);
        for (const sql::IndexElement &element : made.elements)
            column(made.table, element.column);
    }
    void fromText() const
    {
        for (const dialect::Statement &statement : statements) {
            for (const dialect::SqlPart &part : dialect::readSql(kind, statement.sql).parts) {
                for (const QString &relation : part.relations)
                    names.tables += unquoted(relation);
            }
        }
    }

    void operator()(const sql::CreateTable &o) const { whole(o.table); }
    void operator()(const sql::DropTable &o) const { table(o.table); }
    void operator()(const sql::RenameTable &o) const
    {
        table(o.table);
        table({o.table.schema, o.newName});
    }
    void operator()(const sql::AddColumn &o) const { column(o.table, o.column.name); }
    void operator()(const sql::DropColumn &o) const { column(o.table, o.column); }
    void operator()(const sql::AlterColumn &o) const
    {
        column(o.table, o.column);
        column(o.table, o.newName);
    }
    void operator()(const sql::CreateTableComment &o) const { table(o.table); }
    void operator()(const sql::DropTableComment &o) const { table(o.table); }
    void operator()(const sql::CreateIndex &o) const { index(o.index); }
    void operator()(const sql::DropIndex &o) const { index(o.index); }
    void operator()(const sql::AddConstraint &o) const
    {
        table(o.table);
        if (const auto *key = std::get_if<sql::PrimaryKeyConstraint>(&o.constraint.kind))
            columns(o.table, key->columns);
        if (const auto *unique = std::get_if<sql::UniqueConstraint>(&o.constraint.kind))
            columns(o.table, unique->columns);
        if (const auto *foreign = std::get_if<sql::ForeignKeyConstraint>(&o.constraint.kind)) {
            columns(o.table, foreign->columns);
            columns(foreign->referredTable, foreign->referredColumns);
            table(foreign->referredTable);
        }
    }
    void operator()(const sql::DropConstraint &o) const { table(o.table); }
    void operator()(const sql::CreateType &) const {}
    void operator()(const sql::DropType &) const {}
    void operator()(const sql::CreateSequence &) const {}
    void operator()(const sql::DropSequence &) const {}
    void operator()(const sql::CreateSchema &) const {}
    void operator()(const sql::DropSchema &) const {}
    void operator()(const sql::Execute &) const { fromText(); }
    void operator()(const sql::BulkInsert &) const { fromText(); }
    void operator()(const sql::AutocommitBegin &) const {}
    void operator()(const sql::AutocommitEnd &) const {}
    void operator()(const std::shared_ptr<const sql::BatchAlterTable> &o) const
    {
        table(o->table);
        for (const sql::Operation &inner : o->operations)
            std::visit(*this, inner.kind);
    }
};

BodyOutlook outlookOf(const BodySql &body)
{
    return {.status = body.status,
            .isMissing = body.isMissing,
            .reason = body.reason,
            .file = body.file,
            .line = body.line,
            .unknownName = body.unknownName,
            .statements = int(body.statements.size())};
}

} // namespace

void TouchedNames::add(const sql::Operation &operation, dialect::DialectKind kind, const std::vector<dialect::Statement> &statements)
{
    std::visit(Names{m_names, kind, statements}, operation.kind);
}

Touched TouchedNames::take()
{
    for (QStringList *list : {&m_names.tables, &m_names.columns}) {
        list->sort();
        list->removeDuplicates();
    }
    return std::exchange(m_names, {});
}

Result<RevisionOutlook> Survey::look(revision::Index index, const std::atomic<bool> *cancel)
{
    const revision::Header &header = m_project.graph().revisions()[index].header;
    TouchedNames names;
    RenderRequest request{.kind = m_kind, .ancestors = &m_ancestors, .evaluator = &m_evaluator, .cancel = cancel};
    request.observer = [&](const sql::Operation &operation, const std::vector<dialect::Statement> &statements) {
        names.add(operation, m_kind, statements);
    };
    RevisionOutlook outlook;
    outlook.revision = header.id;
    const auto up = renderBody(m_project, header, script::Direction::Upgrade, request);
    if (!up)
        return std::unexpected(up.error());
    const auto down = renderBody(m_project, header, script::Direction::Downgrade, request);
    if (!down)
        return std::unexpected(down.error());
    outlook.upgrade = outlookOf(*up);
    outlook.downgrade = outlookOf(*down);
    outlook.touched = names.take();
    return outlook;
}

} // namespace stillroom::migration
