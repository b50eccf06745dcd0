// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFile>
#include <QString>

namespace stillroom::testsupport {

/// Forwards as ssh would, without a machine to go through: -L port:socket, then LocalCommand. It ends as its far end (argument after --)
/// says.
inline constexpr char kStandInSsh[] = R"(#!/usr/bin/env python3
import os, signal, socket, subprocess, sys, threading
args = sys.argv[1:]
destination = args[args.index('--') + 1]
if destination == 'locked':
    sys.stderr.write('ops@locked: Permission denied (publickey).\n'); sys.exit(255)
if destination == 'silent':
    signal.pause()
address, port, far = args[args.index('-L') + 1].split(':', 2)
listening = socket.socket()
listening.bind((address, int(port)))
listening.listen()
def copy(a, b):
    while data := a.recv(65536):
        b.sendall(data)
    b.shutdown(socket.SHUT_WR)
def serve():
    while True:
        near, _ = listening.accept()
        other = socket.socket(socket.AF_UNIX); other.connect(far)
        for pair in ((near, other), (other, near)):
            threading.Thread(target=copy, args=pair, daemon=True).start()
threading.Thread(target=serve, daemon=True).start()
for option in args:
    if option.startswith('LocalCommand='):
        subprocess.run(option.split('=', 1)[1], shell=True)
signal.pause()
)";

/// Writes it into the folder; empty: it could not be.
[[nodiscard]] inline QString writeStandInSsh(const QString &folder)
{
    QFile file(folder + QStringLiteral("/ssh"));
    if (!file.open(QIODevice::WriteOnly) || file.write(kStandInSsh) < 0)
        return {};
    file.close();
    return file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner) ? file.fileName() : QString();
}

} // namespace stillroom::testsupport
