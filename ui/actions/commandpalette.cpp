// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/actions/commandpalette.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace stillroom::ui {

std::optional<int> fuzzyScore(const QString &pattern, const QString &text)
{
    int score = 0;
    int run = 0;
    qsizetype at = 0;
    for (const QChar wanted : pattern) {
        if (wanted.isSpace())
            continue;
        qsizetype found = at;
        while (found < text.size() && text.at(found).toCaseFolded() != wanted.toCaseFolded())
            ++found;
        if (found == text.size())
            return std::nullopt;
        const bool startsWord = found == 0 || !text.at(found - 1).isLetterOrNumber();
        run = found == at && at > 0 ? run + 1 : 0;
        score += (startsWord ? 8 : 0) + run * 4 - int(std::min<qsizetype>(found - at, 6));
        at = found + 1;
    }
    return score;
}

namespace {

QString plainText(const QAction *action) { return action->text().remove(QLatin1Char('&')).remove(QStringLiteral("…")); }

class CommandDelegate : public QStyledItemDelegate {
public:
    CommandDelegate(const Theme *theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme) {}
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const override
    {
        return QSize(100, option.fontMetrics.height() + 12);
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const ThemeTokens &t = m_theme->tokens();
        painter->save();
        painter->fillRect(option.rect, option.state & QStyle::State_Selected ? t.accentSoft : t.raised);
        QRect room = option.rect.adjusted(12, 0, -12, 0);
        const bool enabled = index.flags() & Qt::ItemIsEnabled;
        const QString keys = index.data(CommandModel::KeysRole).toString();
        painter->setPen(enabled ? t.muted : t.faint);
        painter->drawText(room, Qt::AlignVCenter | Qt::AlignRight, keys);
        room.setRight(room.right() - option.fontMetrics.horizontalAdvance(keys) - 16);
        const QString section = index.data(CommandModel::SectionRole).toString() + QStringLiteral(": ");
        painter->drawText(room, Qt::AlignVCenter | Qt::AlignLeft, section);
        room.setLeft(room.left() + option.fontMetrics.horizontalAdvance(section));
        painter->setPen(enabled ? t.text : t.faint);
        painter->drawText(room, Qt::AlignVCenter | Qt::AlignLeft,
                          option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, room.width()));
        painter->restore();
    }

private:
    const Theme *m_theme;
};

} // namespace

CommandModel::CommandModel(const ActionRegistry *actions, QObject *parent) : QAbstractListModel(parent), m_actions(actions) { setPattern(QString()); }

void CommandModel::setPattern(const QString &pattern)
{
    beginResetModel();
    std::vector<std::pair<int, std::size_t>> scored;
    const auto &entries = m_actions->entries();
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const QString text = plainText(entries[i].action);
        std::optional<int> score = fuzzyScore(pattern, text);
        if (const auto withSection = fuzzyScore(pattern, entries[i].spec.section + QLatin1Char(' ') + text))
            score = std::max(score.value_or(*withSection - 4), *withSection - 4);
        if (score && entries[i].action->isVisible())
            scored.emplace_back(-*score + (entries[i].action->isEnabled() ? 0 : 1000), i);
    }
    std::ranges::stable_sort(scored, {}, &std::pair<int, std::size_t>::first);
    m_shown.clear();
    for (const auto &[score, index] : scored)
        m_shown.push_back(index);
    endResetModel();
}

QAction *CommandModel::actionAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_actions->entries()[m_shown[std::size_t(row)]].action : nullptr;
}

int CommandModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : int(m_shown.size()); }

QVariant CommandModel::data(const QModelIndex &index, int role) const
{
    const QAction *action = actionAt(index.row());
    if (!action)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return plainText(action);
    case Qt::AccessibleTextRole:
        return data(index, SectionRole).toString() + QStringLiteral(": ") + plainText(action);
    case SectionRole:
        return m_actions->entries()[m_shown[std::size_t(index.row())]].spec.section;
    case KeysRole:
        return action->shortcut().toString(QKeySequence::NativeText);
    default:
        return {};
    }
}

Qt::ItemFlags CommandModel::flags(const QModelIndex &index) const
{
    const QAction *action = actionAt(index.row());
    return action && action->isEnabled() ? QAbstractListModel::flags(index) : Qt::NoItemFlags;
}

CommandPalette::CommandPalette(const Theme *theme, const ActionRegistry *actions, QWidget *parent)
    : QDialog(parent, Qt::Popup | Qt::FramelessWindowHint), m_text(new QLineEdit(this)), m_list(new QListView(this)),
      m_model(new CommandModel(actions, this))
{
    setAccessibleName(tr("Commands"));
    setObjectName(QStringLiteral("palette"));
    m_text->setPlaceholderText(tr("Type a command"));
    m_text->setAccessibleName(tr("Command"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CommandDelegate(theme, m_list));
    m_list->setAccessibleName(tr("Matching commands"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setUniformItemSizes(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 8, 8, 8);
    layout->addWidget(m_text);
    layout->addWidget(m_list);
    m_text->installEventFilter(this);
    connect(m_text, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model->setPattern(text);
        m_list->setCurrentIndex(m_model->index(0));
    });
    connect(m_list, &QListView::clicked, this, &CommandPalette::runCurrent);
}

void CommandPalette::openOver(QWidget *window)
{
    m_text->clear();
    m_model->setPattern(QString());
    m_list->setCurrentIndex(m_model->index(0));
    const int width = std::min(560, window->width() - 40);
    resize(width, std::min(420, window->height() - 120));
    move(window->mapToGlobal(QPoint((window->width() - width) / 2, 70)));
    show();
    m_text->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::runCurrent()
{
    QAction *action = m_model->actionAt(m_list->currentIndex().row());
    if (!action || !action->isEnabled())
        return;
    close();
    action->trigger();
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_text && event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up || key == Qt::Key_PageDown || key == Qt::Key_PageUp) {
            QApplication::sendEvent(m_list, event);
            return true;
        }
        if (key == Qt::Key_Return || key == Qt::Key_Enter) {
            runCurrent();
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace stillroom::ui
