// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migration/preview.h"
#include "revision/revisiongraph.h"
#include "ui/editor/codeeditor.h"
#include "ui/editor/revisiondetails.h"
#include "ui/editor/sqltext.h"
#include "ui/graph/historymodel.h"

#include <QWidget>

class QButtonGroup;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QSplitter;
class QStackedWidget;
class QToolButton;

namespace stillroom::ui {

class Chip;
class ElidedLabel;
class EmptyState;
class FindBar;
class IconLabel;

/// One revision: its heading, the SQL of upgrade and downgrade, and the script beside it. A click on a statement marks the
/// script's line it comes from, and the other way round.
class RevisionPane : public QWidget {
    Q_OBJECT
public:
    RevisionPane(const Theme *theme, std::shared_ptr<HighlightingBackend> backend, QWidget *parent = nullptr);

    void clear();
    void showRevision(const revision::RevisionGraph &graph, revision::Index index, RowState state);
    void showUnknown(const QString &id); ///< a version row that no script has
    void setState(RowState state);
    void setRendering(); ///< SQL is being made
    void setSql(const migration::BodySql &upgrade, const migration::BodySql &downgrade);
    void setSqlFailed(const QString &sentence);
    void setDirection(script::Direction direction);
    [[nodiscard]] QString unknownName() const; ///< of the body that is shown; empty: a given value would not help
    [[nodiscard]] script::Direction direction() const { return m_direction; }
    void setDialect(dialect::DialectKind kind);
    [[nodiscard]] dialect::DialectKind dialectKind() const;
    [[nodiscard]] QString revisionId() const { return m_id; }
    [[nodiscard]] QString sqlToCopy() const;
    [[nodiscard]] CodeEditor *sqlEditor() const { return m_sql; }
    [[nodiscard]] CodeEditor *scriptEditor() const { return m_script; }
    [[nodiscard]] QString statusWords() const;
    [[nodiscard]] bool hasSql() const { return m_hasSql; }
    void openFind();
    void setScriptVisible(bool visible);
    void showDetails(const RevisionDetails::Subject &subject);
    void setDetailsShown(bool shown); ///< in the place of the script
    [[nodiscard]] bool areDetailsShown() const;
    [[nodiscard]] RevisionDetails *details() const { return m_details; }
    [[nodiscard]] QSplitter *splitter() const { return m_splitter; }

Q_SIGNALS:
    void revisionRequested(const QString &id); ///< a parent's name was clicked
    void dialectChanged(dialect::DialectKind kind);
    void detailsShown(bool shown);
    void valueRequested(const QString &name, const QString &reason); ///< for a name of the application

private:
    QWidget *makeHeading();
    QWidget *makeEditors(std::shared_ptr<HighlightingBackend> backend);
    QHBoxLayout *makeSegments(QButtonGroup *group, const QStringList &texts, QWidget *parent);
    void showBody();
    void showDirectionIcons();
    void showStatus(const migration::BodySql &body);
    void showReason(const migration::BodySql &body);
    [[nodiscard]] const migration::BodySql &body() const { return m_direction == script::Direction::Upgrade ? m_upgrade : m_downgrade; }
    void selectStatement(int statement);
    void selectFromScript(int line);
    void readScript(const QString &file);

    const Theme *m_theme;
    QStackedWidget *m_stack;
    EmptyState *m_empty;
    ElidedLabel *m_title, *m_facts;
    QLabel *m_idLabel;
    QHBoxLayout *m_parents;
    QWidget *m_parentsRow;
    Chip *m_stateChip;
    QButtonGroup *m_directions;
    QComboBox *m_dialects;
    IconLabel *m_statusIcon;
    ElidedLabel *m_status, *m_scriptTitle;
    QToolButton *m_giveValue;
    QSplitter *m_splitter;
    CodeEditor *m_sql, *m_script;
    FindBar *m_find;
    QButtonGroup *m_sides;
    QStackedWidget *m_side;
    RevisionDetails *m_details;

    QString m_id, m_file;
    script::Direction m_direction = script::Direction::Upgrade;
    migration::BodySql m_upgrade, m_downgrade;
    bool m_hasSql = false;
    SqlText m_text;
    QStringList m_scriptLines;
};

} // namespace stillroom::ui
