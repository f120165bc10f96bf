// SPDX-License-Identifier: Apache-2.0
#include "promote/engine/platform_words.hpp"

#include "promote/platform.hpp"

#include <fmt/format.h>

#include <memory>

namespace sluice::promote {

namespace {

using Words = Result<std::vector<PlatformWord>>;

Words
asked(const Session& session, const std::string& environment, const std::string& commit)
{
  const auto approvals = platform_approvals(session.options(), session.input.input, environment, commit);
  if (!approvals) {
    // Whatever kept us from reading them, that nobody has approved is not known.
    return fail(ErrorKind::unavailable, "{}", approvals.error().message);
  }
  if (!approvals->waits_for.empty()) {
    session.tell(fmt::format("{}: {}", environment, approvals->waits_for));
  }
  std::vector<PlatformWord> words;
  for (const PlatformApproval& each : approvals->given) {
    const bool is_approval = each.word == PlatformApproval::Word::approved;
    words.push_back({is_approval ? PlatformWord::Kind::approved : PlatformWord::Kind::rejected, each.who, each.at});
  }
  return words;
}

}  // namespace

std::function<Words()>
platform_words_for(const Session& session, const std::string& environment, const std::string& commit)
{
  if (recording_platform(session.options(), session.process()) == nullptr) {
    return nullptr;
  }
  return [&session, environment, commit, known = std::make_shared<std::optional<Words>>()] {
    if (!*known) {
      *known = asked(session, environment, commit);
    }
    return **known;
  };
}

}  // namespace sluice::promote
