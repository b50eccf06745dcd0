// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/answers.h"

#include "script/evaluation.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace stillroom::project {

namespace {

Result<QJsonObject> readObject(const QString &fileName)
{
    QFile file(fileName);
    if (!file.exists())
        return QJsonObject();
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(Error{.code = ErrorCode::FileNotReadable, .subject = fileName, .detail = file.errorString(), .file = fileName});
    QJsonParseError problem;
    const QByteArray text = file.readAll();
    const QJsonDocument document = QJsonDocument::fromJson(text, &problem);
    Error error{.code = ErrorCode::ConfigurationSyntax, .file = fileName};
    if (problem.error != QJsonParseError::NoError) {
        error.detail = problem.errorString();
        error.line = static_cast<int>(text.left(problem.offset).count('\n')) + 1;
        return std::unexpected(std::move(error));
    }
    if (!document.isObject()) {
        error.detail = QStringLiteral("it is to be an object, {…}");
        return std::unexpected(std::move(error));
    }
    const QJsonObject object = document.object();
    for (const char *part : {"values", "environment", "settings"}) {
        const QJsonObject inner = object[QLatin1String(part)].toObject();
        for (auto it = inner.constBegin(); it != inner.constEnd(); ++it) {
            if (!it.value().isString()) {
                error.detail = QStringLiteral("'%1' in \"%2\" is to be a text").arg(it.key(), QLatin1String(part));
                return std::unexpected(std::move(error));
            }
        }
    }
    if (object.contains(QLatin1String("python")) && !object[QLatin1String("python")].isString()) {
        error.detail = QStringLiteral("\"python\" is to be a text, the path of an interpreter");
        return std::unexpected(std::move(error));
    }
    return object;
}

QHash<QString, QString> texts(const QJsonObject &object, const char *part)
{
    QHash<QString, QString> result;
    const QJsonObject inner = object[QLatin1String(part)].toObject();
    for (auto it = inner.constBegin(); it != inner.constEnd(); ++it)
        result.insert(it.key(), it.value().toString());
    return result;
}

} // namespace

QString answersFile(const QString &root) { return root + QStringLiteral("/.stillroom.json"); }

Result<Answers> readAnswers(const QString &root)
{
    const auto object = readObject(answersFile(root));
    if (!object)
        return std::unexpected(object.error());
    return Answers{.values = texts(*object, "values"),
                   .environment = texts(*object, "environment"),
                   .settings = texts(*object, "settings"),
                   .python = (*object)[QLatin1String("python")].toString()};
}

namespace {

Result<void> write(const QString &fileName, const QJsonObject &object)
{
    QSaveFile file(fileName);
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(object).toJson()) < 0 || !file.commit())
        return std::unexpected(Error{.code = ErrorCode::FileNotWritable, .detail = file.errorString(), .file = fileName});
    return {};
}

/// One part of the file with these entries kept or, with nullopt, left out; the rest as it is.
Result<void> give(const QString &root, const QString &part, const std::vector<std::pair<QString, std::optional<QString>>> &entries)
{
    const QString fileName = answersFile(root);
    auto object = readObject(fileName);
    if (!object)
        return std::unexpected(std::move(object).error());
    QJsonObject given = (*object)[part].toObject();
    for (const auto &[name, text] : entries) {
        if (text)
            given.insert(name, *text);
        else
            given.remove(name);
    }
    object->insert(part, given);
    return write(fileName, *object);
}

} // namespace

Result<void> giveValues(const QString &root, const std::vector<std::pair<QString, std::optional<QString>>> &values)
{
    for (const auto &[name, expression] : values) {
        if (!expression)
            continue;
        if (auto checked = script::checkGivenValue(name, *expression); !checked)
            return std::unexpected(std::move(checked).error());
    }
    return give(root, QStringLiteral("values"), values);
}

Result<void> giveSetting(const QString &root, const QString &name, const std::optional<QString> &text)
{
    return give(root, QStringLiteral("settings"), {{name, text}});
}

Result<void> givePython(const QString &root, const QString &program)
{
    auto object = readObject(answersFile(root));
    if (!object)
        return std::unexpected(std::move(object).error());
    if (program.isEmpty())
        object->remove(QLatin1String("python"));
    else
        object->insert(QLatin1String("python"), program);
    return write(answersFile(root), *object);
}

} // namespace stillroom::project
