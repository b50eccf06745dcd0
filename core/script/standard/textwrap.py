# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "textwrap".


def dedent(text):
    lines = [line if line.strip(" \t") else "" for line in text.split("\n")]
    margin = None
    for line in lines:
        if not line:
            continue
        indent = line[: len(line) - len(line.lstrip(" \t"))]
        if margin is None:
            margin = indent
        else:
            same = 0
            while same < min(len(margin), len(indent)) and margin[same] == indent[same]:
                same += 1
            margin = margin[:same]
    return "\n".join(line[len(margin) :] if margin and line else line for line in lines)


def indent(text, prefix, predicate=None):
    wanted = predicate or (lambda line: line.strip())
    return "".join(prefix + line if wanted(line) else line for line in text.splitlines(True))


def wrap(text, width=70, **options):
    lines = []
    current = options.get("initial_indent", "")
    is_empty = True
    for word in text.split():
        if not is_empty and len(current) + 1 + len(word) > width:
            lines.append(current)
            current = options.get("subsequent_indent", "")
            is_empty = True
        current += word if is_empty else " " + word
        is_empty = False
    return lines + [current] if not is_empty else lines


def fill(text, width=70, **options):
    return "\n".join(wrap(text, width, **options))


def shorten(text, width, placeholder=" [...]", **options):
    words = text.split()
    if len(" ".join(words)) <= width:
        return " ".join(words)
    while words and len(" ".join(words) + placeholder) > width:
        words.pop()
    return " ".join(words) + placeholder if words else placeholder.strip()
