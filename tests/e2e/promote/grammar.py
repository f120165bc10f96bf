# SPDX-License-Identifier: Apache-2.0
"""What the command lines of hosting tools take, as far as recipes may use it; anything else is an error, as it would be
there. Of a flag: whether a value follows."""
import dataclasses

YES, NO = True, False


@dataclasses.dataclass
class Command:
    flags: dict
    least: int = 0  # words that are no flags
    most: int = 0
    rest: bool = False  # what follows the words belongs to another program


@dataclasses.dataclass
class Tool:
    commands: dict
    before: dict = dataclasses.field(default_factory=dict)  # flags that may stand before the command


# https://github.com/supabase/cli/tree/develop/apps/cli-go/cmd
_database = {"--linked": NO, "--local": NO, "--db-url": YES, "--password": YES, "--yes": NO, "--dry-run": NO}
SUPABASE = Tool({
    "link": Command({"--project-ref": YES, "--password": YES, "--skip-pooler": NO}),
    "db dump": Command({**_database, "--role-only": NO, "--data-only": NO, "--use-copy": NO, "--keep-comments": NO,
                        "--file": YES, "--schema": YES, "--exclude": YES}),
    "db push": Command({**_database, "--include-all": NO, "--include-roles": NO, "--include-seed": NO}),
    "functions deploy": Command({"--project-ref": YES, "--use-api": NO, "--prune": NO, "--jobs": YES, "--no-verify-jwt": NO,
                                 "--import-map": YES, "--yes": NO}, 0, 100),
    "secrets set": Command({"--project-ref": YES, "--env-file": YES}, 0, 100),
})

# https://developers.cloudflare.com/workers/wrangler/commands/pages/
WRANGLER = Tool({
    "pages deploy": Command({"--project-name": YES, "--branch": YES, "--commit-hash": YES, "--commit-message": YES,
                             "--commit-dirty": NO, "--skip-caching": NO, "--no-bundle": NO, "--upload-source-maps": NO}, 0, 1),
    "pages deployment list": Command({"--project-name": YES, "--environment": YES, "--json": NO}),
})

# `vercel COMMAND --help`, 52.2.1
_vercel = {"--cwd": YES, "--scope": YES, "--yes": NO, "--non-interactive": NO}
VERCEL = Tool({
    "pull": Command({**_vercel, "--environment": YES, "--git-branch": YES}, 0, 1),
    "build": Command({**_vercel, "--prod": NO, "--target": YES, "--output": YES}),
    "deploy": Command({**_vercel, "--prebuilt": NO, "--prod": NO, "--skip-domain": NO, "--target": YES, "--meta": YES,
                       "--archive": YES, "--force": NO, "--format": YES, "--no-wait": NO}, 0, 1),
    "promote": Command({**_vercel, "--timeout": YES}, 1, 1),
    "rollback": Command({**_vercel, "--timeout": YES}, 1, 1),
    "list": Command({**_vercel, "--environment": YES, "--status": YES, "--meta": YES, "--format": YES, "--all": NO,
                     "--next": YES, "--policy": YES}, 0, 1),
    "inspect": Command({**_vercel, "--format": YES, "--logs": NO, "--timeout": YES, "--wait": NO}, 1, 1),
})

# https://cli.netlify.com/commands/deploy/ and https://cli.netlify.com/commands/api/
NETLIFY = Tool({
    "deploy": Command({"--prod": NO, "--context": YES, "--site": YES, "--message": YES, "--dir": YES, "--functions": YES,
                       "--no-build": NO, "--json": NO, "--alias": YES, "--timeout": YES, "--skip-functions-cache": NO}),
    "api": Command({"--data": YES, "--list": NO}, 1, 1),
})

# https://docs.railway.com/reference/cli-api
RAILWAY = Tool({
    "up": Command({"--ci": NO, "--detach": NO, "--service": YES, "--environment": YES, "--message": YES, "--project": YES,
                   "--json": NO, "--yes": NO, "--no-gitignore": NO, "--path-as-root": NO}, 0, 1),
    "deployment list": Command({"--service": YES, "--environment": YES, "--project": YES, "--limit": YES, "--json": NO}),
})

# https://render.com/docs/cli
_render = {"--output": YES, "--confirm": NO}
RENDER = Tool({
    "deploys create": Command({**_render, "--commit": YES, "--image": YES, "--wait": NO, "--clear-cache": NO}, 1, 1),
    "deploys list": Command(_render, 1, 1),
})

# https://fly.io/docs/flyctl/deploy/ and https://fly.io/docs/flyctl/image-show/
FLYCTL = Tool({
    "deploy": Command({"--app": YES, "--config": YES, "--image": YES, "--image-label": YES, "--remote-only": NO,
                       "--local-only": NO, "--yes": NO, "--strategy": YES, "--skip-release-command": NO,
                       "--wait-timeout": YES}, 0, 1),
    "image show": Command({"--app": YES, "--config": YES, "--json": NO}),
})

