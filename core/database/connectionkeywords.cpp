// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/connectionkeywords.h"

#include "base/libpq.h"

#include <libpq-fe.h>

#include <algorithm>
#include <memory>

namespace stillroom::database {

namespace {

QString text(const char *utf8) { return QString::fromUtf8(utf8); }

struct FreeOptions {
    void operator()(PQconninfoOption *options) const { PQconninfoFree(options); }
};
using Options = std::unique_ptr<PQconninfoOption, FreeOptions>;

struct Finish {
    void operator()(PGconn *conn) const { PQfinish(conn); }
};
using Connection = std::unique_ptr<PGconn, Finish>;

ConnectionKeyword::Shown shownAs(const PQconninfoOption &option)
{
    // The password of a client key has no mark in libpq's list before version 13, and is one all the same.
    if (option.dispchar[0] == '*' || text(option.keyword).contains(QLatin1String("password")))
        return ConnectionKeyword::Shown::Secret;
    return option.dispchar[0] == 'D' ? ConnectionKeyword::Shown::Rarely : ConnectionKeyword::Shown::Plain;
}

ConnectionKeyword keywordOf(const PQconninfoOption &option)
{
    ConnectionKeyword made{.name = text(option.keyword),
                           .label = text(option.label),
                           .environmentVariable = text(option.envvar),
                           .builtIn = text(option.compiled),
                           .shown = shownAs(option)};
    if (made.name == QLatin1String("passfile"))
        made.shown = ConnectionKeyword::Shown::Plain; // a path; libpq hides nothing about it
    return made;
}

/// libpq with the values, having read service files and password file, and stopped before it goes to any server: it is given a word
/// that `spoilt`, a keyword it checks only after all that, cannot have.
Connection resolved(const KeywordValues &given, const char *spoilt)
{
    std::vector<QByteArray> bytes;
    for (const auto &[keyword, value] : given) {
        if (value.isEmpty() || keyword == QLatin1String(spoilt))
            continue;
        bytes.push_back(keyword.toUtf8());
        bytes.push_back(value.toUtf8());
    }
    bytes.push_back(spoilt);
    bytes.push_back("no such word");
    std::vector<const char *> keywords, values;
    for (std::size_t i = 0; i < bytes.size(); i += 2) {
        keywords.push_back(bytes[i].constData());
        values.push_back(bytes[i + 1].constData());
    }
    keywords.push_back(nullptr);
    values.push_back(nullptr);
    return Connection(loadLibpq() ? PQconnectStartParams(keywords.data(), values.data(), 0) : nullptr);
}

constexpr char kSpoilt[] = "sslmode", kOtherSpoilt[] = "channel_binding";

QString valueIn(const PQconninfoOption *options, const QString &keyword)
{
    for (const PQconninfoOption *option = options; option && option->keyword; ++option) {
        if (text(option->keyword) == keyword)
            return text(option->val);
    }
    return {};
}

QString givenValue(const KeywordValues &given, const QString &keyword)
{
    QString value; // libpq takes the last of two equal keywords
    for (const auto &[key, each] : given) {
        if (key == keyword)
            value = each;
    }
    return value;
}

/// The service that is asked for; empty: none.
QString serviceOf(const KeywordValues &given)
{
    const QString service = givenValue(given, QStringLiteral("service"));
    return service.isEmpty() ? qEnvironmentVariable("PGSERVICE") : service;
}

} // namespace

std::vector<ConnectionKeyword> connectionKeywords()
{
    std::vector<ConnectionKeyword> keywords;
    const Options options(loadLibpq() ? PQconndefaults() : nullptr);
    for (const PQconninfoOption *option = options.get(); option && option->keyword; ++option)
        keywords.push_back(keywordOf(*option));
    return keywords;
}

QString passwordFromFile(const KeywordValues &given)
{
    if (!givenValue(given, QStringLiteral("password")).isEmpty())
        return {};
    const Connection connection = resolved(given, kSpoilt);
    const Options options(connection ? PQconninfo(connection.get()) : nullptr);
    const bool isElsewhere = !valueIn(options.get(), QStringLiteral("password")).isEmpty(); // PGPASSWORD, or the service's
    return connection && !isElsewhere ? text(PQpass(connection.get())) : QString();
}

QString effectiveValue(const KeywordValues &given, const QString &keyword)
{
    const char *spoilt = keyword == QLatin1String(kSpoilt) ? kOtherSpoilt : kSpoilt;
    const Connection connection = resolved(given, spoilt);
    const Options options(connection ? PQconninfo(connection.get()) : nullptr);
    return valueIn(options.get(), keyword);
}

Result<std::vector<EffectiveValue>> effectiveValues(const KeywordValues &given)
{
    if (auto loaded = loadLibpq(); !loaded)
        return std::unexpected(std::move(loaded).error());
    const Connection connection = resolved(given, kSpoilt), other = resolved(given, kOtherSpoilt);
    const Options options(connection ? PQconninfo(connection.get()) : nullptr), rest(other ? PQconninfo(other.get()) : nullptr);
    const QString problem = connection ? text(PQerrorMessage(connection.get())).trimmed() : QString();
    // The word that was made to fail is refused; anything else is a problem of the person's.
    if (!options || !rest || !problem.contains(QLatin1String("no such word")))
        return std::unexpected(Error{.code = ErrorCode::ConnectionRefused, .subject = serviceOf(given), .detail = problem});

    const QString service = serviceOf(given);
    std::vector<EffectiveValue> values;
    for (const PQconninfoOption *option = options.get(); option->keyword; ++option) {
        EffectiveValue made{.keyword = keywordOf(*option)};
        const QString &name = made.keyword.name;
        const QString variable = made.keyword.environmentVariable;
        const QString inEnvironment = variable.isEmpty() ? QString() : qEnvironmentVariable(variable.toLatin1().constData());
        made.value = name == QLatin1String(kSpoilt) ? valueIn(rest.get(), name) : text(option->val);
        if (!givenValue(given, name).isEmpty()) {
            made.source = ValueSource::Given;
        } else if (made.value.isEmpty()) {
            made.source = ValueSource::None;
        } else if (!inEnvironment.isEmpty() && inEnvironment == made.value) {
            made.source = ValueSource::Environment;
            made.from = variable;
        } else {
            // What libpq finds out at run time (the user's name, and the database of that name) is no one's word either.
            const Connection without = service.isEmpty() ? nullptr : resolved({{QStringLiteral("service"), QString()}}, kSpoilt);
            const bool isFoundOut = name == QLatin1String("user") || name == QLatin1String("dbname") || name == QLatin1String("passfile");
            const bool isBuiltIn = service.isEmpty() || made.value == made.keyword.builtIn ||
                                   (isFoundOut && without && made.value == valueIn(Options(PQconninfo(without.get())).get(), name));
            made.source = isBuiltIn ? ValueSource::BuiltIn : ValueSource::Service;
            made.from = isBuiltIn ? QString() : service;
        }
        values.push_back(std::move(made));
    }
    const auto place = std::ranges::find(values, QStringLiteral("password"), [](const EffectiveValue &v) { return v.keyword.name; });
    if (place != values.end() && place->source == ValueSource::None && PQpass(connection.get())[0] != '\0') {
        place->source = ValueSource::PasswordFile;
        place->from = valueIn(options.get(), QStringLiteral("passfile"));
    }
    for (EffectiveValue &value : values) {
        if (value.keyword.shown == ConnectionKeyword::Shown::Secret)
            value.value.clear();
    }
    return values;
}

} // namespace stillroom::database
