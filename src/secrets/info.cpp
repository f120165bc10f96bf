// SPDX-License-Identifier: Apache-2.0
#include "secrets/gate.hpp"

namespace sluice::secrets {

namespace {

constexpr std::array<gate::Example, 6> examples{{
    {"sluice-secrets", "everything that is here: the whole history and what is not committed yet"},
    {"sluice-secrets --base origin/main", "what this branch adds"},
    {"sluice-secrets --scope staged", "what the next commit would add, for a pre-commit hook"},
    {"sluice-secrets --pre-receive", "what is pushed to this server, for its pre-receive hook"},
    {"sluice-secrets --scope history --format sarif=secrets.sarif", "the whole history, as SARIF"},
    {"git diff | sluice-secrets --scope stdin", "any text"},
}};

constexpr std::array<std::string_view, 2> fixture_arguments{"--scope", "worktree"};

}  // namespace

const gate::Face&
face()
{
  static constexpr gate::Face face{
      {.name = "secrets",
       .question = "Does any credential hide anywhere in this repository's history?",
       .description =
           "Reads every object of the repository without git, each one once and on all cores: files of every version, "
           "messages of commits and tags, stashes and what no branch has any more. Says for each credential who "
           "brought it, when and where, and whether it is still there. Never prints one.",
       .examples = examples,
       .scan = ScanType::secret_detection,
       .fixture_arguments = fixture_arguments,
       .fixture_note = "what stands in `{{…}}` is made up when the tests run",
       .needs = {}},
      gate::make_options<SecretsOptions>};
  return face;
}

}  // namespace sluice::secrets
