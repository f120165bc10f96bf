// SPDX-License-Identifier: Apache-2.0
//
// A JSON report from somewhere, rendered in every format.
#include "output/sink.hpp"

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto reports = sluice::output::parse_reports(text, "r.json")) {
    for (const sluice::output::Sink& sink : sluice::output::sinks()) {
      static_cast<void>(sink.render(*reports, {}));
    }
  }
  return 0;
}
