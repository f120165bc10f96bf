// SPDX-License-Identifier: Apache-2.0
//
// What the languages of operation have in common: YAML, JSON and TOML documents with scripts and references in their
// texts.
#pragma once

#include "data/data.hpp"
#include "env/language.hpp"
#include "env/script/telling.hpp"
#include "gate/source_text.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env {

/// The documents of a file; none, and a gap, if it is not YAML.
[[nodiscard]] std::vector<Data> yaml_of(const gate::SourceText& source, Sightings& seen);

/// The document of a JSON file; none, and a gap, if it is not JSON, and no gap if it is a template, which is none yet.
[[nodiscard]] std::optional<Data> json_of(const gate::SourceText& source, Sightings& seen);

/// Calls `look` for each text of a value and of all inside of it, keys not.
void each_text(Value value, const std::function<void(Value text)>& look);

/// Calls `look` for each member of a table, those that it takes over from others by `<<` too.
void each_member(Value table, const std::function<void(Value member)>& look);

/// The member of a table, or of what it takes over by `<<`.
[[nodiscard]] Value member_of(Value table, std::string_view key);

/// The lines of a text of a document.
[[nodiscard]] script::Lines lines_of_text(const gate::SourceText& source, Value text);

/// `$NAME` or `${NAME…}`.
struct Reference
{
  std::string_view name;
  std::size_t at = 0;
  Unset unset = Unset::unknown;
  std::optional<std::string> literal;  ///< of a default
};

/// The references of a text in which a doubled dollar sign is one; those inside of defaults too.
[[nodiscard]] std::vector<Reference> references_in(std::string_view text);

/// Reads what a text refers to.
void read_references(const gate::SourceText& source, Value text, Sightings& seen);

/// Whether a value is no more than the variable of that name, `$NAME`, `${NAME}` or `${NAME:?…}`: it is handed on, and
/// somebody else has to give it.
[[nodiscard]] bool is_handed_on(std::string_view name, std::string_view value);

/// A list of `NAME=VALUE` and `NAME`, or a table of values, as `environment:` of compose and its kin have it. A name
/// without a value is one that is handed on, which reads it.
enum class WithoutValue { reads, gives };
void give_environment(const gate::SourceText& source, Value environment, WithoutValue without, Sightings& seen);

/// The value of a scalar if nothing is replaced in it.
[[nodiscard]] std::optional<std::string> plain_literal(Value scalar);

/// Looks at a text as a file of another language, without what stands between `${{` and `}}`, and hands on what is read
/// and given, and that it cannot be made out.
void look_as(std::string_view language, const gate::SourceText& source, Value text, Sightings& seen);

/// A script with what stands between `open` and `close` made into characters that mean nothing to a shell; as long as
/// the text, with its newlines.
[[nodiscard]] std::string without_holes(std::string_view text, std::string_view open, std::string_view close);

}  // namespace sluice::env
