# SPDX-License-Identifier: GPL-3.0-or-later
# Python library reference, "unicodedata".
import _stillroom


def normalize(form, unistr, /):
    if form not in ("NFC", "NFD", "NFKC", "NFKD"):
        raise ValueError("invalid normalization form")
    return _stillroom.normalized(form, unistr)


def is_normalized(form, unistr, /):
    return normalize(form, unistr) == unistr


def category(chr, /):
    return _stillroom.category(chr)


def combining(chr, /):
    return _stillroom.combining(chr)


def __getattr__(name):
    return _stillroom.unknown("unicodedata.%s is not evaluated" % name)
