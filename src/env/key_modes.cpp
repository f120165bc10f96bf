// SPDX-License-Identifier: Apache-2.0
#include "env/key_modes.hpp"

#include "base/text.hpp"
#include "env/value_rules.hpp"

#include <array>

namespace sluice::env {

namespace {

struct Row
{
  std::string_view test;
  std::string_view live;
  std::string_view provider;  ///< a word of the variable's name; empty: the prefix says it
};

/// Stripe and Clerk, Razorpay, Square, Paddle, PayPal's Braintree, Flutterwave, Shippo, Persona; then those whose
/// prefix is a word that others have too.
constexpr std::array<Row, 17> prefixes{{{"sk_test_", "sk_live_", ""},
                                        {"rk_test_", "rk_live_", ""},
                                        {"pk_test_", "pk_live_", ""},
                                        {"rzp_test_", "rzp_live_", ""},
                                        {"sandbox-sq0", "sq0idp-", ""},
                                        {"pdl_sdbx_", "pdl_live_", ""},
                                        {"access_token$sandbox$", "access_token$production$", ""},
                                        {"FLWSECK_TEST-", "FLWSECK-", ""},
                                        {"FLWPUBK_TEST-", "FLWPUBK-", ""},
                                        {"shippo_test_", "shippo_live_", ""},
                                        {"persona_sandbox_", "persona_production_", ""},
                                        {"test_", "live_", "mollie"},
                                        {"test_", "live_", "paddle"},
                                        {"test_", "live_", "lob"},
                                        {"EZTK", "EZAK", "easypost"},
                                        {"sandbox_", "production_", "braintree"},
                                        {"sandbox-", "production-", "plaid"}}};

constexpr std::array<std::string_view, 5> test_hosts{"sandbox.paypal.com", "squareupsandbox.com", "sandbox.plaid.com",
                                                     "sandbox-api.paddle.com", "sandbox.braintreegateway.com"};

bool
is_switch(std::string_view name)
{
  return has_word(name, {"mode", "env", "environment"})
         && has_word(name, {"paypal", "braintree", "plaid", "square", "paddle", "adyen", "stripe", "razorpay"});
}

KeyMode
mode_of_switch(std::string_view value)
{
  const std::string lower = to_lower(value);
  if (lower == "sandbox" || lower == "test" || lower == "testing") {
    return KeyMode::test;
  }
  return lower == "live" || lower == "production" ? KeyMode::live : KeyMode::unsaid;
}

}  // namespace

KeyMode
key_mode(std::string_view name, std::string_view value)
{
  for (const Row& row : prefixes) {
    if (!row.provider.empty() && !has_word(name, {row.provider})) {
      continue;
    }
    if (value.starts_with(row.test)) {
      return KeyMode::test;
    }
    if (value.starts_with(row.live)) {
      return KeyMode::live;
    }
  }
  for (const std::string_view host : hosts_of(value, Bare::no)) {
    for (const std::string_view test : test_hosts) {
      if (to_lower(host).ends_with(test)) {
        return KeyMode::test;
      }
    }
  }
  return is_switch(name) ? mode_of_switch(value) : KeyMode::unsaid;
}

}  // namespace sluice::env
