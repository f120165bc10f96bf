// SPDX-License-Identifier: Apache-2.0
//
// Whatever a script is, its statements lie in order, none is empty or overlaps another, and all
// places lie within the text.
#include "fuzz/require.hpp"
#include "migrations/sql.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace {

using sluice::Span;

void
require_within(Span span, std::size_t size)
{
  require(span.begin <= span.end && span.end <= size);
}

void
check_pieces(const std::string& text)
{
  const auto pieces = sluice::migrations::split_script(text);
  std::size_t end = 0;
  for (const Span& statement : pieces.statements) {
    require_within(statement, text.size());
    require(statement.begin < statement.end && end <= statement.begin);
    end = statement.end;
  }
  for (const auto& foreign : pieces.foreign) {
    require_within(foreign.where, text.size());
  }
}

}  // namespace

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::string text(data, data + size);
  check_pieces(text);
  const auto script = sluice::migrations::parse_script(text);
  for (const auto& statement : script.statements) {
    require_within(statement.where, size);
    if (const auto* alter = sluice::migrations::as<sluice::migrations::AlterTable>(statement)) {
      for (const auto& clause : alter->clauses) {
        require_within(clause.where, size);
      }
    }
  }
  for (const auto& foreign : script.foreign) {
    require_within(foreign.where, size);
  }
  return 0;
}
