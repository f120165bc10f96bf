// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "promote/commands/verb_options.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::promote;

namespace {

/// Why a flag's value is not taken; empty if it is.
template<typename Options>
std::string
problem_of(std::string_view key, std::string_view value)
{
  Options options;
  config::OptionTable table;
  describe(options, table);
  const auto set = table.find(key)->set(value);
  return set ? std::string() : set.error().message;
}

}  // namespace

TEST_CASE("a value that is empty, as of a variable that is not set, is not taken for none")
{
  const std::string why = "is empty: leave it away, or set the variable that it comes from";
  CHECK(problem_of<VerbOptions>("commit", "") == why);
  CHECK(problem_of<VerbOptions>("commit", " ") == why);
  CHECK(problem_of<VerbOptions>("commit", "HEAD~1") == "");
  CHECK(problem_of<AttestOptions>("until", "") == why);
  CHECK(problem_of<RecordOptions>("promotion", "") == why);
  CHECK(problem_of<RecordOptions>("commit", "") == why);
}

TEST_CASE("data can be kept or restored, and what was not said is nothing to ask for")
{
  VerbOptions options;
  config::OptionTable table;
  describe(options, table);
  config::Option& data = *table.find("data");
  CHECK(data.choices == std::vector<std::string_view>{"keep", "restore"});
  CHECK(data.text() == "");
  CHECK_FALSE(data.set("unsaid"));
  CHECK(options.data == DataChoice::unsaid);
  REQUIRE(data.set("restore"));
  CHECK(options.data == DataChoice::restore);
  data.reset();
  CHECK(options.data == DataChoice::unsaid);
}