# https://pm2.keymetrics.io/docs/usage/quick-start/
_pm2 = {"--silent": NO, "--update-env": NO, "--env": YES, "--only": YES}
PM2 = Tool({
    "startOrReload": Command(_pm2, 1, 1),
    "save": Command({**_pm2, "--force": NO}),
    "jlist": Command(_pm2),
})

# https://man.openbsd.org/ssh and https://download.samba.org/pub/rsync/rsync.1
SSH = Tool({"": Command({"-o": YES, "-p": YES, "-i": YES}, 1, 1, rest=True)})
RSYNC = Tool({"": Command({"--archive": NO, "--compress": NO, "--delete": NO, "--mkpath": NO, "--exclude": YES, "--rsh": YES},
                          2, 2)})

# https://docs.docker.com/reference/cli/docker/compose/
DOCKER = Tool({
    "pull": Command({"--quiet": NO, "--policy": YES, "--ignore-pull-failures": NO}, 0, 100),
    "up": Command({"--detach": NO, "--no-build": NO, "--remove-orphans": NO, "--wait": NO, "--wait-timeout": YES,
                   "--force-recreate": NO, "--pull": YES}, 0, 100),
    "run": Command({"--rm": NO, "--no-deps": NO, "--no-TTY": NO, "--interactive": NO, "--env": YES}, 1, 1, rest=True),
    "exec": Command({"--no-TTY": NO, "--env": YES, "--user": YES}, 1, 1, rest=True),
    "ps": Command({"--all": NO, "--format": YES, "--quiet": NO}, 0, 100),
}, {"--project-name": YES, "--project-directory": YES, "--file": YES, "--env-file": YES})

# https://kubernetes.io/docs/reference/kubectl/generated/
KUBECTL = Tool({
    "set image": Command({"--record": NO, "--dry-run": YES}, 2, 100),
    "rollout status": Command({"--timeout": YES, "--watch": NO, "--revision": YES}, 1, 1),
    "get": Command({"--output": YES, "--ignore-not-found": NO, "--selector": YES}, 1, 100),
}, {"--context": YES, "--namespace": YES})

# https://docs.frappe.io/framework/user/en/bench/resources/bench-commands-cheatsheet, `bench update --help`
BENCH = Tool({
    "update": Command({"--pull": NO, "--apps": YES, "--patch": NO, "--build": NO, "--requirements": NO, "--no-backup": NO,
                       "--restart-supervisor": NO, "--restart-systemd": NO, "--force": NO, "--reset": NO}),
    "build": Command({"--app": YES, "--force": NO, "--production": NO}),
    "restart": Command({"--web": NO, "--supervisor": NO, "--systemd": NO}),
    "version": Command({"--format": YES}),
    "backup": Command({"--with-files": NO, "--backup-path": YES, "--compress": NO}),
    "migrate": Command({"--skip-failing": NO, "--skip-search-index": NO}),
    "clear-cache": Command({}),
    "doctor": Command({}),
    "execute": Command({"--args": YES, "--kwargs": YES}, 1, 1),
    "restore": Command({"--with-public-files": YES, "--with-private-files": YES, "--force": NO, "--encryption-key": YES}, 1, 1),
}, {"--site": YES, "--force": NO})

# https://docs.npmjs.com/cli/commands
NPM = Tool({"ci": Command({"--omit": YES}), "run": Command({"--if-present": NO}, 1, 1)})

TOOLS = {"bench": BENCH, "docker": DOCKER, "flyctl": FLYCTL, "kubectl": KUBECTL, "netlify": NETLIFY, "npm": NPM, "pm2": PM2,
         "railway": RAILWAY, "render": RENDER, "rsync": RSYNC, "ssh": SSH, "supabase": SUPABASE, "vercel": VERCEL,
         "wrangler": WRANGLER}


class Unknown(Exception):
    pass


def _flags(words, known, values):
    """Takes flags from the beginning of `words`; those that take a value may have it behind `=`."""
    while words and words[0].startswith("-") and words[0] != "-":
        name, equals, value = words.pop(0).partition("=")
        if name == "--" and not equals:
            return
        if name not in known:
            raise Unknown(f"unknown flag {name}")
        if known[name] and not equals:
            if not words:
                raise Unknown(f"{name} needs a value")
            value = words.pop(0)
        values.setdefault(name, []).append(value)


def parse(tool, words):
    """(command, flags, words) of one call, or Unknown."""
    grammar, words, values = TOOLS[tool], list(words), {}
    if tool == "docker":
        if words[:1] != ["compose"]:
            raise Unknown(f"unknown command {words[:1]}")
        words.pop(0)
    if "" not in grammar.commands:
        _flags(words, grammar.before, values)
    name = next((name for name in sorted(grammar.commands, key=len, reverse=True)
                 if words[:len(name.split())] == name.split()), None)
    if name is None:
        raise Unknown(f"unknown command {words[:2]}")
    words, command, plain = words[len(name.split()):], grammar.commands[name], []
    while True:
        _flags(words, command.flags, values)
        if not words or (command.rest and len(plain) == command.most):
            break
        plain.append(words.pop(0))
    if not command.least <= len(plain) <= command.most:
        raise Unknown(f"{name}: {len(plain)} words: {plain}")
    return name, values, plain + words
