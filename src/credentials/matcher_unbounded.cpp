// SPDX-License-Identifier: Apache-2.0
//
// Patterns want a boundary at either end, or any longer word would hold a credential. One whose checksum fits is no
// accident, and `_` or a letter behind it hides it from no reader: where a candidate ends and no match does, the bytes
// from the rule's prefix up to there are looked at by themselves. Candidates of such rules reach to the end of their
// credential, so there are no more of these places than of those, and each is as long as the credential.
#include "credentials/matcher.hpp"

#include <algorithm>
#include <set>

namespace sluice::credentials {

bool
MatchWorker::is_proof(Checksum checksum)
{
  switch (checksum) {
  case Checksum::github:
  case Checksum::npm:
  case Checksum::vercel:
  case Checksum::gitlab_routable:
  case Checksum::grafana_service_account:
  case Checksum::atlassian:
  case Checksum::confluent:
  case Checksum::zuplo:
  case Checksum::age_bech32:
    return true;
  default:
    return false;
  }
}

void
MatchWorker::confirm_unbounded(std::string_view content)
{
  if (endings_.empty()) {
    return;
  }
  std::set<Ending> known;
  for (const Concealed& each : concealed_) {
    known.insert({each.rule, each.secret.end});
  }
  for (const Ending& ending : endings_) {
    if (known.insert(ending).second) {
      judge_unbounded(ending, content);
    }
  }
}

void
MatchWorker::judge_unbounded(const Ending& ending, std::string_view content)
{
  const Rule& rule = matcher_->rules_[ending.rule];
  const std::size_t first = ending.end - std::min<std::size_t>(ending.end, rule.max_length);
  const std::string_view window = content.substr(first, ending.end - first);
  const std::size_t at = rule.prefix.empty() ? std::string_view::npos : window.rfind(rule.prefix);
  if (at == std::string_view::npos) {
    return;
  }
  const std::string_view itself = window.substr(at);
  const auto match = search(ending.rule, itself, {0, itself.size()});
  if (match && match->secret.size() == itself.size()
      && check(rule.checksum, itself).verdict == ChecksumVerdict::valid) {
    const Span place{first + at, ending.end};
    judge(ending.rule, {place, place}, content);
  }
}

}  // namespace sluice::credentials
