// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "migrations/catalog.hpp"
#include "migrations/reporter.hpp"

#include <string_view>

namespace sluice::migrations {

/// The catalog as a rule asks it about a statement: who asked why is told each question with its answer.
class CatalogView
{
public:
  /// Both must outlive it; `where` is the statement.
  CatalogView(const Catalog& catalog, Reporter& reporter, Span where)
      : catalog_(catalog),
        reporter_(reporter),
        where_(where)
  {}

  /// As those of `Catalog`.
  [[nodiscard]] bool is_new(const QualifiedName& table) const;
  [[nodiscard]] bool is_new(const QualifiedName& table, std::string_view column) const;
  [[nodiscard]] const TypeName* type_of(const QualifiedName& table, std::string_view column) const;
  [[nodiscard]] bool proves_not_null(const QualifiedName& table, std::string_view column) const;
  [[nodiscard]] Volatility volatility_of(const QualifiedName& function) const;
  [[nodiscard]] bool is_made(const Object& object) const;
  /// As `DefinedFunctions::defines`.
  [[nodiscard]] bool defines_function(const QualifiedName& function) const;
  [[nodiscard]] bool knows_check(const QualifiedName& table, const std::string& name) const;

private:
  const Catalog& catalog_;
  Reporter& reporter_;
  Span where_;
};

}  // namespace sluice::migrations
