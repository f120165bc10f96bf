// SPDX-License-Identifier: Apache-2.0
#include "promote/json_members.hpp"
#include "promote/ledger/state.hpp"
#include "promote/ruleset.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

using namespace sluice;
using namespace sluice::promote;

namespace {

std::set<std::string>
keys_of(const Json& json)
{
  std::set<std::string> keys;
  for (const Json::Member& member : json.members()) {
    keys.insert(member.key);
  }
  return keys;
}

using Keys = std::set<std::string>;

}  // namespace

// docs.github.com, REST API, "Create a repository ruleset": name and enforcement are required; a rule is an object with
// a type, and these two types have no parameters.
TEST_CASE("GitHub's ruleset is what its API takes and guards the ledger against everybody")
{
  const Json body = github_ruleset();
  CHECK(keys_of(body) == Keys{"name", "target", "enforcement", "bypass_actors", "conditions", "rules"});
  CHECK(text_of(body, "target") == "branch");
  CHECK(text_of(body, "enforcement") == "active");
  CHECK(body["bypass_actors"].is_array());
  CHECK(body["bypass_actors"].size() == 0);
  CHECK(keys_of(body["conditions"]) == Keys{"ref_name"});
  const Json& names = body["conditions"]["ref_name"];
  CHECK(keys_of(names) == Keys{"include", "exclude"});
  CHECK(names["include"] == Json::array({"refs/heads/sluice/ledger"}));
  CHECK(names["exclude"] == Json::array());
  Keys types;
  for (const Json& rule : body["rules"].items()) {
    CHECK(keys_of(rule) == Keys{"type"});
    types.insert(text_of(rule, "type"));
  }
  CHECK(types == Keys{"deletion", "non_fast_forward"});
}

// docs.gitlab.com, "Protected branches API", "Protect repository branches": name is required; access levels are 0 (no
// access), 30, 40 and 60.
TEST_CASE("GitLab's protection is what its API takes and lets nobody rewrite the ledger")
{
  const Json body = gitlab_protection();
  CHECK(keys_of(body) == Keys{"name", "push_access_level", "merge_access_level", "allow_force_push"});
  CHECK(text_of(body, "name") == "sluice/ledger");
  CHECK(body["push_access_level"].integer() == 30);
  CHECK(body["merge_access_level"].integer() == 0);
  CHECK(body["allow_force_push"].boolean() == false);
}
