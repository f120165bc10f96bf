// SPDX-License-Identifier: Apache-2.0
#include "credentials/template.hpp"
#include "secrets/leaks.hpp"

#include <doctest/doctest.h>

namespace sluice::secrets {
namespace {

TEST_CASE("a text of which not everything is known is counted, and no line of it is shown")
{
  std::string text = expand_template("token = ghp_{{base62:30}}{{checksum}}\n", "a", Checksum::github);
  const Matcher matcher = Matcher::create(rules(), compiled_database()).value();
  MatchWorker worker = MatchWorker::create(matcher).value();
  Matches matches = worker.match(text);
  REQUIRE(matches.found.size() == 1);
  matches.complete = false;
  LeakCollection leaks(matcher.rules());
  leaks.add(text, matches, {});
  CHECK(leaks.overflows() == 1);
  CHECK(leaks.take().front().sightings.front().line->excerpt.empty());
}

}  // namespace
}  // namespace sluice::secrets
