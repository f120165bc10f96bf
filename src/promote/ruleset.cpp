// SPDX-License-Identifier: Apache-2.0
#include "promote/ruleset.hpp"

#include "promote/ledger/ledger.hpp"

namespace sluice::promote {

namespace {

constexpr std::string_view heads{"refs/heads/"};
constexpr int no_access = 0;
constexpr int developers = 30;

}  // namespace

Json
github_ruleset()
{
  return Json{{"name", "Sluice ledger"},
              {"target", "branch"},
              {"enforcement", "active"},
              {"bypass_actors", Json::array()},
              {"conditions",
               Json{{"ref_name", Json{{"include", Json::array({Json(ledger_ref)})}, {"exclude", Json::array()}}}}},
              {"rules", Json::array({Json{{"type", "deletion"}}, Json{{"type", "non_fast_forward"}}})}};
}

Json
gitlab_protection()
{
  return Json{{"name", ledger_ref.substr(heads.size())},
              {"push_access_level", developers},
              {"merge_access_level", no_access},
              {"allow_force_push", false}};
}

}  // namespace sluice::promote
