// SPDX-License-Identifier: GPL-3.0-or-later
#include "migration/steperror.h"

namespace stillroom::migration {

Error incompleteBody(const PreviewStep &step)
{
    Error error;
    error.code = !step.body.raises.isEmpty()                          ? ErrorCode::ScriptRaised
                 : step.body.status == BodySql::Status::NeedsDatabase ? ErrorCode::ScriptNeedsDatabase
                                                                      : ErrorCode::ScriptNotUnderstood;
    error.revision = step.step.revision;
    error.file = step.body.file;
    error.line = step.body.line;
    error.detail = step.body.raises.isEmpty() ? step.body.reason : step.body.raises;
    return error;
}

} // namespace stillroom::migration
