// SPDX-License-Identifier: Apache-2.0
//
// What readers of schemas have in common.
#pragma once

#include "env/schema.hpp"
#include "env/type.hpp"
#include "gate/source_text.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env {

inline constexpr std::size_t max_schema_items = 100'000;  ///< of one file; what is beyond is a gap

/// Collects what a format says of a file.
class SchemaBuilder
{
public:
  /// A program that says what it needs reads it as well, so that nobody else has to.
  enum class In { file, program };

  explicit SchemaBuilder(std::string path, In in = In::file)
      : in_(in)
  {
    schema_.path = std::move(path);
  }

  /// Passes over what no environment can have for a name.
  void add(Item item);
  /// `why` quotes nothing of the file that is not printable, and no value.
  void gap(GapKind kind, std::uint32_t line, std::string why, std::string fix = {});
  /// The type that a schema calls so; what it has not, or its options, is a gap.
  [[nodiscard]] TypeUse type(std::string_view name, TypeOptions options, std::uint32_t line);

  [[nodiscard]] Schema&
  schema()
  {
    return schema_;
  }
  [[nodiscard]] Schema
  take()
  {
    return std::move(schema_);
  }

private:
  Schema schema_;
  In in_;
};

/// The type whose name in a schema says more than itself: "simple-object" is JSON of one shape, "int" of zod's a
/// number. Empty if there is none.
[[nodiscard]] TypeUse known_type(std::string_view name, TypeOptions options = {});

}  // namespace sluice::env
