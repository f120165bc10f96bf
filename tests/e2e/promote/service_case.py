# SPDX-License-Identifier: Apache-2.0
"""A shop that is promoted, with a PostgreSQL cluster for a module: a module of tests imports setUpModule and tearDownModule."""
import pathlib

from promote.postgres import Postgres
from promote.shop import Shop
from promote_case import Promote

CLUSTERS = []

SECOND = {"app/items.sql": "select name, price from item order by name",
          "migrations/0002_prices.sql": "alter table item add price numeric not null default 0"}


def setUpModule():
    CLUSTERS.append(Postgres())


def tearDownModule():
    # It is called after the module, and again before the next one.
    while CLUSTERS:
        CLUSTERS.pop().close()


def postgres():
    return CLUSTERS[-1]


class Service(Promote):
    def shop(self, name="shop", **more):
        path = pathlib.Path(self.directory) / name
        path.mkdir()
        shop = Shop(path, postgres(), **more)
        self.addCleanup(shop.close)
        return shop

    def run_in(self, shop, stage, status=0, **more):
        return self.assertStatus(shop.sluice("run", "--environment", stage, **more), status)

    def promoted(self, **more):
        """With a first release in both places."""
        shop = self.shop()
        first = shop.pipeline(staging=shop.shop("staging", **more), production=shop.shop("production", needs=["staging"], **more))
        self.run_in(shop, "staging")
        self.run_in(shop, "production")
        return shop, first

    def assertLive(self, shop, stage, state, commit):
        told = shop.status(stage)
        self.assertEqual((told["state"], told["live"]), (state, commit), told)
        self.assertEqual(shop.version(stage), commit)
