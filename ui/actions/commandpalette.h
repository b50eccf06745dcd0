// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/actions/actionregistry.h"

#include <QAbstractListModel>
#include <QDialog>

#include <optional>

class QLineEdit;
class QListView;

namespace stillroom::ui {

/// How well `pattern` matches `text` letter by letter in order; higher is better, nullopt: not at all. Starts of words and
/// runs count more. An empty pattern matches everything alike.
[[nodiscard]] std::optional<int> fuzzyScore(const QString &pattern, const QString &text);

/// The commands that match, best first. Disabled ones are listed last, so that one sees that they exist.
class CommandModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Role { SectionRole = Qt::UserRole + 1, KeysRole };
    CommandModel(const ActionRegistry *actions, QObject *parent = nullptr);
    void setPattern(const QString &pattern);
    [[nodiscard]] QAction *actionAt(int row) const;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    const ActionRegistry *m_actions;
    std::vector<std::size_t> m_shown;
};

/// A list of all commands, found by typing a few letters of them (Ctrl+Shift+P).
class CommandPalette : public QDialog {
    Q_OBJECT
public:
    CommandPalette(const Theme *theme, const ActionRegistry *actions, QWidget *parent);
    void openOver(QWidget *window);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void runCurrent();
    QLineEdit *m_text;
    QListView *m_list;
    CommandModel *m_model;
};

} // namespace stillroom::ui
