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
  if (value.stage != Stage::production || key_mode(value.key, value.value) != KeyMode::test || is_placeholder(value)) {
    return;
  }
  reporter.report(value.file, value.entry,
                  {.message = fmt::format("{} is of a provider's test mode, in which nothing is paid", title_of(value)),
                   .help = fmt::format("Set the live one of {}", printable(value.key))});
}

constexpr std::array<std::string_view, 3> references{
    "https://docs.stripe.com/keys#test-live-modes", "https://developer.paddle.com/api-reference/about/authentication",
    "https://razorpay.com/docs/payments/dashboard/account-settings/api-keys/"};
constexpr std::array<std::string_view, 1> tags{"payment"};

}  // namespace

extern const Rule rule_test_key_in_production{
    .meta = {.id = "test-key-in-production",
             .title = "Production has the key of a test account",
             .since = "0.1.0",
             .doc = {.what =
                         R"(Finds keys of payment and other providers in production that say of themselves that they are
for tests (`sk_test_`, `pk_test_`, `rzp_test_`, `pdl_sdbx_`, `sandbox-sq0`), hosts of sandboxes, and switches such as
`PAYPAL_MODE=sandbox`.)",
                     .why =
                         R"(Orders are taken and nobody pays: the provider accepts its test cards and moves no money.)",
                     .instead = R"(Set the live key of the provider.)",
                     .references = references},
             .severity = Severity::high,
             .confidence = Confidence::high,
             .tags = tags,
             .tool = tool_name},
    .check_value = check_value};

}  // namespace sluice::env
