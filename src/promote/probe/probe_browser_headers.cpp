// SPDX-License-Identifier: Apache-2.0
#include "promote/probe/probe_browser_headers.hpp"

#include "base/number.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace sluice::promote {

namespace {

constexpr std::uint64_t shortest_hsts = 15'552'000;  // 180 days, in seconds

using Headers = std::span<const net::Header>;

std::vector<std::string_view>
values_of(Headers headers, std::string_view name)
{
  std::vector<std::string_view> values;
  for (const net::Header& header : headers) {
    if (header.name == name) {
      values.push_back(header.value);
    }
  }
  return values;
}

/// Of the first header of the name, in lower case.
std::string
value_of(Headers headers, std::string_view name)
{
  const auto values = values_of(headers, name);
  return values.empty() ? std::string() : to_lower(trim(values.front()));
}

/// The name of a directive and its words, in lower case.
using Directive = std::vector<std::string>;

Directive
words_of(std::string_view text)
{
  Directive words;
  for (const std::string_view word : split(text, ' ')) {
    if (!trim(word).empty()) {
      words.push_back(to_lower(trim(word)));
    }
  }
  return words;
}

/// Every policy: of each header, and of each part between its commas.
std::vector<std::vector<Directive>>
policies_of(Headers headers)
{
  std::vector<std::vector<Directive>> policies;
  for (const std::string_view value : values_of(headers, "content-security-policy")) {
    for (const std::string_view text : split(value, ',')) {
      std::vector<Directive>& policy = policies.emplace_back();
      for (const std::string_view directive : split(text, ';')) {
        if (Directive words = words_of(directive); !words.empty()) {
          policy.push_back(std::move(words));
        }
      }
    }
  }
  return policies;
}

const Directive*
find(const std::vector<Directive>& policy, std::string_view name)
{
  const auto found =
      std::find_if(policy.begin(), policy.end(), [name](const Directive& each) { return each[0] == name; });
  return found == policy.end() ? nullptr : &*found;
}

/// What decides about scripts in a page's own text.
const Directive*
directive_of_scripts(const std::vector<Directive>& policy)
{
  for (const std::string_view name : {"script-src-elem", "script-src", "default-src"}) {
    if (const Directive* const directive = find(policy, name)) {
      return directive;
    }
  }
  return nullptr;
}

bool
allows_inline_script(const std::vector<Directive>& policy)
{
  const Directive* const directive = directive_of_scripts(policy);
  if (directive == nullptr) {
    return true;
  }
  const bool is_overruled = std::any_of(directive->begin(), directive->end(), [](const std::string& word) {
    return word == "'strict-dynamic'" || word.starts_with("'nonce-") || word.starts_with("'sha");
  });
  return !is_overruled && std::find(directive->begin(), directive->end(), "'unsafe-inline'") != directive->end();
}

std::string
departure_of_policy(Headers headers)
{
  const auto policies = policies_of(headers);
  if (policies.empty()) {
    return "there is no Content-Security-Policy";
  }
  return std::all_of(policies.begin(), policies.end(), allows_inline_script)
             ? "the Content-Security-Policy lets scripts run that stand in the page"
             : "";
}

/// Seconds; nothing if there are none.
std::optional<std::uint64_t>
max_age_in(std::string_view value)
{
  for (const std::string_view part : split(value, ';')) {
    const std::string_view directive = trim(part);
    const std::size_t equals = directive.find('=');
    if (equals != std::string_view::npos && trim(directive.substr(0, equals)) == "max-age") {
      std::string_view number = trim(directive.substr(equals + 1));
      if (number.size() > 1 && number.starts_with('"') && number.ends_with('"')) {
        number = number.substr(1, number.size() - 2);
      }
      return number_of<std::uint64_t>(number);
    }
  }
  return std::nullopt;
}

std::string
departure_of_transport(Headers headers)
{
  const std::string value = value_of(headers, "strict-transport-security");
  if (value.empty()) {
    return "there is no Strict-Transport-Security";
  }
  return max_age_in(value).value_or(0) < shortest_hsts ? "Strict-Transport-Security lasts less than 180 days" : "";
}

std::string
departure_of_sniffing(Headers headers)
{
  return value_of(headers, "x-content-type-options") == "nosniff" ? "" : "X-Content-Type-Options is not nosniff";
}

std::string
departure_of_frames(Headers headers)
{
  const std::string option = value_of(headers, "x-frame-options");
  const auto policies = policies_of(headers);
  const bool has_ancestors = std::any_of(policies.begin(), policies.end(), [](const std::vector<Directive>& policy) {
    return find(policy, "frame-ancestors") != nullptr;
  });
  return has_ancestors || option == "deny" || option == "sameorigin"
             ? ""
             : "neither frame-ancestors nor X-Frame-Options says who may frame the page";
}

std::string
departure_of_referrer(Headers headers)
{
  const std::string value = value_of(headers, "referrer-policy");
  if (value.empty()) {
    return "there is no Referrer-Policy";
  }
  return value == "unsafe-url" ? "the Referrer-Policy tells whole addresses to everybody" : "";
}

}  // namespace

std::string
departure_from_preset(HeaderPreset preset, std::span<const net::Header> headers)
{
  switch (preset) {
  case HeaderPreset::csp:
    return departure_of_policy(headers);
  case HeaderPreset::hsts:
    return departure_of_transport(headers);
  case HeaderPreset::nosniff:
    return departure_of_sniffing(headers);
  case HeaderPreset::frame:
    return departure_of_frames(headers);
  case HeaderPreset::referrer:
    break;
  }
  return departure_of_referrer(headers);
}

}  // namespace sluice::promote
