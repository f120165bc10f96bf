// SPDX-License-Identifier: Apache-2.0
//
// A configuration file of a pull request, decoded into options of every kind, at the top and in the section of a tool.
#include "config/common_options.hpp"
#include "config/layers.hpp"
#include "config/option_checks.hpp"
#include "config/show_config.hpp"
#include "fuzz/require.hpp"
#include "support/every_option.hpp"

#include <algorithm>

namespace {

using namespace sluice;

struct Table
{
  config::CommonOptions common;
  test::EveryOption every, own;
  config::OptionTable options;

  Table()
  {
    describe(common, options);
    describe(every, options);
    options.begin_section("own");
    describe(own, options);
  }
};

bool
is_printable(std::string_view text)
{
  return std::none_of(text.begin(), text.end(), [](char c) { return c != '\n' && c >= 0 && c < ' '; });
}

}  // namespace

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  Table table;
  config::Layers layers;
  layers.file = {".sluice.yml", std::string(reinterpret_cast<const char*>(data), size)};
  layers.other_keys = {"gates"};
  layers.other_sections = {"own", "other"};
  const auto applied = config::apply_layers(table.options, layers);
  if (!applied) {
    require(is_printable(applied.error().message));
    return 0;
  }
  // What was taken is shown as what it is, every time.
  const std::string shown = config::show_config(table.options);
  require(is_printable(shown));
  require(config::apply_layers(table.options, layers).has_value() && config::show_config(table.options) == shown);
  for (const auto& [name, stage] : table.own.record_map) {
    config::OptionChecks checks(table.options, "own");
    checks.refuse({"record-map", name, "phase"}, "is refused");
    // The phase is required, so it has a place of its own.
    require(checks.problems().front().starts_with(".sluice.yml:") && !stage.origin.empty());
  }
  return 0;
}
