// SPDX-License-Identifier: Apache-2.0
#include "@name@/gate.hpp"

namespace sluice::@name@ {

namespace {

constexpr std::array<gate::Example, 1> examples{{
    {"sluice-@name@", "FILL IN: what it looks at without an option"},
}};

}  // namespace

const gate::Face&
face()
{
  static constexpr gate::Face face{{.name = "@name@",
                                    .question = "FILL IN: the one question that it answers?",
                                    .description = "FILL IN: a paragraph.",
                                    .examples = examples,
                                    .scan = ScanType::none,
                                    .fixture_arguments = {},
                                    .fixture_note = {},
                                    .needs = {}},
                                   gate::make_options<@Name@Options>};
  return face;
}

}  // namespace sluice::@name@
