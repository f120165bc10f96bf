// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "credentials/rule.hpp"
#include "finding/redactor.hpp"

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace sluice::credentials {

/// Hides what any rule sees in a text, those that are disabled or placeholders to their rule too, and users' passwords
/// in URLs. The matcher is made when the first text comes that needs it: a run that has nothing to tell never pays for
/// it.
class RuleRedactor final : public Redactor
{
public:
  explicit RuleRedactor(std::span<const Rule> rules = credentials::rules(),
                        std::string_view compiled = compiled_database());
  ~RuleRedactor() override;

  using Redactor::redacted;
  [[nodiscard]] std::string redacted(std::string_view text, TextKind kind, Span& piece) const override;

  /// How often the scan database was loaded: 0 or 1.
  [[nodiscard]] std::size_t loads() const;

private:
  struct Loaded;

  std::span<const Rule> rules_;
  std::string_view compiled_;
  mutable std::unique_ptr<Loaded> loaded_;
};

/// This process's, over all rules.
[[nodiscard]] const RuleRedactor& redactor();

/// Whether a text of a run that has nothing to tell must be looked at by the rules: not if it is made of words, numbers
/// and ids. Cheap, and says yes rather than no.
[[nodiscard]] bool may_hold_credential(std::string_view text);

}  // namespace sluice::credentials
