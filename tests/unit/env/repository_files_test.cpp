// SPDX-License-Identifier: Apache-2.0
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
