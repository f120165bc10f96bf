// SPDX-License-Identifier: Apache-2.0
#include "migrations/catalog_view.hpp"

#include <fmt/format.h>

namespace sluice::migrations {

bool
CatalogView::is_new(const QualifiedName& table) const
{
  const bool answer = catalog_.is_new(table);
  if (reporter_.is_asked()) {
    reporter_.note(where_, "new-table",
                   fmt::format("{} {}", text_of(table),
                               answer ? "is made by this change: nobody uses it yet" : "was there before this change"));
  }
  return answer;
}

bool
CatalogView::is_new(const QualifiedName& table, std::string_view column) const
{
  const bool answer = catalog_.is_new(table, column);
  if (reporter_.is_asked()) {
    reporter_.note(where_, "new-column",
                   fmt::format("{}.{} {}", text_of(table), column,
                               answer ? "is made by this change: nobody uses it yet" : "was there before this change"));
  }
  return answer;
}

const TypeName*
CatalogView::type_of(const QualifiedName& table, std::string_view column) const
{
  const TypeName* answer = catalog_.type_of(table, column);
  if (reporter_.is_asked()) {
    reporter_.note(where_, "old-type",
                   answer == nullptr ? fmt::format("no migration says of what type {}.{} is", text_of(table), column)
                                     : fmt::format("{}.{} is {}", text_of(table), column, text_of(*answer)));
  }
  return answer;
}

bool
CatalogView::proves_not_null(const QualifiedName& table, std::string_view column) const
{
  const bool answer = catalog_.proves_not_null(table, column);
  if (reporter_.is_asked()) {
    reporter_.note(where_, "not-null",
                   fmt::format("{} that {}.{} has a value in every row",
                               answer ? "a constraint proves" : "no validated constraint proves", text_of(table),
                               column));
  }
  return answer;
}

Volatility
CatalogView::volatility_of(const QualifiedName& function) const
{
  const Volatility answer = catalog_.volatility_of(function);
  if (reporter_.is_asked()) {
    constexpr std::array<std::string_view, 3> words{"gives the same value to every row", "is volatile",
                                                    "is declared nowhere here"};
    reporter_.note(where_, "volatility",
                   fmt::format("{}() {}", text_of(function), words.at(static_cast<std::size_t>(answer))));
  }
  return answer;
}

bool
CatalogView::is_made(const Object& object) const
{
  const bool answer = catalog_.is_made(object);
  if (reporter_.is_asked()) {
    reporter_.note(where_, "new-object",
                   fmt::format("{} {}", text_of(object.name),
                               answer ? "is made by this change: nobody uses it yet" : "was there before this change"));
  }
  return answer;
}

bool
CatalogView::defines_function(const QualifiedName& function) const
{
  const bool answer = catalog_.functions().defines(function);
  if (reporter_.is_asked()) {
    reporter_.note(where_, "definition",
                   fmt::format("{} {}()", answer ? "a migration defines" : "no migration defines", text_of(function)));
  }
  return answer;
}

bool
CatalogView::knows_check(const QualifiedName& table, const std::string& name) const
{
  const bool answer = catalog_.knows_check(table, name);
  if (reporter_.is_asked()) {
    reporter_.note(
        where_, "known-check",
        fmt::format("{} {} of {}", name, answer ? "is a check" : "is not known to be a check", text_of(table)));
  }
  return answer;
}

}  // namespace sluice::migrations
