// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/mapped_file.hpp"
#include "base/result.hpp"
#include "deps/advisories/index_format.hpp"
#include "finding/severity.hpp"

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::deps {

/// A look-up in a damaged index throws nothing: it is told by `damage`, and what was read is empty.
class Index
{
public:
  /// Errors (ErrorKind::unavailable): not an index, of another format version, cut off, damaged.
  [[nodiscard]] static Result<Index> open(const std::filesystem::path& path);
  /// The same over bytes that outlive it.
  [[nodiscard]] static Result<Index> of_bytes(std::string_view bytes, std::string name);
  /// How many records an index says that it holds, whatever its state and the version of its format; nothing if the
  /// bytes begin as no index does.
  [[nodiscard]] static std::optional<std::uint64_t> claimed_records(std::string_view bytes);

  [[nodiscard]] std::string_view ecosystem() const;
  [[nodiscard]] std::string_view source() const;
  [[nodiscard]] std::chrono::sys_seconds built() const;
  [[nodiscard]] std::uint64_t records() const;
  [[nodiscard]] std::uint64_t previous_records() const;
  [[nodiscard]] std::uint64_t packages() const;
  /// Of everything behind the header, lower-case hexadecimal: the identity of the data.
  [[nodiscard]] std::string digest() const;

  /// What is known of a package; `ecosystem` exactly, with its suffix, `name` as the registry compares it.
  [[nodiscard]] std::vector<index::Affected> find(std::string_view ecosystem, std::string_view name) const;

  [[nodiscard]] std::string_view text(index::Text text) const;
  template<typename Row> [[nodiscard]] std::span<const Row> rows(index::SectionId section, index::Span span) const;
  [[nodiscard]] index::Advisory advisory(std::uint32_t number) const;
  [[nodiscard]] std::uint64_t count(index::SectionId section) const;

  /// What was found to be wrong while reading; empty if nothing was. An index with damage has no verdict.
  [[nodiscard]] const std::string& damage() const;
  /// Compares all of the file with its digest. Errors like `open`.
  [[nodiscard]] Result<> verify() const;

private:
  struct State;
  explicit Index(std::shared_ptr<State> state)
      : state_(std::move(state))
  {}
  static Result<Index> checked(std::shared_ptr<State> state);
  [[nodiscard]] std::string_view bytes(std::uint64_t offset, std::uint64_t length) const;
  [[nodiscard]] std::string_view row_bytes(index::SectionId section, index::Span span, std::size_t row_bytes) const;

  std::shared_ptr<State> state_;
};

template<typename Row>
std::span<const Row>
Index::rows(index::SectionId section, index::Span span) const
{
  const std::string_view found = row_bytes(section, span, sizeof(Row));
  return {reinterpret_cast<const Row*>(found.data()), found.size() / sizeof(Row)};
}

/// The hash by which packages are sorted.
[[nodiscard]] std::uint64_t hash_of_key(std::string_view key);
/// What of it stands in the section of tags.
[[nodiscard]] constexpr std::uint16_t
tag_of(std::uint64_t hash)
{
  return static_cast<std::uint16_t>(hash & 0xFFFFU);
}
/// "ecosystem\0name".
[[nodiscard]] std::string package_key(std::string_view ecosystem, std::string_view name);
/// XXH3 of 64 bits.
[[nodiscard]] std::uint64_t checksum_of(std::string_view bytes);
[[nodiscard]] std::uint64_t checksum_of(std::string_view first, std::string_view second);

}  // namespace sluice::deps
