// SPDX-License-Identifier: Apache-2.0
//
// What a package says of its licence: an expression that is accepted joins what it names, every policy has an answer to
// it, and written again by its terms each of them reads the same.
#include "deps/licence.hpp"
#include "deps/licence_policy.hpp"
#include "fuzz/require.hpp"

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  using namespace sluice::deps;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)licence_of_r(text);
  (void)LicenceEntry(std::string(text)).defect();
  const auto expression = parse_licence(text);
  if (!expression) {
    require(!expression.error().message.empty());
    return 0;
  }
  std::size_t depth = 0;
  for (const LicenceExpression::Step& step : expression->steps) {
    const bool is_term = step.kind == LicenceExpression::Kind::term;
    require(is_term || depth >= 2);
    depth = is_term ? depth + 1 : depth - 1;
    require(!is_term || !step.term.id.empty());
    if (is_term && step.term.kind == LicenceTerm::Kind::listed) {
      const auto again = parse_licence(step.term.text());
      require(again && again->steps.size() == 1 && again->read_as.empty());
      require(again->steps.front().term.text() == step.term.text());
    }
  }
  require(depth == 1);
  LicenceOptions options;
  (void)LicencePolicy(options).judge(*expression);
  options.allow = {"MIT", "GPL-2.0-or-later", "BSD-*"};
  options.deny = {"AGPL-*"};
  const auto verdict = LicencePolicy(options).judge(*expression);
  require(verdict.outcome == LicenceVerdict::Outcome::passes || !verdict.refused.empty() || !verdict.unknown.empty());
  return 0;
}
