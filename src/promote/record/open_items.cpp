// SPDX-License-Identifier: Apache-2.0
#include "promote/record/open_items.hpp"

#include "base/clock.hpp"
#include "base/text.hpp"
#include "promote/brief.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace sluice::promote {

namespace {

/// The notes of a promotion by what they are of: names of items that are closed, and whether an incident is among them.
struct Noted
{
  std::set<std::string, std::less<>> closed;
  bool has_incident = false;
};

void
add(Noted& noted, const Note& note)
{
  if (closes_item(note)) {
    noted.closed.insert(to_lower(trim(note.item)));
  } else {
    noted.has_incident = true;
  }
}

Noted
noted_of(const Promotion& promotion, const EnvironmentState& state)
{
  Noted noted;
  for (const Note& note : state.notes) {
    if (note.promotion == promotion.id) {
      add(noted, note);
    }
  }
  return noted;
}

bool
went_wrong(const Promotion& promotion)
{
  return promotion.end == EntryKind::failed || promotion.end == EntryKind::rolled_back;
}

bool
wants_debrief(const Promotion& promotion, const Noted& noted)
{
  return promotion.end && (went_wrong(promotion) || promotion.is_emergency || noted.has_incident);
}

std::vector<OpenItem>
items_of(const Promotion& promotion, const EnvironmentState& state, const Noted& noted)
{
  std::vector<OpenItem> items;
  const auto add = [&](std::string_view item, std::string why, std::optional<std::chrono::sys_seconds> due) {
    items.push_back({std::string(item), promotion.id, promotion.commit, std::move(why), due});
  };
  if (went_wrong(promotion) && !noted.closed.contains(root_cause_item)) {
    add(root_cause_item,
        fmt::format("{}{}{}", name_of(*promotion.end), promotion.end_why.empty() ? "" : ": ", promotion.end_why),
        std::nullopt);
  }
  if (state.unreviewed.contains(promotion.id)) {
    add(review_item, fmt::format("an emergency by {}: {}", promotion.actor, promotion.reason), std::nullopt);
  }
  if (wants_debrief(promotion, noted) && !noted.closed.contains(debrief_item)) {
    add(debrief_item, "of what went on", promotion.ended + debrief_time);
  }
  return items;
}

}  // namespace

std::string
OpenItem::fix(std::string_view environment) const
{
  if (item == review_item) {
    return fmt::format("sluice promote review --environment {} --reason TEXT", environment);
  }
  const bool has_space = item.find(' ') != std::string::npos;
  return fmt::format("sluice promote note {}{}{} --environment {} --promotion {} --reason TEXT", has_space ? "\"" : "",
                     item, has_space ? "\"" : "", environment, brief(promotion));
}

Json
json_of(const OpenItem& item, std::string_view environment)
{
  return Json{{"item", item.item},
              {"promotion", item.promotion},
              {"commit", item.commit},
              {"why", item.why},
              {"due", item.due ? Json(rfc3339(*item.due)) : Json()},
              {"fix", item.fix(environment)}};
}

bool
closes_item(const Note& note)
{
  const std::string item = to_lower(trim(note.item));
  return item == root_cause_item || item == debrief_item;
}

bool
wants_debrief(const Promotion& promotion, const EnvironmentState& state)
{
  return wants_debrief(promotion, noted_of(promotion, state));
}

std::vector<OpenItem>
open_items(const Promotion& promotion, const EnvironmentState& state)
{
  return items_of(promotion, state, noted_of(promotion, state));
}

std::vector<OpenItem>
open_items(const EnvironmentState& state)
{
  std::map<std::string_view, Noted> noted;
  for (const Note& note : state.notes) {
    add(noted[note.promotion], note);
  }
  std::vector<OpenItem> all;
  for (const Promotion& promotion : state.promotions) {
    std::ranges::move(items_of(promotion, state, noted[promotion.id]), std::back_inserter(all));
  }
  return all;
}

}  // namespace sluice::promote
