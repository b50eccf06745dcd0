// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "dialect/dialect.h"

#include <map>

/// The schema that a series of operations leaves, over an empty database: what a rebuild renders from when no database is
/// connected, and what a revision expects to find. Feed it every operation in order, with the statements it became.
namespace stillroom::dialect {

class SchemaFold final : public SchemaLookup {
public:
    explicit SchemaFold(DialectKind kind) : m_kind(kind) {}

    /// SQLite reads the statements themselves, raw SQL included. PostgreSQL reads the operation; a table that raw SQL creates or
    /// alters becomes unknown.
    void apply(const sql::Operation &operation, const std::vector<Statement> &statements);
    /// nullopt: no such table, or one that could not be followed (see isUnknown()). `sql` is empty once an ALTER changed it.
    [[nodiscard]] Result<std::optional<StandingTable>> table(const sql::QualifiedName &name) override;

    [[nodiscard]] bool isUnknown(const sql::QualifiedName &name) const;
    /// All tables that are known, by name.
    [[nodiscard]] std::vector<sql::Table> tables() const;
    /// Tables of which only the name is known, as written.
    [[nodiscard]] QStringList unknownTables() const;

private:
    friend struct FoldVisitor;
    struct Trigger {
        QString name, on, sql;
    };
    struct View {
        QString name, sql;
    };

    [[nodiscard]] QString keyOf(const sql::QualifiedName &name) const;
    void forget(const QString &key);
    void lose(const QString &key, const QString &shown);
    void applySqlite(const QString &sql);
    void alterSqlite(const QString &sql);
    void renameSqliteTable(const QString &key, const QString &newName);
    void renameColumn(const QString &key, const QString &from, const QString &to);
    void applyRaw(const QString &sql);
    void applyOperation(const sql::Operation &operation);

    DialectKind m_kind;
    std::map<QString, StandingTable> m_tables;
    std::map<QString, QString> m_unknown; ///< key → as written
    std::vector<Trigger> m_triggers;
    std::vector<View> m_views;
};

} // namespace stillroom::dialect
