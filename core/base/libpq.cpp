// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/libpq.h"

#include <QLibrary>

#include <libpq-fe.h>

#include <mutex>

namespace stillroom {

namespace {

/// Version 5 is the one that PostgreSQL has had since 8.2 (its src/interfaces/libpq/Makefile: SO_MAJOR_VERSION).
QLibrary &libpq()
{
    static QLibrary library(QStringLiteral("pq"), 5);
    return library;
}

template<typename Function>
Function *resolved(const char *name)
{
    const QFunctionPointer found = stillroom::loadLibpq() ? libpq().resolve(name) : nullptr;
    if (!found)
        qFatal("libpq has no %s: %s", name, qUtf8Printable(libpq().errorString()));
    return reinterpret_cast<Function *>(found);
}

} // namespace

Result<void> loadLibpq()
{
    static std::mutex mutex; // QLibrary is reentrant, no more
    const std::scoped_lock lock(mutex);
    if (!libpq().isLoaded() && !libpq().load())
        return std::unexpected(Error{.code = ErrorCode::ClientLibraryMissing, .subject = QStringLiteral("libpq"), .detail = libpq().errorString()});
    return {};
}

} // namespace stillroom

/// One function of libpq-fe.h, found when it is first called. A function that is used and does not stand here does not link.
#define FORWARD(RETURNS, NAME, PARAMETERS, ARGUMENTS)                                                                                                \
    RETURNS NAME PARAMETERS                                                                                                                          \
    {                                                                                                                                                \
        static auto *const real = stillroom::resolved<decltype(::NAME)>(#NAME);                                                                      \
        return real ARGUMENTS;                                                                                                                       \
    }

extern "C" {
// libpq 34.1, connecting
FORWARD(PGconn *, PQconnectdbParams, (const char *const *keys, const char *const *values, int expand), (keys, values, expand))
FORWARD(PGconn *, PQconnectStartParams, (const char *const *keys, const char *const *values, int expand), (keys, values, expand))
FORWARD(PostgresPollingStatusType, PQconnectPoll, (PGconn * conn), (conn))
FORWARD(PQconninfoOption *, PQconndefaults, (), ())
FORWARD(PQconninfoOption *, PQconninfo, (PGconn * conn), (conn))
FORWARD(PQconninfoOption *, PQconninfoParse, (const char *text, char **message), (text, message))
FORWARD(void, PQconninfoFree, (PQconninfoOption * options), (options))
FORWARD(void, PQfinish, (PGconn * conn), (conn))
FORWARD(PGPing, PQpingParams, (const char *const *keys, const char *const *values, int expand), (keys, values, expand))
// 34.2, what a connection says of itself
FORWARD(char *, PQpass, (const PGconn *conn), (conn))
FORWARD(char *, PQhost, (const PGconn *conn), (conn))
FORWARD(char *, PQhostaddr, (const PGconn *conn), (conn))
FORWARD(char *, PQport, (const PGconn *conn), (conn))
FORWARD(char *, PQuser, (const PGconn *conn), (conn))
FORWARD(char *, PQdb, (const PGconn *conn), (conn))
FORWARD(ConnStatusType, PQstatus, (const PGconn *conn), (conn))
FORWARD(PGTransactionStatusType, PQtransactionStatus, (const PGconn *conn), (conn))
FORWARD(const char *, PQparameterStatus, (const PGconn *conn, const char *name), (conn, name))
FORWARD(int, PQserverVersion, (const PGconn *conn), (conn))
FORWARD(char *, PQerrorMessage, (const PGconn *conn), (conn))
FORWARD(int, PQsocket, (const PGconn *conn), (conn))
FORWARD(int, PQbackendPID, (const PGconn *conn), (conn))
FORWARD(int, PQconnectionNeedsPassword, (const PGconn *conn), (conn))
FORWARD(int, PQgssEncInUse, (PGconn * conn), (conn))
FORWARD(int, PQsslInUse, (PGconn * conn), (conn))
FORWARD(const char *, PQsslAttribute, (PGconn * conn, const char *name), (conn, name))
// 34.3 and 34.4, statements
FORWARD(PGresult *, PQexec, (PGconn * conn, const char *sql), (conn, sql))
FORWARD(int, PQsendQuery, (PGconn * conn, const char *sql), (conn, sql))
FORWARD(int, PQsendQueryParams,
        (PGconn * conn, const char *sql, int count, const Oid *types, const char *const *values, const int *lengths, const int *formats, int format),
        (conn, sql, count, types, values, lengths, formats, format))
FORWARD(int, PQenterPipelineMode, (PGconn * conn), (conn))
FORWARD(int, PQexitPipelineMode, (PGconn * conn), (conn))
FORWARD(int, PQsendFlushRequest, (PGconn * conn), (conn))
FORWARD(int, PQpipelineSync, (PGconn * conn), (conn))
FORWARD(PGresult *, PQgetResult, (PGconn * conn), (conn))
FORWARD(int, PQconsumeInput, (PGconn * conn), (conn))
FORWARD(int, PQisBusy, (PGconn * conn), (conn))
FORWARD(ExecStatusType, PQresultStatus, (const PGresult *result), (result))
FORWARD(char *, PQresultErrorMessage, (const PGresult *result), (result))
FORWARD(char *, PQresultErrorField, (const PGresult *result, int code), (result, code))
FORWARD(void, PQclear, (PGresult * result), (result))
FORWARD(int, PQntuples, (const PGresult *result), (result))
FORWARD(int, PQnfields, (const PGresult *result), (result))
FORWARD(char *, PQfname, (const PGresult *result, int column), (result, column))
FORWARD(Oid, PQftype, (const PGresult *result, int column), (result, column))
FORWARD(char *, PQgetvalue, (const PGresult *result, int row, int column), (result, row, column))
FORWARD(int, PQgetisnull, (const PGresult *result, int row, int column), (result, row, column))
FORWARD(int, PQgetlength, (const PGresult *result, int row, int column), (result, row, column))
FORWARD(char *, PQcmdStatus, (PGresult * result), (result))
FORWARD(char *, PQcmdTuples, (PGresult * result), (result))
// 34.7, cancelling
FORWARD(PGcancel *, PQgetCancel, (PGconn * conn), (conn))
FORWARD(void, PQfreeCancel, (PGcancel * cancel), (cancel))
FORWARD(int, PQcancel, (PGcancel * cancel, char *why, int size), (cancel, why, size))
#ifdef LIBPQ_HAS_ASYNC_CANCEL
FORWARD(PGcancelConn *, PQcancelCreate, (PGconn * conn), (conn))
FORWARD(int, PQcancelBlocking, (PGcancelConn * cancel), (cancel))
FORWARD(void, PQcancelReset, (PGcancelConn * cancel), (cancel))
FORWARD(void, PQcancelFinish, (PGcancelConn * cancel), (cancel))
#endif
// 34.10 to 34.13, COPY, the rest, notices
FORWARD(int, PQputCopyEnd, (PGconn * conn, const char *why), (conn, why))
FORWARD(int, PQgetCopyData, (PGconn * conn, char **row, int async), (conn, row, async))
FORWARD(PGVerbosity, PQsetErrorVerbosity, (PGconn * conn, PGVerbosity verbosity), (conn, verbosity))
FORWARD(PQnoticeReceiver, PQsetNoticeReceiver, (PGconn * conn, PQnoticeReceiver receiver, void *argument), (conn, receiver, argument))
FORWARD(void, PQfreemem, (void *memory), (memory))
}
