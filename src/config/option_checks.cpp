// SPDX-License-Identifier: Apache-2.0
#include "config/option_checks.hpp"

#include "base/text.hpp"

namespace sluice::config {

namespace {

/// "staging.phase", "[3].path": what comes after the name of the option.
std::string
text_of(std::span<const Step> steps)
{
  std::string text;
  for (const Step& step : steps) {
    text += step.is_index() ? fmt::format("[{}]", step.name()) : fmt::format(".{}", step.name());
  }
  return text;
}

/// The place of the value that `steps` lead to, or of the last one on the way that was written.
std::string
place_of(const Option& option, std::span<const Step> steps)
{
  std::string place = option.origin.place;
  const auto* written = &option.inside;
  for (const Step& step : steps) {
    const auto found = written->find(step.name());
    if (found == written->end()) {
      break;
    }
    place = found->second.place;
    written = &found->second.inside;
  }
  return place;
}

}  // namespace

void
OptionChecks::refuse(const ValuePath& path, std::string_view what)
{
  const std::string& key = path.steps().front().name();
  const std::span<const Step> steps = std::span(path.steps()).subspan(1);
  const Option* own = table_.find(key, section_);
  const Option* option = own == nullptr ? table_.find(key) : own;
  const std::string place = option == nullptr ? std::string() : place_of(*option, steps);
  const std::string name = (option == nullptr ? key : table_.shown_name(*option)) + text_of(steps);
  problems_.push_back(fmt::format("{}{}\"{}\" {}", printable(place), place.empty() ? "" : ": ", printable(name), what));
}

}  // namespace sluice::config
