// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/newrevision.h"
#include "project/reparent.h"
#include "ui/editor/codeeditor.h"

#include <QDialog>
#include <QTimer>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QTabWidget;

namespace stillroom::ui {

class Banner;
class MergeHelp;

/// A new revision, or a merge of heads: what is asked for, and beside it the script as it would be written. Nothing is written before
/// the person says so; the programs that the project wants run on new scripts are shown and run only if they are ticked.
class NewRevisionDialog : public QDialog {
    Q_OBJECT
public:
    using ProjectPtr = std::shared_ptr<const project::Project>;
    struct Start {
        QStringList heads{QStringLiteral("head")};
        bool isMerge = false;
        dialect::DialectKind kind = dialect::DialectKind::PostgreSql;
    };
    NewRevisionDialog(const Theme *theme, std::shared_ptr<HighlightingBackend> backend, ProjectPtr project, const Start &start, QWidget *parent);

    [[nodiscard]] project::NewRevision wanted() const;
    [[nodiscard]] QString problem() const; ///< why it cannot be written, empty if it can
    [[nodiscard]] CodeEditor *preview() const { return m_preview; }
    [[nodiscard]] QLineEdit *message() const { return m_message; }
    [[nodiscard]] QLineEdit *parents() const { return m_parents; }
    [[nodiscard]] QPlainTextEdit *upgradeSql() const { return m_upgradeSql; }
    [[nodiscard]] MergeHelp *mergeHelp() const { return m_help; } ///< null: no merge
    void write();

Q_SIGNALS:
    /// Instead of a merge: a script got another parent.
    void reparented(const stillroom::project::ScriptEdit &edit);
    void written(const QString &id, const QString &file, const std::vector<stillroom::project::HookCommand> &hooks);

private:
    [[nodiscard]] QWidget *makeFields(const Start &start);
    [[nodiscard]] QWidget *makeSql();
    void planAgain();
    void planParent(const project::Reparenting &wanted);
    void writeParent();
    void showHooks();

    const Theme *m_theme;
    ProjectPtr m_project;
    dialect::DialectKind m_kind;
    QString m_id; ///< chosen once, so that the preview does not change under the eyes
    std::optional<project::RevisionFile> m_planned;
    std::optional<project::ScriptEdit> m_edit; ///< planned instead of a new file
    MergeHelp *m_help = nullptr;
    QWidget *m_fields = nullptr;
    QString m_writeWords;
    QLineEdit *m_message, *m_parents, *m_label, *m_dependsOn, *m_idLine;
    QComboBox *m_folder;
    QCheckBox *m_splice, *m_runHooks;
    QPlainTextEdit *m_upgradeSql, *m_downgradeSql;
    QLabel *m_file, *m_hooks;
    CodeEditor *m_preview;
    Banner *m_problem;
    QPushButton *m_write;
    QTimer m_settle;
};

} // namespace stillroom::ui
