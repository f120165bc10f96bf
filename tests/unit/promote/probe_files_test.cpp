// SPDX-License-Identifier: Apache-2.0
#include "probe_case.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::promote;
using namespace sluice::promote::test;

TEST_CASE("pushed samples are read from a file of the work tree, and the sample has their time")
{
  ProbeCase probe;
  ProbeSetting setting = setting_of("samples");
  setting.file = "samples.json";
  CHECK(probe.take(setting).health == Health::no_data);
  probe.write("samples.json", "{\"at\": \"2026-11-27T10:04:00Z\", \"status\": \"ok\", \"requests\": 3}\n");
  const Sample sample = probe.take(setting);
  CHECK(sample.health == Health::healthy);
  CHECK(sample.requests == 3);
  CHECK(sample.at == probe.context().now - std::chrono::minutes(1));
}

TEST_CASE("where nothing new was pushed the last sample is told again as it was, until it is too old")
{
  ProbeCase probe;
  ProbeSetting setting = setting_of("samples");
  setting.file = "samples.json";
  probe.write("samples.json",
              "{\"at\": \"2026-11-27T10:04:00Z\", \"status\": \"ok\", \"requests\": 100, \"errors\": 50}\n");
  ProbeContext context = probe.context();
  context.since = context.now - std::chrono::minutes(1);
  const Sample again = promote::take(setting, "it", context);
  CHECK(again.is_repeated);
  CHECK(again.requests == 100);
  CHECK(again.errors == 50);
  context.since = *context.since - std::chrono::seconds(1);
  CHECK_FALSE(promote::take(setting, "it", context).is_repeated);
  setting.max_age = std::chrono::seconds(59);
  CHECK(promote::take(setting, "it", context).health == Health::no_data);
}

TEST_CASE("a log is a file or what a command prints, and new errors are kept")
{
  ProbeCase probe;
  ProbeSetting setting = setting_of("log");
  setting.file = "app.log";
  CHECK(probe.take(setting).health == Health::no_data);
  probe.write("app.log", "2026-11-27T09:58:00Z INFO a\n2026-11-27T10:01:00Z ERROR b\n");
  const Sample from_file = probe.take(setting);
  CHECK(from_file.health == Health::unhealthy);
  CHECK(from_file.answer == "2026-11-27T10:01:00Z ERROR b\n");

  ProbeSetting command = setting_of("log");
  command.run = {"cat", "app.log"};
  CHECK(probe.take(command).why == from_file.why);
  command.run = {"cat", "absent.log"};
  CHECK(probe.take(command).health == Health::cannot_observe);
}

TEST_CASE("of a long log the end is read")
{
  ProbeCase probe;
  std::string log;
  const std::string line = "2026-11-27T09:59:00Z ERROR " + std::string(1000, 'x') + "\n";
  while (log.size() < (34U << 20U)) {
    log += line;
  }
  probe.write("app.log", log + "2026-11-27T10:01:00Z INFO the end\n");
  ProbeSetting setting = setting_of("log");
  setting.file = "app.log";
  const Sample sample = probe.take(setting);
  CHECK(sample.health == Health::healthy);
  CHECK(sample.value == 0);
}
