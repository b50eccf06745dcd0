// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/session.h"

#include <atomic>
#include <memory>
#include <mutex>
#include <thread>

namespace stillroom::cli {

/// Ctrl+C: the first ends the run after the current revision, the second cancels the current statement on the server. To
/// be made before other threads are, since it blocks the signal for all of them and waits for it in its own.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt &) = delete;
    Interrupt &operator=(const Interrupt &) = delete;
    void setCancelHandle(std::shared_ptr<database::CancelHandle> handle);
    [[nodiscard]] const std::atomic<bool> &stopFlag() const { return m_stop; }
    [[nodiscard]] const std::atomic<bool> &cancelFlag() const { return m_cancel; }

private:
    void wait();

    std::atomic<bool> m_stop = false, m_cancel = false;
    std::atomic<bool> m_ending = false;
    std::mutex m_mutex; // guards m_handle
    std::shared_ptr<database::CancelHandle> m_handle;
    std::thread m_thread;
};

} // namespace stillroom::cli
