// SPDX-License-Identifier: Apache-2.0
#include "dev/completion_offer.hpp"

#include "output/sink.hpp"

#include <fmt/format.h>

namespace sluice::dev {

namespace {

std::vector<std::string>
format_words()
{
  std::vector<std::string> words;
  for (const output::Sink& sink : output::sinks()) {
    words.emplace_back(sink.name);
    words.push_back(fmt::format("{}=", sink.name));
  }
  return words;
}

std::vector<std::string>
preview_words(Gates gates)
{
  std::vector<std::string> words{"all"};
  for (const gate::Type* gate : gates) {
    for (const RuleMeta* rule : gate->rules) {
      if (rule->state == RuleState::preview) {
        words.emplace_back(rule->id);
      }
    }
  }
  return words;
}

std::vector<std::string>
gate_words(Gates gates)
{
  std::vector<std::string> words;
  for (const gate::Type* gate : gates) {
    words.emplace_back(gate->face->info.name);
  }
  return words;
}

}  // namespace

Offer
offer_for(std::string_view placeholder, const OfferContext& context)
{
  if (placeholder == "RULE") {
    return {.words = {}, .rules = std::string(context.rules), .after = {}};
  }
  if (placeholder == "NAME[=FILE]") {
    return {.words = format_words(), .rules = {}, .after = {}, .paths = Paths::files};
  }
  if (placeholder == "GATE") {
    return {.words = gate_words(context.gates), .rules = {}, .after = {}};
  }
  if (placeholder == "DIR") {
    return {.words = {}, .rules = {}, .after = {}, .paths = Paths::directories};
  }
  const bool is_path = placeholder == "FILE" || placeholder == "PATH";
  return {.words = {}, .rules = {}, .after = {}, .paths = is_path ? Paths::files : Paths::none};
}

std::optional<Offer>
offer_for(const config::Option& option, const OfferContext& context)
{
  const std::vector<std::string> choices(option.choices.begin(), option.choices.end());
  if (option.kind == config::OptionKind::toggle) {
    return std::nullopt;
  }
  if (option.kind == config::OptionKind::choice) {
    return Offer{.words = choices, .rules = {}, .after = {}};
  }
  if (option.kind == config::OptionKind::choice_map && option.spec.value.starts_with("RULE=")) {
    return Offer{.words = {}, .rules = std::string(context.rules), .after = choices};
  }
  if (option.section.empty() && option.spec.key == "preview") {
    return Offer{.words = preview_words(context.gates), .rules = {}, .after = {}};
  }
  Offer offer = offer_for(option.spec.value, context);
  if (option.spec.holds == config::Holds::paths && offer.paths == Paths::none) {
    offer.paths = Paths::files;
  }
  return offer;
}

}  // namespace sluice::dev
