// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

namespace stillroom {

/// Loads libpq, which is not linked: it brings OpenSSL, Kerberos and LDAP with it, half of the time that a command takes to
/// start, and most commands read scripts only. The functions of libpq-fe.h are called as ever (libpq.cpp forwards those that
/// are used); the first of them loads it too, but cannot say so politely where it is missing. Any thread; at once when it is
/// loaded already.
[[nodiscard]] Result<void> loadLibpq();

} // namespace stillroom
