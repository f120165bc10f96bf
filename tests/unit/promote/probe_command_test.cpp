// SPDX-License-Identifier: Apache-2.0
#include "probe_case.hpp"

#include <doctest/doctest.h>

#include <cstdlib>

using namespace sluice;
using namespace sluice::promote;
using namespace sluice::promote::test;
using namespace std::chrono_literals;

namespace {

ProbeSetting
command_of(std::vector<std::string> words)
{
  ProbeSetting setting = setting_of("command");
  setting.run = std::move(words);
  return setting;
}

ProbeSetting
query_at(std::string database, std::string query)
{
  ProbeSetting setting = setting_of("sql");
  setting.database = std::move(database);
  setting.query = std::move(query);
  return setting;
}

/// Puts a directory before all others in which programs are looked for, while it lives.
class FirstInPath
{
public:
  explicit FirstInPath(const std::filesystem::path& directory)
      : before_(std::getenv("PATH"))
  {
    ::setenv("PATH", (directory.string() + ":" + before_).c_str(), 1);
  }
  FirstInPath(const FirstInPath&) = delete;
  FirstInPath& operator=(const FirstInPath&) = delete;
  ~FirstInPath() { ::setenv("PATH", before_.c_str(), 1); }

private:
  std::string before_;
};

}  // namespace

TEST_CASE("a command is run in the work tree with the variables of the process")
{
  ProbeCase probe;
  probe.process["VERSION"] = "3f2a1bc";
  probe.program("probe", R"(echo "{\"status\": \"healthy\", \"version\": \"$VERSION\", \"latency_ms\": $1}")");
  const Sample sample = probe.take(command_of({"./probe", "12"}));
  CHECK(sample.health == Health::healthy);
  CHECK(sample.version == "3f2a1bc");
  CHECK(sample.latency_ms == 12);
}

TEST_CASE("a command that says too much, does not end or is not there says nothing")
{
  ProbeCase probe;
  probe.program("talks", "head -c 3000000 /dev/zero | tr '\\0' '1'");
  CHECK(probe.take(command_of({"./talks"})).health == Health::no_data);
  CHECK(probe.take(command_of({"./absent"})).health == Health::cannot_observe);
  ProbeSetting slow = command_of({"sleep", "100"});
  slow.timeout = 100ms;
  const Sample sample = probe.take(slow);
  CHECK(sample.health == Health::cannot_observe);
  CHECK(sample.why == "sleep: did not end within 100ms");
}

TEST_CASE("a command's exit status is its word")
{
  ProbeCase probe;
  probe.program("probe", "echo '{\"status\": \"healthy\"}'; echo no network >&2; exit $1");
  CHECK(probe.take(command_of({"./probe", "0"})).health == Health::healthy);
  CHECK(probe.take(command_of({"./probe", "75"})).health == Health::cannot_observe);
  CHECK(probe.take(command_of({"./probe", "75"})).why == "no network");
  CHECK(probe.take(command_of({"./probe", "1"})).health == Health::unhealthy);
  CHECK(probe.take(command_of({"sh", "-c", "kill -9 $$"})).health == Health::unhealthy);
}

TEST_CASE("a query's password is not among the words of the command, and its script cannot write")
{
  ProbeCase probe;
  probe.program("psql", "printf '%s\\n' \"$*\" > words; env > variables; cat > script; echo 7");
  const FirstInPath first(probe.directory.path());
  probe.process["DATABASE"] = "postgresql://app:not%20told@db.example:5433/shop?sslmode=require";
  const Sample sample = probe.take(query_at("$DATABASE", "select count(*) from jobs;"));
  CHECK(sample.health == Health::healthy);
  CHECK(sample.value == 7);
  const std::string words = read_file(probe.directory.path() / "words").value();
  CHECK(holds(words, "connect_timeout='10' dbname='shop' host='db.example' port='5433' sslmode='require' user='app'"));
  CHECK_FALSE(holds(words, "told"));
  const std::string variables = read_file(probe.directory.path() / "variables").value();
  CHECK(holds(variables, "PGPASSWORD=not told\n"));
  CHECK(holds(variables, "LC_ALL=C\n"));
  CHECK(read_file(probe.directory.path() / "script").value()
        == "begin read only;\nset local statement_timeout = 9000;\nselect count(*) from jobs;\n;\ncommit;\n");
}

TEST_CASE("an address that would tell its password is not used")
{
  ProbeCase probe;
  const Sample sample = probe.take(query_at("postgres://app:a@b@db.example/shop", "select 1"));
  CHECK(sample.health == Health::cannot_observe);
  CHECK_FALSE(holds(sample.why, "b@db"));
  CHECK(probe.take(query_at("$ABSENT", "select 1")).health == Health::cannot_observe);
}
