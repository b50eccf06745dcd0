// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wrappedlabel.h"

#include <QEvent>
#include <QLayout>

namespace stillroom::ui {

namespace {

class HeightKeeper : public QObject {
public:
    explicit HeightKeeper(QDialog *dialog) : QObject(dialog), m_dialog(dialog) { dialog->installEventFilter(this); }
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Resize || event->type() == QEvent::Show) {
            const QLayout *layout = m_dialog->layout();
            if (layout && layout->hasHeightForWidth())
                m_dialog->setMinimumHeight(layout->totalMinimumHeightForWidth(m_dialog->width()));
        }
        return QObject::eventFilter(watched, event);
    }

private:
    QDialog *m_dialog;
};

} // namespace

QLabel *wrappedLabel(const QString &text, const char *role, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("role", QString::fromLatin1(role));
    return label;
}

void keepWrappedTextsWhole(QDialog *dialog) { new HeightKeeper(dialog); }

} // namespace stillroom::ui
