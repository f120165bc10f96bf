// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/repository_files.hpp"
#include "support/memory_tree.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::env;

namespace {

/// "kind name" of what is seen in a file, without its places; gaps as "gap".
std::string
seen_in(std::string path, std::string text)
{
  const EnvOptions options;
  const test::MemoryTree tree({{path, std::move(text)}});
  Survey survey;
  survey.options = &options;
  survey.tree = &tree;
  survey.paths = {std::move(path)};
  look_at_files(survey, 1);
  std::string all;
  for (const Seen& seen : survey.seen) {
    for (const Sighting& sighting : seen.sightings) {
      all += all.empty() ? sighting.name : " " + sighting.name;
    }
  }
  return survey.gaps.empty() ? all : all + " gap";
}

}  // namespace

TEST_CASE("a first line says what a file without an extension is written in, whatever stands before the program")
{
  for (const std::string_view line : {"#!/bin/sh", "#!/usr/bin/env -S bash -e", "#!/command/with-contenv /usr/bin/bash",
                                      "#!/usr/bin/with-contenv bash", "#!/usr/bin/env -S FOO=1 bash", "#! /bin/bash"}) {
    CHECK_MESSAGE(seen_in("rootfs/run", std::string(line) + "\necho \"$USERMAP_UID\"\n") == "USERMAP_UID", line);
  }
  CHECK(seen_in("tool", "#!/usr/bin/env python3.12\nimport os\nos.environ['A']\n") == "A");
  CHECK(seen_in("tool", "#!/usr/bin/env -S uv run --script\nimport os\nos.environ['A']\n") == "A");
  CHECK(seen_in("tool", "#!/usr/bin/execlineb -P\necho $A\n").empty());
  CHECK(seen_in("tool", "#!\n").empty());
}

TEST_CASE("a first line knows better than an extension")
{
  CHECK(seen_in("bin/dot.py", "#!/usr/bin/env ruby\nputs ENV['A']\nx = 'a\nb'\n") == "A");
  CHECK(seen_in("bin/deploy.sh", "#!/usr/bin/env node\nprocess.env.A; // it's\n") == "A");
  CHECK(seen_in("bin/tool.py", "#!/usr/bin/env python3\nimport os\nos.environ['A']\n") == "A");
  // A shell that hands the text to the program which it is for.
  CHECK(seen_in("bin/tool.js", "#!/bin/sh\n':' //; exec node \"$0\" \"$@\"\nprocess.env.A;\n") == "A");
  CHECK(seen_in("run.sh.erb", "#!/bin/sh\n<%= ENV['A'] %> it's\n") == "A");
}

namespace {

/// "path name" of each read in these files, sorted.
std::string
reads_in(std::map<std::string, std::string, std::less<>> files)
{
  const EnvOptions options;
  Survey survey;
  for (const auto& [path, text] : files) {
    survey.paths.push_back(path);
  }
  const test::MemoryTree tree(std::move(files));
  survey.options = &options;
  survey.tree = &tree;
  look_at_files(survey, 1);
  std::set<std::string> reads;
  for (const Seen& seen : survey.seen) {
    for (const Sighting& sighting : seen.sightings) {
      reads.insert(seen.path + " " + sighting.name);
    }
  }
  return join(std::vector(reads.begin(), reads.end()), ", ");
}

}  // namespace

TEST_CASE("a function that reads is followed into the files that import it")
{
  const std::string typed =
      "export const env = <K extends Key>(variable: K): V<K> => { return process?.env?.[variable]; };\n"
      "export const requireEnv = <K extends Key>(variable: K, error?: Error) => { const v = env(variable); return v; "
      "};\n"
      "export const plain = v => process.env[v];\n"
      "export const other = (v: string) => v.length + env;\n";
  CHECK(reads_in({{"lib/utils/env.ts", typed},
                  {"a.ts", "import { env, other } from '@acme/lib/utils/env';\nenv('KEY_A'); other('NO_A');"},
                  {"b.ts", "import { requireEnv as need, plain } from '../env.js';\nneed('KEY_B'); plain('KEY_C');"},
                  {"c.js", "const { env: get } = require('@acme/lib');\nget('KEY_D') ?? 'x';"},
                  {"d.ts", "import { env } from 'another';\nenv('NO_D');"},
                  {"lib/utils/env.test.ts", "import { env } from './env';\nenv('MADE_UP');"},
                  {"tests/e.ts", "import { env } from '../lib/utils/env';\nenv('MADE_UP');"}})
        == "a.ts KEY_A, b.ts KEY_B, b.ts KEY_C, c.js KEY_D");
  CHECK(reads_in({{"app/parsers.py", "import os\ndef get_bool(key, default=None):\n  return os.getenv(key, default)\n"},
                  {"app/settings.py", "from app.parsers import (get_bool as flag, get_int)\nflag('KEY_A')  # env\n"}})
        == "app/settings.py KEY_A");
  CHECK(reads_in({{"config/env.go", "package config\nfunc Get(def, key string) string { return os.Getenv(key) }\n"},
                  {"config/other.go", "package config\nvar a = Get(\"NO_A\", \"KEY_A\") // env\n"},
                  {"main.go",
                   "package main\nvar b = config.Get(\"\", \"KEY_B\") // env\nvar c = other.Get(\"\", \"KEY_C\")\n"}})
        == "config/other.go KEY_A, main.go KEY_B");
}

TEST_CASE("functions that call each other end")
{
  std::string text = "const a = (v) => { b(v); return process.env[v]; };\nconst b = (v) => { return a(v); };\n";
  for (int i = 0; i < 200; ++i) {
    text += "const f" + std::to_string(i) + " = (v) => { return a(v); };\n";
  }
  CHECK(reads_in({{"a.js", text + "a('A'); b('B');"}}) == "a.js A, a.js B");
}

TEST_CASE("Supabase gives its own names to its functions, and to nobody else")
{
  const auto verdict = [](std::string path) {
    EnvOptions options;
    Survey survey;
    survey.options = &options;
    Sightings sightings(std::move(path));
    sightings.read("SUPABASE_SERVICE_ROLE_KEY", 1);
    survey.seen.push_back(sightings.take());
    return usage_of(survey).at("SUPABASE_SERVICE_ROLE_KEY").verdict;
  };
  CHECK(verdict("supabase/functions/notify/index.ts") == UsageVerdict::ambient);
  CHECK(verdict("apps/api/supabase/functions/notify/index.ts") == UsageVerdict::ambient);
  CHECK(verdict("src/notify.ts") == UsageVerdict::undeclared);
}
