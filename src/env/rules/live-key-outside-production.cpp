// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/key_modes.hpp"
#include "env/value_rules.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

void
check_value(const ValueContext& value, Reporter& reporter)
{
  if (value.stage == Stage::production || value.stage == Stage::unknown
      || key_mode(value.key, value.value) != KeyMode::live || is_placeholder(value)
      || value.file.environment.find("prod") != std::string::npos) {
    return;
  }
  reporter.report(value.file, value.entry,
                  {.message = fmt::format("{} is a key of live mode: what is tried there happens to real customers",
                                          title_of(value)),
                   .help = fmt::format("Set the one of the test mode as {}", printable(value.key)),
                   .severity = value.value.starts_with("pk_") ? Severity::medium : Severity::high});
}

constexpr std::array<std::string_view, 1> references{"https://docs.stripe.com/keys#test-live-modes"};
constexpr std::array<std::string_view, 1> tags{"payment"};

}  // namespace

extern const Rule rule_live_key_outside_production{
    .meta = {.id = "live-key-outside-production",
             .title = "A key that moves real money is outside production",
             .since = "0.1.0",
             .doc = {.what = R"(Finds live keys of payment and other providers (`sk_live_`, `rk_live_`, `pdl_live_`,
`rzp_live_`) in files of environments that are known not to be production. A file of no environment in particular is
passed over.)",
                     .why = R"(A test that creates a payment charges somebody, and more people can read the key.)",
                     .instead = R"(Set the key of the provider's test mode.)",
                     .references = references},
             .severity = Severity::high,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check_value = check_value};

}  // namespace sluice::env
