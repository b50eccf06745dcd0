// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migration/worker.h"
#include "ui/chip.h"

#include <QDialog>

#include <memory>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QTabWidget;

namespace stillroom::ui {

class Banner;

/// Where a connection came from before: no password is ever among it.
struct RememberedConnection {
    QString address; ///< URL or keywords without a password
    Environment environment = Environment::Unspecified;
    bool isReadOnly = false;
};

/// Asks for a database: PostgreSQL by fields or by an address (URL, libpq keywords), SQLite by file, or one of the addresses
/// that the project mentions. A password is used for this connection and stored nowhere.
class ConnectDialog : public QDialog {
    Q_OBJECT
public:
    ConnectDialog(const Theme *theme, QWidget *parent);
    void setProject(const migration::ProjectPtr &project);
    void setRemembered(const RememberedConnection &connection);
    void showProblem(const Error &error);
    void useAddress(const QString &address);

    enum class Kind { PostgreSql, Sqlite, Address };
    void setKind(Kind kind);
    /// What the fields say; an error when they say nothing usable.
    [[nodiscard]] Result<database::ConnectionSpec> spec() const;
    [[nodiscard]] Environment environment() const;
    [[nodiscard]] RememberedConnection toRemember() const;

Q_SIGNALS:
    void connectRequested(const stillroom::database::ConnectionSpec &spec, stillroom::ui::Environment environment);

private:
    QWidget *makeOffers();
    QWidget *makePostgreSql();
    QWidget *makeSqlite();
    QWidget *makeAddress();
    void test();
    void useOffer(int row);
    void fill(const project::DatabaseUrl &url);
    [[nodiscard]] Result<project::DatabaseUrl> address() const;

    const Theme *m_theme;
    migration::ProjectPtr m_project;
    QWidget *m_offersBox;
    QListWidget *m_offers;
    QTabWidget *m_tabs;
    QLineEdit *m_host, *m_port, *m_database, *m_user, *m_password, *m_service, *m_file, *m_address;
    QComboBox *m_sslMode, *m_environment;
    QCheckBox *m_create, *m_readOnly;
    Banner *m_result;
    QPushButton *m_test, *m_connect;
    std::vector<std::pair<QString, QString>> m_otherKeywords; ///< of an address that the fields have no place for
    std::unique_ptr<migration::MigrationThread> m_tester;
    int m_testId = 0;
    bool m_hasRemembered = false; ///< the last connection goes before the first offer
};

} // namespace stillroom::ui
