// SPDX-License-Identifier: Apache-2.0
#include "deps/vex_files.hpp"

#include "base/glob.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <set>

namespace sluice::deps {

namespace {

bool
is_glob(std::string_view path)
{
  return path.find_first_of("*?[") != std::string_view::npos;
}

class Reader
{
public:
  Reader(const gate::PolicyFiles& files, const gate::ChangeTree& judged)
      : files_(files),
        judged_(judged)
  {}

  VexFiles
  run(std::span<const std::string> paths)
  {
    std::set<std::string> found;
    for (const std::string& path : paths) {
      if (is_glob(path)) {
        find(path, found);
      } else {
        found.insert(std::filesystem::path(path).lexically_normal().generic_string());
      }
    }
    for (const std::string& path : found) {
      read(path);
    }
    return std::move(result_);
  }

private:
  void
  find(const std::string& path, std::set<std::string>& found)
  {
    const Glob glob(path);
    bool fits = false;
    for (const std::string& file : listing().files) {
      if (glob.matches(file)) {
        found.insert(file);
        fits = true;
      }
    }
    if (!fits) {
      result_.notices.push_back(fmt::format("vex: {} fits no file{}", printable(path), of_whom()));
    }
  }

  const gate::Listing&
  listing()
  {
    if (!listing_) {
      listing_ = files_.tree->tracked();
      if (!listing_->complete) {
        result_.gaps.push_back({GapKind::too_many, "the files that `vex` is to be found among",
                                "not all of them could be listed", "Name the documents without a glob"});
      }
    }
    return *listing_;
  }

  void
  read(const std::string& path)
  {
    const auto text = files_.tree->read(path);
    tell_other(path, text ? *text : std::string());
    if (!text) {
      result_.gaps.push_back({GapKind::unreadable, path,
                              fmt::format("the VEX document cannot be read{}: {}", of_whom(), text.error().message),
                              "Put it there, or take it out of `vex`"});
      return;
    }
    VexDocument document = read_vex(path, *text);
    result_.gaps.insert(result_.gaps.end(), document.gaps.begin(), document.gaps.end());
    result_.notices.insert(result_.notices.end(), document.notices.begin(), document.notices.end());
    result_.documents.push_back(std::move(document));
  }

  /// The author of a change should learn that it is not theirs that counts.
  void
  tell_other(const std::string& path, const std::string& counting)
  {
    if (files_.whose.empty() || !path.starts_with(judged_.prefix)) {
      return;
    }
    if (const auto own = judged_.after->read(path.substr(judged_.prefix.size())); own && *own != counting) {
      result_.notices.push_back(fmt::format("{}: what this change makes of it does not count here, but what {} has",
                                            printable(path), printable(files_.whose)));
    }
  }

  [[nodiscard]] std::string
  of_whom() const
  {
    return files_.whose.empty() ? "" : fmt::format(" of {}", printable(files_.whose));
  }

  const gate::PolicyFiles& files_;
  const gate::ChangeTree& judged_;
  std::optional<gate::Listing> listing_;
  VexFiles result_;
};

}  // namespace

VexFiles
read_vex_files(std::span<const std::string> paths, const gate::PolicyFiles& files, const gate::ChangeTree& judged)
{
  if (paths.empty()) {
    return {};
  }
  if (files.tree == nullptr) {
    VexFiles none;
    none.gaps.push_back(
        {GapKind::unreadable, "vex",
         fmt::format("the VEX documents of {} would count, and they are not in this clone", printable(files.whose)),
         files.fix});
    return none;
  }
  return Reader(files, judged).run(paths);
}

}  // namespace sluice::deps
