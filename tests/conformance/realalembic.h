// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <expected>

/// Real Alembic and Stillroom's command line as child processes, in a project's folder with the address in DATABASE_URL.
namespace stillroom::conformance {

struct Finished {
    int status = -1;
    QString output, errors;
};

/// A project that both programs walk.
struct Fixture {
    QString name, folder;
    QStringList dialects;
};
/// The demo and the projects under tests/projects, by the dialects that they are meant for.
[[nodiscard]] QList<Fixture> fixtures();

/// Address for a database of `dialect` as the project's env.py takes it (async drivers where it is asynchronous).
[[nodiscard]] QString alembicUrl(const Fixture &fixture, const QString &url);

[[nodiscard]] Finished runAlembic(const Fixture &fixture, const QString &url, const QStringList &arguments);
/// `cli`: the program's path.
[[nodiscard]] Finished runStillroom(const QString &cli, const Fixture &fixture, const QString &url, const QStringList &arguments);

/// SQLAlchemy's version that the installed Alembic runs on, "1.4.46".
[[nodiscard]] QString sqlalchemyVersion();

/// type, name and text of everything in a SQLite file, one line each; internal tables left out.
[[nodiscard]] std::expected<QStringList, QString> sqliteSchema(const QString &file);

} // namespace stillroom::conformance
