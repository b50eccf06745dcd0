// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/historyquery.h"

#include <algorithm>
#include <array>

namespace stillroom::ui {

namespace {

using Key = HistoryQuery::Key;
using Status = migration::BodySql::Status;

struct KeyName {
    const char *name;
    Key key;
};
constexpr std::array kKeys{KeyName{"id", Key::Id},         KeyName{"message", Key::Message}, KeyName{"label", Key::Label},
                           KeyName{"author", Key::Author}, KeyName{"file", Key::File},       KeyName{"table", Key::Table},
                           KeyName{"column", Key::Column}, KeyName{"state", Key::State},     KeyName{"sql", Key::Sql},
                           KeyName{"is", Key::Is}};

QStringList wordsOf(const QString &text)
{
    QStringList words;
    QString word;
    bool isQuoted = false;
    for (const QChar c : text) {
        if (c == QLatin1Char('"')) {
            isQuoted = !isQuoted;
        } else if (c.isSpace() && !isQuoted) {
            words += word;
            word.clear();
        } else {
            word += c;
        }
    }
    words += word;
    words.removeAll(QString());
    return words;
}

HistoryQuery::Term termOf(QString word)
{
    HistoryQuery::Term term;
    if (word.size() > 1 && word.startsWith(QLatin1Char('-'))) {
        term.isNegated = true;
        word.remove(0, 1);
    }
    term.value = word;
    const qsizetype colon = word.indexOf(QLatin1Char(':'));
    const QString name = word.left(std::max<qsizetype>(colon, 0));
    const auto found = std::ranges::find_if(kKeys, [&](const KeyName &k) { return name.compare(QLatin1String(k.name), Qt::CaseInsensitive) == 0; });
    if (colon > 0 && found != kKeys.end()) {
        term.key = found->key;
        term.value = word.mid(colon + 1);
    }
    return term;
}

bool has(const QString &text, const QString &wanted) { return text.contains(wanted, Qt::CaseInsensitive); }
bool has(const QStringList &texts, const QString &wanted)
{
    return std::ranges::any_of(texts, [&](const QString &text) { return has(text, wanted); });
}
bool is(const QString &word, const char *wanted) { return word.compare(QLatin1String(wanted), Qt::CaseInsensitive) == 0; }

bool hasState(const QString &wanted, RowState state)
{
    switch (state) {
    case RowState::NotConnected:
        return false;
    case RowState::Pending:
        return is(wanted, "pending");
    case RowState::Applied:
        return is(wanted, "applied");
    case RowState::Current:
        return is(wanted, "applied") || is(wanted, "current");
    case RowState::Missing:
        return is(wanted, "missing");
    case RowState::Problem:
        return is(wanted, "unreadable");
    case RowState::UnknownToProject:
        return is(wanted, "unknown");
    }
    return false;
}

bool hasSql(const QString &wanted, const migration::RevisionOutlook *outlook)
{
    if (!outlook)
        return false;
    const auto either = [outlook](Status status) { return outlook->upgrade.status == status || outlook->downgrade.status == status; };
    if (is(wanted, "incomplete"))
        return either(Status::NeedsDatabase) || either(Status::NotUnderstood);
    if (is(wanted, "complete"))
        return outlook->upgrade.status == Status::Complete && outlook->downgrade.status == Status::Complete;
    if (is(wanted, "database"))
        return either(Status::NeedsDatabase);
    if (is(wanted, "unknown"))
        return either(Status::NotUnderstood);
    return has(outlook->upgrade.unknownName, wanted) || has(outlook->downgrade.unknownName, wanted);
}

bool isA(const QString &wanted, const HistoryQuery::Row &row)
{
    const auto &r = *row.revision;
    if (is(wanted, "head"))
        return r.isHead;
    if (is(wanted, "base"))
        return r.isBase && !r.isGhost;
    if (is(wanted, "merge"))
        return r.isMerge;
    if (is(wanted, "branch"))
        return r.isBranchPoint;
    if (is(wanted, "missing"))
        return r.isGhost;
    if (is(wanted, "defect"))
        return row.hasDefects || r.isGhost || r.header.problem;
    return false;
}

bool holds(const HistoryQuery::Term &term, const HistoryQuery::Row &row)
{
    const revision::Header &header = row.revision->header;
    const migration::Touched *touched = row.outlook ? &row.outlook->touched : nullptr;
    const QString &wanted = term.value;
    switch (term.key) {
    case Key::Anywhere:
        return has(header.id, wanted) || has(header.message, wanted) || has(header.author, wanted) || has(row.revision->effectiveLabels, wanted) ||
               has(header.file.section(QLatin1Char('/'), -1), wanted) ||
               (touched && (has(touched->tables, wanted) || has(touched->columns, wanted))) || hasState(wanted, row.state);
    case Key::Id:
        return has(header.id, wanted);
    case Key::Message:
        return has(header.message, wanted);
    case Key::Label:
        return has(row.revision->effectiveLabels, wanted);
    case Key::Author:
        return has(header.author, wanted);
    case Key::File:
        return has(header.file.section(QLatin1Char('/'), -1), wanted);
    case Key::Table:
        return touched && has(touched->tables, wanted);
    case Key::Column:
        return touched && has(touched->columns, wanted);
    case Key::State:
        return hasState(wanted, row.state);
    case Key::Sql:
        return hasSql(wanted, row.outlook);
    case Key::Is:
        return isA(wanted, row);
    }
    return false;
}

} // namespace

HistoryQuery::HistoryQuery(const QString &text)
{
    for (const QString &word : wordsOf(text)) {
        Term term = termOf(word);
        if (!term.value.isEmpty()) // "table:" while the rest is being typed
            m_terms.push_back(std::move(term));
    }
}

bool HistoryQuery::asksForSql() const
{
    return std::ranges::any_of(m_terms, [](const Term &term) {
        return term.key == Key::Anywhere || term.key == Key::Table || term.key == Key::Column || term.key == Key::Sql;
    });
}

bool HistoryQuery::matches(const Row &row) const
{
    return std::ranges::all_of(m_terms, [&row](const Term &term) { return holds(term, row) != term.isNegated; });
}

} // namespace stillroom::ui
