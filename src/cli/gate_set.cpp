// SPDX-License-Identifier: Apache-2.0
#include "cli/gate_set.hpp"

#include <algorithm>

namespace sluice::cli {

GateSet::GateSet(std::span<const gate::Face* const> gates, config::OptionTable& table)
{
  for (const gate::Face* face : gates) {
    table.begin_section(face->info.name);
    options_.emplace_back(face->info.name, face->options());
    options_.back().second->bind(table);
  }
}

bool
GateSet::Member::has_option(std::string_view key) const
{
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

std::vector<GateSet::Member>
GateSet::members(std::span<const gate::Face* const> chosen) const
{
  std::vector<Member> members;
  for (const gate::Face* face : chosen) {
    config::CommonOptions common;
    config::OptionTable table;
    config::describe(common, table);
    const std::unique_ptr<gate::Options> own = face->options();
    own->bind(table);
    members.push_back({face, table.keys()});
  }
  return members;
}

CommandSelf::Checked
GateSet::checked() const
{
  CommandSelf::Checked all;
  for (const auto& [section, options] : options_) {
    all.emplace_back(section, options.get());
  }
  return all;
}

}  // namespace sluice::cli
