// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/graph/graphpicture.h"

#include "ui/chip.h"

#include <QApplication>
#include <QImage>
#include <QPainter>
#include <QSaveFile>
#include <QSvgGenerator>

namespace stillroom::ui {

namespace {

constexpr int kMargin = 12;
constexpr int kHighestPicture = 32'000; // QImage and most programs count rows of a picture in 15 bits
constexpr double kScale = 2;            // a PNG is looked at on screens of any density

} // namespace

GraphPicture::GraphPicture(const Theme *theme, const HistoryModel *model) : m_theme(theme), m_model(model), m_delegate(theme, model)
{
    const QFont font = QApplication::font();
    const QFontMetrics metrics(font);
    const QFontMetrics mono(monospaceFont());
    m_rowHeight = HistoryDelegate::rowHeight(metrics);
    m_widths.assign(HistoryModel::ColumnCount, 0);
    for (int row = 0; row < model->rowCount(); ++row) {
        const auto widen = [&](int column, int width) { m_widths[std::size_t(column)] = std::max(m_widths[std::size_t(column)], width + 18); };
        widen(HistoryModel::RevisionColumn, mono.horizontalAdvance(model->idAt(row)));
        widen(HistoryModel::MessageColumn, metrics.horizontalAdvance(model->index(row, HistoryModel::MessageColumn).data().toString()) + 24);
        widen(HistoryModel::DateColumn, metrics.horizontalAdvance(model->index(row, HistoryModel::DateColumn).data().toString()));
        widen(HistoryModel::StateColumn, metrics.horizontalAdvance(model->index(row, HistoryModel::StateColumn).data().toString()) + 8);
        int labels = model->isHeadAt(row) ? chipWidth(metrics, QStringLiteral("head")) + 6 : 0;
        for (const QString &label : model->labelsAt(row))
            labels += chipWidth(metrics, label) + 6;
        widen(HistoryModel::LabelsColumn, labels);
        if (const auto findings = model->findingsAt(row); !findings.empty())
            m_widths[HistoryModel::MessageColumn] = std::max(m_widths[HistoryModel::MessageColumn], 360);
    }
    m_widths[HistoryModel::GraphColumn] = m_delegate.graphWidth();
    if (!model->hasDatabase() && model->findings().empty())
        m_widths[HistoryModel::StateColumn] = 0;
    int width = 2 * kMargin;
    for (const int column : m_widths)
        width += column;
    m_size = QSize(width, 2 * kMargin + m_rowHeight * model->rowCount());
}

void GraphPicture::paint(QPainter *painter) const
{
    painter->fillRect(QRect(QPoint(), m_size), m_theme->tokens().base);
    QStyleOptionViewItem option;
    option.font = QApplication::font();
    option.fontMetrics = QFontMetrics(option.font);
    for (int row = 0; row < m_model->rowCount(); ++row) {
        int x = kMargin;
        for (int column = 0; column < HistoryModel::ColumnCount; ++column) {
            const int width = m_widths[std::size_t(column)];
            option.rect = QRect(x, kMargin + row * m_rowHeight, width, m_rowHeight);
            if (width > 0)
                m_delegate.paint(painter, option, m_model->index(row, column));
            x += width;
        }
    }
}

Result<void> GraphPicture::save(const QString &path) const
{
    const auto failed = [&path](const QString &why) {
        return std::unexpected(Error{.code = ErrorCode::FileNotWritable, .subject = path, .detail = why, .file = path});
    };
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return failed(file.errorString());
    if (path.endsWith(QLatin1String(".png"), Qt::CaseInsensitive)) {
        const QSize pixels = m_size * kScale;
        if (pixels.height() > kHighestPicture)
            return failed(HistoryModel::tr("%1 rows are too many for a PNG; filter the list, or save an SVG").arg(m_model->rowCount()));
        QImage picture(pixels, QImage::Format_ARGB32_Premultiplied);
        picture.setDevicePixelRatio(kScale);
        QPainter painter(&picture);
        paint(&painter);
        painter.end();
        if (!picture.save(&file, "PNG"))
            return failed(file.errorString());
    } else {
        QSvgGenerator generator;
        generator.setOutputDevice(&file);
        generator.setSize(m_size);
        generator.setViewBox(QRect(QPoint(), m_size));
        generator.setTitle(HistoryModel::tr("Revisions"));
        QPainter painter(&generator);
        paint(&painter);
    }
    return file.commit() ? Result<void>() : failed(file.errorString());
}

} // namespace stillroom::ui
