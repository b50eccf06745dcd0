// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/objects.h"

namespace stillroom::script {

sql::ExpressionPtr ExpressionPayload::expression(Library &) const { return fixed; }

sql::StatementPtr StatementPayload::statement(Library &) const { return fixed; }

} // namespace stillroom::script
