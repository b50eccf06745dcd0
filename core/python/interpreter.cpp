// SPDX-License-Identifier: GPL-3.0-or-later
#include "python/interpreter.h"
#include "python/parser.h"
