// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/otherruns.h"

namespace stillroom::migration {

Result<std::optional<script::QueryResult>> WitnessSink::query(sql::Operation operation)
{
    auto result = m_next.query(std::move(operation));
    if (result)
        m_answers.push_back(*result);
    return result;
}

Result<std::optional<QVariantMap>> WitnessSink::inventory(const QString &table)
{
    auto result = m_next.inventory(table);
    if (result)
        m_inventories.insert_or_assign(table, *result);
    return result;
}

namespace {

/// Writes operations only to be compared: a rebuild is taken for the operations that ask for it, since how its table stands is
/// the same in every run.
class Writing {
public:
    explicit Writing(dialect::DialectKind kind)
        : m_dialect(dialect::Dialect::create(kind)), m_alter(dialect::Dialect::create(dialect::DialectKind::PostgreSql))
    {
    }
    QString text(const sql::Operation &operation)
    {
        if (const auto *batch = std::get_if<std::shared_ptr<const sql::BatchAlterTable>>(&operation.kind))
            return batchText(**batch, operation.origin);
        return written(*m_dialect, operation);
    }

private:
    static QString written(const dialect::Dialect &dialect, const sql::Operation &operation)
    {
        const auto statements = dialect.statements(operation, nullptr);
        if (!statements)
            return statements.error().detail + statements.error().subject;
        QString text;
        for (const dialect::Statement &statement : *statements)
            text += statement.sql + QChar(u'\0');
        return text;
    }
    QString batchText(const sql::BatchAlterTable &batch, const sql::Origin &origin)
    {
        QString text = m_alter->quoted(batch.table) + QChar(u'\0');
        if (batch.copyFrom)
            text += written(*m_alter, {sql::CreateTable{*batch.copyFrom}, origin, {}});
        for (const sql::Constraint &constraint : batch.tableArgumentConstraints)
            text += written(*m_alter, {sql::AddConstraint{batch.table, constraint}, origin, {}});
        for (const sql::Index &index : batch.tableArgumentIndexes)
            text += written(*m_alter, {sql::CreateIndex{index}, origin, {}});
        for (const sql::Operation &each : batch.operations)
            text += written(*m_alter, each);
        return text;
    }
    std::unique_ptr<dialect::Dialect> m_dialect, m_alter;
};

} // namespace

/// Answers as the witness was answered, in the same order: another run that asks something else is told nothing.
class ReplaySink final : public script::OperationSink {
public:
    ReplaySink(const WitnessSink &witness, dialect::DialectKind kind) : m_witness(witness), m_writing(kind) {}
    [[nodiscard]] Result<void> take(sql::Operation operation) override
    {
        texts.push_back(m_writing.text(operation));
        return {};
    }
    [[nodiscard]] Result<std::optional<script::QueryResult>> query(sql::Operation operation) override
    {
        texts.push_back(m_writing.text(operation));
        return m_next < m_witness.m_answers.size() ? m_witness.m_answers[m_next++] : std::nullopt;
    }
    [[nodiscard]] Result<std::optional<QVariantMap>> inventory(const QString &table) override
    {
        const auto found = m_witness.m_inventories.find(table);
        return found == m_witness.m_inventories.end() ? std::nullopt : found->second;
    }
    [[nodiscard]] Result<std::optional<QString>> compiled(const QString &dialectName, const sql::Operation &operation, bool hasLiteralValues) override
    {
        return dialect::compiledText(dialectName, operation, hasLiteralValues);
    }
    QStringList texts;

private:
    const WitnessSink &m_witness;
    Writing m_writing;
    std::size_t m_next = 0;
};

std::vector<bool> WitnessSink::varying(script::Script &script, script::Direction direction, const script::Environment &run, int otherRuns,
                                       dialect::DialectKind kind) const
{
    const auto textsOf = [&](int otherRun) -> std::optional<QStringList> {
        script::Environment environment = run;
        environment.otherRun = otherRun;
        ReplaySink sink(*this, kind);
        if (!script.evaluate(direction, environment, sink))
            return std::nullopt; // cancelled
        return sink.texts;
    };
    const auto own = textsOf(run.otherRun);
    if (!own)
        return {};
    std::vector<bool> varies(static_cast<std::size_t>(own->size()), false);
    for (int i = 1; i <= otherRuns; ++i) {
        const auto other = textsOf(i);
        if (!other)
            break;
        for (qsizetype place = 0; place < own->size(); ++place) {
            if (place >= other->size() || other->at(place) != own->at(place))
                varies[static_cast<std::size_t>(place)] = true;
        }
    }
    return varies;
}

} // namespace stillroom::migration
