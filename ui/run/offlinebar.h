// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "migration/planning.h"
#include "ui/theme.h"

#include <QFrame>

class QButtonGroup;
class QLineEdit;

namespace stillroom::ui {

/// Where an offline plan starts and ends: Alembic's FROM:TO (Alembic, "Generating SQL Scripts"), since no database says where it is.
class OfflineBar : public QFrame {
    Q_OBJECT
public:
    explicit OfflineBar(QWidget *parent = nullptr);
    void setRequest(const migration::PlanRequest &request);
    void setRevisions(const revision::RevisionGraph *graph); ///< to complete from
    [[nodiscard]] migration::PlanRequest request() const;
    [[nodiscard]] QLineEdit *from() const { return m_from; }
    [[nodiscard]] QLineEdit *to() const { return m_to; }

Q_SIGNALS:
    void requested(const stillroom::migration::PlanRequest &request);

private:
    QButtonGroup *m_kinds;
    QLineEdit *m_from, *m_to;
};

} // namespace stillroom::ui
