# SPDX-License-Identifier: Apache-2.0
"""A team's repository with what it takes to promote a service with a database: releases, migrations, hooks in shell, and a staging
and a production that really run."""
import json
import pathlib
import shlex
import subprocess
import sys
import urllib.error
import urllib.request

from promote.network import Way
from promote_case import World

OPS = {
    "ops/backup": """\
. "ops/$SLUICE_ENVIRONMENT.env"
pg_dump -Fc -d "$DATABASE" -f "$PLACE/backup.next"
mv "$PLACE/backup.next" "$PLACE/backup"
""",
    "ops/migrate": """\
. "ops/$SLUICE_ENVIRONMENT.env"
psql -qX -v ON_ERROR_STOP=1 -d "$DATABASE" -c "create table if not exists applied (name text primary key)" 2>/dev/null
git ls-tree --name-only "$SLUICE_COMMIT" migrations/ | while read -r file; do
  name=${file##*/}
  [ -z "$(psql -qXAt -d "$DATABASE" -c "select 1 from applied where name = '$name'")" ] || continue
  echo "applying $name"
  { git show "$SLUICE_COMMIT:$file"; echo ";insert into applied values ('$name');"; } \\
    | psql -qX -1 -v ON_ERROR_STOP=1 -d "$DATABASE"
done
""",
    "ops/applied": """\
. "ops/$SLUICE_ENVIRONMENT.env"
psql -qX -v ON_ERROR_STOP=1 -d "$DATABASE" -c "create table if not exists applied (name text primary key)" 2>/dev/null
psql -qXAt -v ON_ERROR_STOP=1 -d "$DATABASE" -c "select name from applied order by name"
""",
    "ops/deploy": """\
. "ops/$SLUICE_ENVIRONMENT.env"
release="$PLACE/releases/$SLUICE_COMMIT"
mkdir -p "$release"
git archive "$SLUICE_COMMIT" app | tar -x -C "$release" --strip-components=1
printf %s "$SLUICE_COMMIT" >"$release/version"
printf %s "$SLUICE_PROMOTION" >"$release/promotion"
echo "$SLUICE_FENCING_TOKEN $SLUICE_IDEMPOTENCY_KEY $SLUICE_COMMIT" >>"$PLACE/deploys"
if [ -e "$PLACE/slow-deploy" ]; then
  seconds=$(cat "$PLACE/slow-deploy")
  echo $$ >"$PLACE/deploying.next"
  mv "$PLACE/deploying.next" "$PLACE/deploying"
  sleep "$seconds"
fi
ln -sfn "$release" "$PLACE/next"
mv -T "$PLACE/next" "$PLACE/current"
""",
    "ops/rollback": """\
. "ops/$SLUICE_ENVIRONMENT.env"
ln -sfn "$PLACE/releases/$SLUICE_PREVIOUS_COMMIT" "$PLACE/next"
mv -T "$PLACE/next" "$PLACE/current"
""",
}

FIRST = {"app/items.sql": "select name from item order by name",
         "migrations/0001_items.sql": "create table item (name text primary key)"}


class Shop(World):
    """Where `postgres` has a database for each environment. `way` of a place is how the observer reaches it."""

    def __init__(self, directory, postgres, *, stages=("staging", "production"), **more):
        super().__init__(directory, **more)
        self.postgres = postgres
        self.services, self.ways, self.databases = {}, {}, {}
        for name, text in OPS.items():
            self.repository.write(name, "#!/bin/sh\nset -eu\n" + text)
            (self.repository.path / name).chmod(0o755)
        for path, text in FIRST.items():
            self.repository.write(path, text)
        for stage in stages:
            self.build(stage)

    def build(self, stage):
        place = self.place(stage)
        (place / "releases").mkdir(parents=True)
        self.databases[stage] = self.postgres.database(stage)
        self.repository.write(f"ops/{stage}.env", f"PLACE={shlex.quote(str(place))}\nDATABASE={shlex.quote(self.databases[stage])}\n")
        self.serve(stage)
        self.ways[stage] = Way(int((place / "port").read_text()))

    def place(self, stage):
        return self.path / stage

    def serve(self, stage):
        command = [sys.executable, pathlib.Path(__file__).with_name("service.py"), self.place(stage), self.databases[stage]]
        self.services[stage] = subprocess.Popen(list(map(str, command)), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        self.services[stage].stdout.readline()

    def stop(self, stage):
        service = self.services.pop(stage)
        service.kill()
        service.wait()
        service.stdout.close()

    def close(self):
        for stage in list(self.services):
            self.stop(stage)
        for way in self.ways.values():
            way.cut()

    def url(self, stage, path="/health"):
        return f"http://127.0.0.1:{self.ways[stage].port}{path}"

    def shop(self, stage, *, hooks=("backup", "migrate", "applied", "deploy", "rollback"), **more):
        """What the pipeline says of a place. A second is much for a query, and two are more than half as much again."""
        made = {name: {"run": [f"ops/{name}"]} for name in hooks}
        verify = {"url": self.url(stage), "count": 2, "consecutive": 2, "interval": 0, "baseline_ms": 1000, **more.pop("verify", {})}
        return {"allow": [], "hooks": made, "verify": verify, **more}

    def get(self, stage, path):
        """Status and JSON, not by way of the observer's network."""
        port = (self.place(stage) / "port").read_text()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())

    def version(self, stage):
        return self.get(stage, "/health")[1]["version"]

    def release(self, message, files):
        for path, text in files.items():
            self.repository.write(path, text)
        return self.commit(message)

    def deploys(self, stage):
        file = self.place(stage) / "deploys"
        return [line.split() for line in file.read_text().splitlines()] if file.exists() else []

    def migrations(self, stage):
        return self.postgres.ask(self.databases[stage], "select name from applied order by name").split()
