# SPDX-License-Identifier: GPL-3.0-or-later
"""Answers, line by line, what the installed Alembic makes of a history: one JSON object in, one out.

In:  {"revisions": [{"id", "down", "deps", "labels"}, ...] in loading order, "requests": [{"kind", ...}, ...]}
Out: {"error"} when Alembic refuses the history, else its heads, bases, labels and one answer for each request.
"""
import json
import sys
import types
import warnings

from alembic.runtime.migration import HeadMaintainer, MigrationStep, RevisionStep
from alembic.script import ScriptDirectory
from alembic.script.revision import Revision, RevisionMap

warnings.simplefilter("ignore")


class Script(Revision):
    module = types.SimpleNamespace(upgrade=lambda: None, downgrade=lambda: None)
    doc = ""


class NewestUnmerge(RevisionStep):
    """Debian 12's Alembic (1.8), going down a merge when no other row is left, writes a row for every parent and dependency,
    also for one that is an ancestor of another. Later versions leave that one out, and Stillroom follows them."""

    def _unmerge_to_revisions(self, heads):
        if set(heads) - {self.revision.revision}:
            return super()._unmerge_to_revisions(heads)
        below = set()
        for one in self.to_revisions:
            found = self.revision_map._get_ancestor_nodes(self.revision_map.get_revisions(one))
            below.update(rev.revision for rev in found if rev.revision != one)
        return tuple(one for one in self.to_revisions if one not in below)


class Recorder(HeadMaintainer):
    def __init__(self, rows):
        impl = types.SimpleNamespace(_exec=lambda *args, **kw: None)
        from sqlalchemy import Column, MetaData, String, Table

        version = Table("alembic_version", MetaData(), Column("version_num", String(32)))
        super().__init__(types.SimpleNamespace(impl=impl, _version=version, as_sql=True), rows)
        self.changes = []

    def _insert_version(self, version):
        super()._insert_version(version)
        self.changes.append(["insert", None, version])

    def _delete_version(self, version):
        super()._delete_version(version)
        self.changes.append(["delete", version, None])

    def _update_version(self, from_, to_):
        super()._update_version(from_, to_)
        self.changes.append(["update", from_, to_])


def walked(rows, steps):
    recorder = Recorder(rows)
    answer = []
    for step in steps:
        recorder.changes = []
        recorder.update_to_step(step)
        answer.append({
            "revision": step.revision.revision if isinstance(step, RevisionStep) else None,
            "from": list(step.from_revisions_no_deps),
            "to": list(step.to_revisions_no_deps),
            "changes": recorder.changes,
            "rows": sorted(recorder.heads),
        })
    return {"steps": answer, "rows": sorted(recorder.heads)}


def history(script, request):
    base, head, rows = request["start"] or None, request["end"] or None, tuple(request["rows"])
    if head == "current":
        head = rows
    elif base == "current":
        base = rows
    return [rev.revision for rev in script.walk_revisions(base=base or "base", head=head or "heads")]


def starting_rows(script, name):
    return () if name == "base" else (script.get_revision(name).revision,)


def answer(script, request):
    kind = request["kind"]
    if kind in ("range-up", "range-down"):
        rows = starting_rows(script, request["from"])
        kind = "upgrade" if kind == "range-up" else "downgrade"
    else:
        rows = tuple(request.get("rows", ()))
    if kind == "upgrade":
        return walked(rows, script._upgrade_revs(request["target"], rows))
    if kind == "downgrade":
        return walked(rows, script._downgrade_revs(request["target"], rows))
    if kind == "stamp":
        return walked(rows, script._stamp_revs(tuple(request["targets"]), rows))
    if kind == "history":
        return {"order": history(script, request)}
    if kind == "current":
        return {"ids": sorted(rev.revision for rev in script.get_all_current(rows))}
    if kind == "resolve":
        found = script.get_revisions(request["target"])
        return {"ids": [rev.revision for rev in found if rev != "base"]}
    raise ValueError(kind)


def refused(error):
    return {"error": "%s: %s" % (type(error).__name__, error)}


def respond(line):
    asked = json.loads(line)
    try:
        revisions = [
            Script(one["id"], tuple(one["down"]) or None, tuple(one["deps"]) or None, tuple(one["labels"]) or None)
            for one in asked["revisions"]
        ]
        map_ = RevisionMap(lambda: revisions)
        map_._revision_map
    except Exception as error:
        return refused(error)
    script = ScriptDirectory.__new__(ScriptDirectory)
    script.revision_map = map_
    answers = []
    for request in asked["requests"]:
        try:
            answers.append(answer(script, request))
        except Exception as error:
            answers.append(refused(error))
    return {
        "heads": list(map_.heads),
        "effectiveHeads": list(map_._real_heads),
        "bases": list(map_.bases),
        "branchPoints": sorted(rev.revision for rev in revisions if rev.is_branch_point),
        "mergePoints": sorted(rev.revision for rev in revisions if rev.is_merge_point),
        "labels": {rev.revision: sorted(rev.branch_labels) for rev in revisions},
        "ownDependencies": {rev.revision: sorted(rev._normalized_resolved_dependencies) for rev in revisions},
        "answers": answers,
    }


def main():
    MigrationStep.upgrade_from_script = classmethod(lambda cls, map_, script: NewestUnmerge(map_, script, True))
    MigrationStep.downgrade_from_script = classmethod(lambda cls, map_, script: NewestUnmerge(map_, script, False))
    for line in sys.stdin:
        print(json.dumps(respond(line)), flush=True)


main()
