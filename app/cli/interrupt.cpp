// SPDX-License-Identifier: GPL-3.0-or-later
#include "interrupt.h"

#include "output.h"

#include <csignal>
#include <pthread.h>

namespace stillroom::cli {

namespace {

sigset_t interruptSignals()
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGUSR1); // sent by the destructor to end the wait
    return set;
}

} // namespace

Interrupt::Interrupt()
{
    const sigset_t set = interruptSignals();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    m_thread = std::thread([this] { wait(); });
}

Interrupt::~Interrupt()
{
    m_ending = true;
    pthread_kill(m_thread.native_handle(), SIGUSR1);
    m_thread.join();
}

void Interrupt::setCancelHandle(std::shared_ptr<database::CancelHandle> handle)
{
    const std::scoped_lock lock(m_mutex);
    m_handle = std::move(handle);
}

void Interrupt::wait()
{
    const sigset_t set = interruptSignals();
    int signalNumber = 0;
    while (sigwait(&set, &signalNumber) == 0 && !m_ending) {
        if (!m_stop.exchange(true)) {
            printError(QStringLiteral("\nStopping after the current revision. Press Ctrl+C again to cancel the current statement.\n"));
            continue;
        }
        printError(QStringLiteral("\nCancelling.\n"));
        m_cancel = true;
        const std::scoped_lock lock(m_mutex);
        if (m_handle)
            m_handle->cancel();
    }
}

} // namespace stillroom::cli
