# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "textwrap".
import re as _re

_whitespace = "\t\n\x0b\x0c\r "


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


_spaces = "[" + _whitespace + "]+"
_letter = r"[^\d\W]"
# White space, a dash between words, or a word as far as it may be broken behind a hyphen.
_pieces = _re.compile(
    "(" + _spaces + r"|(?<=[\w!\"'&.,?])-{2,}(?=\w)|[^" + _whitespace + r"]+?(?:-(?:(?<=" + _letter + "{2}-)|(?<=" + _letter + "-" + _letter + "-))(?=" + _letter + "-?" + _letter + ")|(?=[" + _whitespace + r"]|\Z)|(?<=[\w!\"'&.,?])(?=-{2,}\w)))"
)
_plain_pieces = _re.compile("(" + _spaces + ")")


class TextWrapper:
    def __init__(self, width=70, initial_indent="", subsequent_indent="", expand_tabs=True, replace_whitespace=True, fix_sentence_endings=False, break_long_words=True, drop_whitespace=True, break_on_hyphens=True, tabsize=8, *, max_lines=None, placeholder=" [...]"):
        self.width = width
        self.initial_indent = initial_indent
        self.subsequent_indent = subsequent_indent
        self.expand_tabs = expand_tabs
        self.replace_whitespace = replace_whitespace
        self.fix_sentence_endings = fix_sentence_endings
        self.break_long_words = break_long_words
        self.drop_whitespace = drop_whitespace
        self.break_on_hyphens = break_on_hyphens
        self.tabsize = tabsize
        self.max_lines = max_lines
        self.placeholder = placeholder

    def _split(self, text):
        if self.expand_tabs:
            text = text.expandtabs(self.tabsize)
        if self.replace_whitespace:
            text = text.translate({ord(each): " " for each in _whitespace})
        pattern = _pieces if self.break_on_hyphens else _plain_pieces
        chunks = [chunk for chunk in pattern.split(text) if chunk]
        if self.fix_sentence_endings:
            for index in range(len(chunks) - 1):
                if chunks[index + 1] == " " and _re.search(r"[a-z][\.\!\?][\"\']?\Z", chunks[index]):
                    chunks[index + 1] = "  "
        return chunks

    def _break(self, chunks, line, length, width):
        """The next chunk is wider than any line."""
        space = max(width - length, 1) if width >= 1 else 1
        if self.break_long_words:
            chunk = chunks[-1]
            end = space
            if self.break_on_hyphens and len(chunk) > space:
                hyphen = chunk.rfind("-", 0, space)
                if hyphen > 0 and any(each != "-" for each in chunk[:hyphen]):
                    end = hyphen + 1
            line.append(chunk[:end])
            chunks[-1] = chunk[end:]
        elif not line:
            line.append(chunks.pop())

    def wrap(self, text):
        if self.width <= 0:
            raise ValueError("invalid width %r (must be > 0)" % self.width)
        if self.max_lines is not None:
            indentation = self.subsequent_indent if self.max_lines > 1 else self.initial_indent
            if len(indentation) + len(self.placeholder.lstrip()) > self.width:
                raise ValueError("placeholder too large for max width")
        chunks = self._split(text)[::-1]
        lines = []
        while chunks:
            indentation = self.subsequent_indent if lines else self.initial_indent
            width = self.width - len(indentation)
            line, length = [], 0
            if self.drop_whitespace and not chunks[-1].strip() and lines:
                chunks.pop()
            while chunks and length + len(chunks[-1]) <= width:
                length += len(chunks[-1])
                line.append(chunks.pop())
            if chunks and len(chunks[-1]) > width:
                self._break(chunks, line, length, width)
                length = sum(map(len, line))
            if self.drop_whitespace and line and not line[-1].strip():
                length -= len(line.pop())
            if not line:
                continue
            is_last = not chunks or self.drop_whitespace and len(chunks) == 1 and not chunks[0].strip()
            if self.max_lines is None or len(lines) + 1 < self.max_lines or is_last and length <= width:
                lines.append(indentation + "".join(line))
                continue
            while line:
                if line[-1].strip() and length + len(self.placeholder) <= width:
                    lines.append(indentation + "".join(line) + self.placeholder)
                    break
                length -= len(line.pop())
            else:
                before = lines[-1].rstrip() if lines else None
                if before is not None and len(before) + len(self.placeholder) <= self.width:
                    lines[-1] = before + self.placeholder
                else:
                    lines.append(indentation + self.placeholder.lstrip())
            break
        return lines

    def fill(self, text):
        return "\n".join(self.wrap(text))


def wrap(text, width=70, **options):
    return TextWrapper(width=width, **options).wrap(text)


def fill(text, width=70, **options):
    return TextWrapper(width=width, **options).fill(text)


def shorten(text, width, **options):
    return TextWrapper(width=width, max_lines=1, **options).fill(" ".join(text.strip().split()))
