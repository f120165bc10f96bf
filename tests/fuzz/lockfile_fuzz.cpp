// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a lockfile of any format, alone and with the same bytes as every file around it. Whatever a reader makes
// of them is a list that holds together: needs lead to packages, a refused file has none, and every gap says why.
#include "deps/listing.hpp"
#include "deps/lockfile.hpp"
#include "fuzz/require.hpp"

#include <array>

namespace {

using namespace sluice;

/// A directory in which every file has the same content, or none is there.
class OneTextTree final : public gate::FileTree
{
public:
  explicit OneTextTree(std::optional<std::string_view> text)
      : text_(text)
  {}
  [[nodiscard]] gate::Listing
  list(std::string_view /*directory*/) const override
  {
    gate::Listing listing;
    if (text_) {
      listing.files = {"Cargo.toml", "a/Cargo.toml", "a/package.json", "package.json", "pom.xml"};
    }
    return listing;
  }
  [[nodiscard]] gate::Listing
  tracked() const override
  {
    return list("");
  }
  [[nodiscard]] bool
  is_directory(std::string_view /*path*/) const override
  {
    return text_.has_value();
  }
  [[nodiscard]] bool
  is_file(std::string_view /*path*/) const override
  {
    return text_.has_value();
  }
  [[nodiscard]] gate::EntryKind
  kind(std::string_view /*path*/) const override
  {
    return text_ ? gate::EntryKind::file : gate::EntryKind::none;
  }
  [[nodiscard]] std::optional<std::string>
  directory_at(std::string_view path) const override
  {
    return text_ ? std::optional(std::string(path)) : std::nullopt;
  }
  using FileTree::read;
  [[nodiscard]] Result<std::string>
  read(std::string_view path, std::uint64_t /*max_bytes*/) const override
  {
    if (!text_) {
      return fail(ErrorKind::input, "{} is not there", path);
    }
    return std::string(*text_);
  }

private:
  std::optional<std::string_view> text_;
};

/// A path that the format fits, made of its first pattern.
std::string
path_of(const deps::Lockfile& format)
{
  std::string path;
  for (const char character : format.paths.front()) {
    path += character == '*' ? 'a' : character;
  }
  return path;
}

void
check(const deps::PackageList& list)
{
  const auto packages = list.packages();
  require(!list.is_refused() || (packages.empty() && !list.gaps().empty()));
  for (const deps::Need& need : list.needs()) {
    require(need.from < packages.size() && need.to < packages.size());
  }
  for (const Gap& gap : list.gaps()) {
    require(!gap.subject.empty() && !gap.why.empty());
  }
  for (const deps::Package& package : packages) {
    require(package.part == deps::Part::root || !package.ecosystem.empty());
  }
  static_cast<void>(deps::json_lines(list));
}

}  // namespace

extern "C" int
LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  if (size == 0) {
    return 0;
  }
  const auto formats = deps::lockfiles();
  const deps::Lockfile& format = *formats[data[0] % formats.size()];
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  check(deps::read_lockfile(format, path_of(format), text, OneTextTree(std::nullopt)));
  check(deps::read_lockfile(format, path_of(format), text, OneTextTree(text)));
  return 0;
}
