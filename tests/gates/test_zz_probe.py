import sqlalchemy as sa
from hub.core.db import Base, db
import pytest
pytestmark = pytest.mark.xdist_group("world")
def test_x(world):
    with world.at_home():
        for t in Base.metadata.sorted_tables:
            tx=[c for c in t.columns if isinstance(c.type,(sa.String,sa.JSON))and not isinstance(c.type,sa.Enum)]
            rows=db.session.execute(sa.select(t)).mappings().all()
            print('##',t.name,len(rows))
            for c in tx:
                vals=[r[c.name] for r in rows if r[c.name] not in (None,'',[],{})]
                print('    ',c.name,len(vals),repr(vals[:2])[:150])
