// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migration/worker.h"
#include "ui/project/connection.h"
#include "ui/project/connectiontrial.h"
#include "ui/project/keywordsmodel.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QTabWidget;
class QToolButton;

namespace stillroom::ui {

class Banner;

/// The connections of a project, and the addresses that it mentions itself; what the chosen one consists of, with all that libpq
/// knows, where each value comes from, a tunnel, and how carefully the database is to be treated. A password is never among what
/// is kept: it goes to the keyring, or nowhere.
class ConnectDialog : public QDialog {
    Q_OBJECT
public:
    ConnectDialog(const Theme *theme, QWidget *parent);
    void setProject(const migration::ProjectPtr &project);
    void setConnections(const std::vector<Connection> &connections, const QString &last);
    [[nodiscard]] const std::vector<Connection> &connections() const { return m_connections; }
    void showProblem(const Error &error);
    /// Nothing keeps passwords here: said, and not offered.
    void setHasKeyring(bool hasKeyring);
    void useAddress(const QString &address);
    /// What the fields say; an error when they say nothing usable.
    [[nodiscard]] Result<Connection> connection() const;
    void showConnection(const Connection &connection);
    /// What a new connection begins with.
    void setBeginning(const database::ConnectionPolicy &policy) { m_beginning = policy; }
    void setKind(dialect::DialectKind kind);
    [[nodiscard]] KeywordsModel *keywords() const { return m_keywords; }
    [[nodiscard]] ConnectionTrial *trial() const { return m_trial; }
    [[nodiscard]] QString resultWords() const;
    [[nodiscard]] QTabWidget *tabs() const { return m_tabs; }
    void test();

Q_SIGNALS:
    /// It is among connections() now.
    void connectRequested(const stillroom::ui::Connection &connection);
    void connectionsChanged();

private:
    // connectdialog.cpp
    QWidget *makeLists();
    void useOffer(int row);
    void useSaved(int row);
    void add(const Connection &connection);
    void removeSaved();
    bool keep();
    void fillSaved();
    void fill(const project::DatabaseUrl &url);
    void showFields();
    void showProof();
    void showTesting(bool isRunning);
    // connectdialogpages.cpp
    QWidget *makeDatabasePage();
    QWidget *makePostgreSql();
    QWidget *makeSqlite();
    QWidget *makeKeywordsPage();
    QWidget *makeTunnelPage();
    QWidget *makeSafetyPage();
    QLineEdit *keywordField(QFormLayout *form, const QString &label, const char *keyword, const QString &placeholder);
    void setPolicy(const database::ConnectionPolicy &policy);
    [[nodiscard]] database::ConnectionPolicy policy() const;
    void showColour();

    const Theme *m_theme;
    migration::ProjectPtr m_project;
    std::vector<Connection> m_connections;
    KeywordsModel *m_keywords;
    ConnectionTrial *m_trial;
    QWidget *m_offersBox;
    QListWidget *m_saved, *m_offers;
    QToolButton *m_add, *m_copy, *m_remove;
    QTabWidget *m_tabs;
    QStackedWidget *m_pages;
    QLineEdit *m_name, *m_address, *m_file, *m_destination, *m_identity, *m_filter;
    std::vector<std::pair<QString, QLineEdit *>> m_fields; ///< of libpq keywords
    QComboBox *m_kind, *m_sslMode, *m_environment, *m_passwordFrom;
    QLabel *m_proof, *m_passwordWords, *m_keywordsProblem;
    QCheckBox *m_create, *m_readOnly, *m_confirms, *m_typed, *m_backup, *m_ledger, *m_tunnel;
    QSpinBox *m_sshPort;
    std::vector<std::pair<int database::ConnectionPolicy::*, QSpinBox *>> m_numbers;
    QToolButton *m_colour;
    QString m_colourName;
    [[nodiscard]] Connection newConnection() const;
    database::ConnectionPolicy m_beginning;
    database::ConnectionPolicy m_shownPolicy; ///< what the fields do not show of it
    Banner *m_result;
    QPushButton *m_test, *m_connect;
    bool m_hasKeyring = true, m_isFilling = false;
};

} // namespace stillroom::ui
