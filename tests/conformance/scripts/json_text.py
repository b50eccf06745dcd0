# SPDX-License-Identifier: GPL-3.0-or-later
"""json text"""
from alembic import op
import sqlalchemy as sa
import json, textwrap, re, uuid, hashlib, base64

revision = '8c31acedcbd3'
down_revision = 'fc2672cd4bbc'

def upgrade():
    doc = {"b": [1, 2.5, None, True], "a": {"é": "x'y"}}
    op.execute("UPDATE t SET d = '%s'" % json.dumps(doc).replace("'", "''"))
    op.execute(sa.text("UPDATE t SET d = :d").bindparams(d=json.dumps(doc, sort_keys=True, indent=2, ensure_ascii=False)))
    op.execute(textwrap.dedent("""
        UPDATE t
           SET x = 1
    """).strip())
    op.execute(re.sub(r'\s+', ' ', "select   1 \n from  x") + re.match(r'(?P<a>\w+)_(\d+)', 'ab_12').group('a'))
    op.execute("x " + str(uuid.uuid5(uuid.NAMESPACE_DNS, 'a.b')) + hashlib.sha1(b'x').hexdigest() + base64.b64encode(b'xyz').decode())
    op.execute("INSERT INTO t VALUES " + ", ".join("(%s, '%s')" % (i, chr(97 + i)) for i in range(3)))
def downgrade():
    op.execute("""\
UPDATE t SET a = E'\\n' WHERE b LIKE '%\\_x' AND c = 'it''s'""")
