# SPDX-License-Identifier: GPL-3.0-or-later
"""Renders templates with the installed Mako: a JSON list of texts in, a JSON list of [text] or null (refused) out."""
import json
import sys

from mako.template import Template


class Config:
    def get_main_option(self, name, default=None):
        return {"databases": "one, two"}.get(name, default)


def comma(value):
    if value is None:
        return ""
    return value if isinstance(value, str) else ", ".join(value)


names = dict(up_revision="ae10", down_revision=("a", "b"), message="Grüße \"x\" <&>", comma=comma, config=Config(), branch_labels=None)
rendered = []
for text in json.load(sys.stdin):
    try:
        rendered.append([Template(text).render_unicode(**names)])
    except Exception:
        rendered.append(None)
json.dump(rendered, sys.stdout)
