// SPDX-License-Identifier: GPL-3.0-or-later
// In place of libsecret-1.so.0: a keyring with one password, STANDIN_SECRET, of the user STANDIN_KEY.
#include <cstdarg>
#include <cstdlib>
#include <cstring>

struct SecretSchema {
    const char *name;
    int flags;
    struct {
        const char *name;
        int type;
    } attributes[32];
};

extern "C" {

char *secret_password_lookup_sync(const SecretSchema *schema, void *, void **error, ...)
{
    const char *password = std::getenv("STANDIN_SECRET");
    const char *key = std::getenv("STANDIN_KEY");
    bool isFound = password && key && std::strcmp(schema->name, "org.qt.keychain") == 0;
    std::va_list pairs;
    va_start(pairs, error);
    int count = 0;
    for (const char *name = va_arg(pairs, const char *); name; name = va_arg(pairs, const char *), ++count) {
        const char *value = va_arg(pairs, const char *);
        const char *wanted = std::strcmp(name, "user") == 0 ? key : std::strcmp(name, "server") == 0 ? "stillroom" : "plaintext";
        isFound = isFound && count < 3 && std::strcmp(name, schema->attributes[count].name) == 0 && std::strcmp(value, wanted) == 0;
    }
    va_end(pairs);
    return isFound && count == 3 ? strdup(password) : nullptr;
}

void secret_password_free(char *password) { std::free(password); }
}
