// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/session.h"
#include "dialect/question.h"
#include "script/evaluation.h"
#include "sql/identifier.h"

#include <map>
#include <memory>
#include <optional>
#include <vector>

/// What a preview asks of a connected database: plain questions, each in a read-only transaction that the server holds to it
/// (SQLite: PRAGMA query_only), so nothing is ever written. Only what the plan's statements before it leave as it is gets an answer:
/// the database answers as it stands now, while a run would ask after them.
namespace stillroom::migration {

class PreviewQuestions {
public:
    /// The session is outside of a transaction, in this thread, and lives longer.
    PreviewQuestions(database::Session &session, sql::QualifiedName versionTable);
    ~PreviewQuestions();
    Q_DISABLE_COPY_MOVE(PreviewQuestions)

    /// nullopt: no plain question, or its answer may be another one by then; refusal() tells why. Errors: Cancelled, ConnectionLost.
    [[nodiscard]] Result<std::optional<script::QueryResult>> ask(const QString &sql);
    [[nodiscard]] Result<std::optional<QVariantMap>> inventory(const QString &table);
    /// How a table stands before a rebuild, with what the plan has done to it by then (SQLite), else as it stands now; nullopt: changed by then.
    [[nodiscard]] dialect::SchemaLookup &lookup();
    /// The run will have sent this.
    void sent(const dialect::Statement &statement);
    /// A body could not be shown to its end: what follows in the plan meets a database that nobody knows.
    void restIsUnknown(const QString &revision);
    void setAsking(bool asks) { m_asks = asks; } ///< false: ask() gives no answers, since nobody waits for them
    /// Begins a body anew: what was counted for it since beginBody() is forgotten.
    void beginBody();
    void restartBody();

    [[nodiscard]] QString refusal() const { return m_refusal; } ///< why the last question of the current body got no answer
    [[nodiscard]] int answered() const { return m_answered; }   ///< questions of the current body
    [[nodiscard]] database::Session &session() { return m_session; }

private:
    class Lookup;
    struct Changes {
        bool anything = false, schema = false;
        QString culprit; ///< the first statement behind `anything`
        QStringList reshapedNames, refilledNames, firingNames;
        std::vector<dialect::ChangedColumn> columns;
    };
    [[nodiscard]] Result<database::Outcome> readOnly(const QString &sql);
    [[nodiscard]] Result<QString> whyNotFunctions(const dialect::Question &question);
    [[nodiscard]] Result<QString> whyNotNow(const dialect::Question &question);
    [[nodiscard]] Result<bool> isPlainTable(const dialect::NamedThing &relation);
    [[nodiscard]] Result<bool> writesElsewhere(const dialect::NamedThing &function);
    [[nodiscard]] Result<bool> hasTriggers(const dialect::NamedThing &relation);
    [[nodiscard]] bool isReshaped(const QString &table) const;
    [[nodiscard]] std::optional<script::QueryResult> refuse(QString why);
    void openShadow();
    void catchUp();
    void follow(const QString &sql);

    database::Session &m_session;
    sql::QualifiedName m_versionTable;
    std::vector<QString> m_sent; ///< by the plan, up to here; looked into when a question comes
    std::size_t m_followed = 0, m_bodyBegin = 0;
    Changes m_changes, m_before;                   ///< by what is followed; before the current body
    std::map<QString, bool> m_volatile, m_writing; ///< functions by name, as the server has them
    QString m_refusal;
    int m_answered = 0;
    bool m_asks = true;
    bool m_wasQueryOnly = false;
    std::unique_ptr<database::Session> m_shadow; ///< SQLite: the schema alone, in memory, with what the plan does to it
    bool m_isShadowOpened = false, m_isShadowLost = false;
    std::unique_ptr<dialect::SchemaLookup> m_live, m_shadowLookup;
    std::unique_ptr<Lookup> m_lookup;
};

} // namespace stillroom::migration
