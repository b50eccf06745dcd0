#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whole processes beside whole processes: stillroom-cli and the installed Alembic on generated projects.

Prints a table: best wall time, best processor time (user and system) and the largest memory of several rounds, and how many
times faster Stillroom is. Fails only when a command fails, when SQL differs, or when histories have different revisions.
"""
import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import generate  # noqa: E402


class Best:
    def __init__(self):
        self.wall = self.processor = float("inf")
        self.memory = 0.0

    def add(self, wall, usage):
        self.wall = min(self.wall, wall)
        self.processor = min(self.processor, usage.ru_utime + usage.ru_stime)
        self.memory = max(self.memory, usage.ru_maxrss / 1024)


def run(command, folder, rounds, environment, forgets=False):
    """`forgets`: nothing is kept from one round to the next."""
    best = Best()
    for _ in range(rounds):
        if forgets:
            shutil.rmtree(environment["XDG_CACHE_HOME"], ignore_errors=True)
        with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
            start = time.perf_counter()
            process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=errors, env=environment)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            best.add(time.perf_counter() - start, usage)
            output.seek(0)
            errors.seek(0)
            text = output.read().decode()
            if process.returncode != 0:
                return None, errors.read().decode()[-400:]
    return best, text


def compare(what, ours, theirs, folder, options, same, forgets=False):
    alembic, expected = run(theirs, folder, options.alembic_rounds, options.environment)
    stillroom, given = run(ours, folder, options.rounds, options.environment, forgets)
    if stillroom is None and same is None:
        print(f"{what:34} (Stillroom refuses this: {given.strip().splitlines()[-1][-90:]})")
        return
    if stillroom is None:
        sys.exit(f"{what}: {' '.join(map(str, ours))} failed:\n{given}")
    line = f"{what:34} {stillroom.wall * 1000:9.1f} {stillroom.processor * 1000:9.1f} {stillroom.memory:6.0f}"
    if alembic is None:
        print(line + "  (Alembic itself refuses this)")
        return
    print(f"{line} {alembic.wall * 1000:10.0f} {alembic.processor * 1000:10.0f} {alembic.memory:6.0f}"
          f" {alembic.wall / stillroom.wall:7.1f} {alembic.processor / stillroom.processor:7.1f}", flush=True)
    if same and same(given) != same(expected):
        for number, (mine, real) in enumerate(zip(same(given), same(expected)), 1):
            if mine != real:
                sys.exit(f"{what}: line {number} differs\n  Stillroom: {mine}\n  Alembic:   {real}")
        sys.exit(f"{what}: {len(same(given))} lines, Alembic has {len(same(expected))}")


def revisions(text):
    """Which lines a history has; Alembic's order of equal branches is not ours."""
    return sorted(re.sub(r"\s+", " ", line.split(",")[0]) for line in text.splitlines() if "->" in line)


def statements(text):
    """SQL without white space at line ends and empty lines."""
    return [line.rstrip() for line in text.splitlines() if line.strip()]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cli", required=True)
    parser.add_argument("--engine", help="the enginebench program")
    parser.add_argument("--fixtures", type=pathlib.Path, help="a folder of projects to compare as well (not checked for equality: tests do)")
    parser.add_argument("--alembic", default=shutil.which("alembic"))
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 10_000])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--alembic-rounds", type=int, default=2)
    options = parser.parse_args()
    options.cli = os.path.abspath(options.cli)
    if options.alembic is None:
        sys.exit("no alembic on the path")
    with tempfile.TemporaryDirectory() as temporary:
        options.environment = dict(os.environ, XDG_CACHE_HOME=os.path.join(temporary, "cache"), PYTHONDONTWRITEBYTECODE="")
        print(f"{'':34} {'Stillroom':>26} {'Alembic':>28} {'times faster':>15}")
        print(f"{'':34} {'wall ms':>9} {'cpu ms':>9} {'MB':>6} {'wall ms':>10} {'cpu ms':>10} {'MB':>6} {'wall':>7} {'cpu':>7}")
        for size in options.sizes:
            folder = pathlib.Path(temporary) / str(size)
            generate.write(folder, size)
            history = [options.cli, "history"], [options.alembic, "history"], folder, options, revisions
            compare(f"history, {size} revisions", *history, forgets=True)
            run([options.cli, "history"], folder, 1, options.environment)  # the first time after that; what changed lately is not kept
            compare(f"history again, {size} revisions", *history)
            compare(f"base:head --sql, {size} revisions", [options.cli, "upgrade", "base:head", "--sql"],
                    [options.alembic, "upgrade", "head", "--sql"], folder, options, statements)
        for project in sorted(options.fixtures.iterdir()) if options.fixtures else []:
            if (project / "alembic.ini").exists():
                compare(f"base:head --sql, {project.name}", [options.cli, "upgrade", "base:head", "--sql"],
                        [options.alembic, "upgrade", "heads", "--sql"], project, options, None)
        if options.engine:
            print(flush=True)
            subprocess.run([options.engine, str(pathlib.Path(temporary) / str(options.sizes[0]) / "versions")], check=True)


if __name__ == "__main__":
    main()
