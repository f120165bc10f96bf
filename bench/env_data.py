#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes a repository of 10,000 files, as a large product has them: TypeScript, Python and Go that read variables here and
there, scripts, workflows, Dockerfiles, dotenv files and a schema. The same each time.

usage: env_data.py EMPTY-DIRECTORY
"""
import pathlib
import random
import sys

RANDOM = random.Random(9)
NAMES = [f"SERVICE_{word}_{kind}" for word in ("ORDERS", "PEOPLE", "STOCK", "MAIL", "SEARCH", "BILLING", "MEDIA", "AUDIT")
         for kind in ("URL", "HOST", "PORT", "TIMEOUT", "REGION", "SECRET", "TOKEN", "DEBUG")]


def body(line, count):
    words = "value total item order state index result offset buffer handler".split()
    return "\n".join(line(RANDOM.choice(words), RANDOM.choice(words), number) for number in range(count))


def typescript(name):
    lines = body(lambda a, b, n: f"export function {a}{n}({b}: string): string {{\n  // {a} of {b}\n  return `${{{b}}}-{a}`.replace(/[a-z]+'/g, \"{n}\");\n}}", 24)
    return f"import {{ x }} from './x';\n{lines}\nexport const setting = process.env.{name} ?? x;\n"


def python(name):
    lines = body(lambda a, b, n: f"def {a}{n}({b}):\n    \"\"\"{a} of {b}.\"\"\"\n    return f\"{{{b}}}-{a}\" + '{n}'\n", 24)
    return f"import os\n\n{lines}\nSETTING = os.environ.get('{name}')\n"


def go(name):
    lines = body(lambda a, b, n: f"func {a}{n}({b} string) string {{\n\t// {a} of {b}\n\treturn {b} + \"{n}\"\n}}\n", 24)
    return f"package main\n\nimport \"os\"\n\n{lines}\nvar setting = os.Getenv(\"{name}\")\n"


KINDS = [(".ts", typescript, 55), (".py", python, 20), (".go", go, 15)]


def main():
    top = pathlib.Path(sys.argv[1])
    files = {}
    for number in range(9000):
        extension, make, _ = RANDOM.choices(KINDS, [weight for *_, weight in KINDS])[0]
        text = make(RANDOM.choice(NAMES))
        if number % 4:  # most files read nothing
            text = text[:text.rindex("\n", 0, -1) + 1]
        files[f"src/part{number % 90}/file{number}{extension}"] = text
    for number in range(600):
        files[f"docs/page{number}.md"] = body(lambda a, b, n: f"The {a} of the {b} is {n}.", 40)
    for number in range(200):
        files[f"scripts/run{number}.sh"] = "#!/bin/sh\nset -eu\n" + body(lambda a, b, n: f"echo \"{a} {b}\" | sed 's/{n}//'", 20) + f"\necho \"${RANDOM.choice(NAMES)}\"\n"
    for number in range(80):
        files[f".github/workflows/job{number}.yml"] = ("on: push\njobs:\n  build:\n    runs-on: ubuntu-latest\n    steps:\n" + "".join(
            f"      - run: echo {step}\n        env:\n          TOKEN_{step}: ${{{{ secrets.{RANDOM.choice(NAMES)} }}}}\n" for step in range(12)))
    for number in range(90):
        files[f"src/part{number}/package.json"] = '{"name": "part", "scripts": {"start": "node file.js"}, "dependencies": {"dotenv": "^17.0.0"}}\n'
    for stage in ("development", "staging", "production"):
        files[f".env.{stage}"] = "".join(f"{name}={stage}-{RANDOM.randrange(10**9)}\n" for name in NAMES)
    files[".env.schema"] = "".join(f"# @required\n{name}=\n" for name in NAMES)
    files[".gitignore"] = ".env.*\n!.env.schema\n"
    for path, text in files.items():
        file = top / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    print(len(files), sum(map(len, files.values())))


if __name__ == "__main__":
    main()
