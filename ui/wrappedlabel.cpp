// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wrappedlabel.h"

namespace stillroom::ui {

QLabel *wrappedLabel(const QString &text, const char *role, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("role", QString::fromLatin1(role));
    return label;
}

} // namespace stillroom::ui
