// SPDX-License-Identifier: Apache-2.0
//
// A JSON text from somewhere: as a value that must survive being written, and as a report that must survive its own
// canonical form and be rendered in every other.
#include "base/json.hpp"
#include "fuzz/require.hpp"
#include "output/sink.hpp"
#include "support/plain_redactor.hpp"

namespace {

using namespace sluice;

void
as_value(std::string_view text)
{
  const auto json = Json::parse(text);
  if (!json) {
    return;
  }
  for (const JsonText form : {JsonText::utf8, JsonText::ascii}) {
    for (const std::optional<unsigned> indent : {std::optional<unsigned>(), std::optional<unsigned>(2)}) {
      const auto again = Json::parse(json->dump(indent, form));
      require(again && *again == *json);
    }
  }
}

void
as_report(std::string_view text)
{
  const auto reports = output::parse_reports(text, "r.json", test::plain());
  if (!reports) {
    return;
  }
  for (const output::Sink& sink : output::sinks()) {
    static_cast<void>(sink.render(*reports, {}));
  }
  constexpr output::RenderOptions whole{.rule_texts = output::RuleTexts::all};
  const output::Sink& canonical = *output::find_sink("json");
  const std::string written = canonical.render(*reports, whole);
  const auto again = output::parse_reports(written, "r.json", test::plain());
  require(again && canonical.render(*again, whole) == written);
}

}  // namespace

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  as_value(text);
  as_report(text);
  return 0;
}
