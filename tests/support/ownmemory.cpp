// SPDX-License-Identifier: GPL-3.0-or-later
// Linked into every test that is built with ThreadSanitizer: what QProcess starts gets memory of its own. Qt starts a program in a child that
// shares the parent's memory until it becomes the program (CLONE_VM). ThreadSanitizer takes it for a fork, after which it looks away in the
// child, and then looks away in the parent as well, to the end: no race is found any more. Source: LLVM, compiler-rt, tsan_interceptors_posix.cpp
// (clone); Linux, clone(2).
#include <cstdarg>

#include <dlfcn.h>
#include <sched.h>
#include <sys/types.h>

extern "C" __attribute__((visibility("default"))) int clone(int (*function)(void *), void *stack, int flags, void *argument, ...) noexcept
{
    std::va_list more;
    va_start(more, argument);
    auto *const parent = va_arg(more, pid_t *);
    void *const storage = va_arg(more, void *);
    auto *const child = va_arg(more, pid_t *);
    va_end(more);
    static const auto real = reinterpret_cast<decltype(&::clone)>(::dlsym(RTLD_NEXT, "clone"));
    return real(function, stack, flags & ~(CLONE_VM | CLONE_VFORK), argument, parent, storage, child);
}
