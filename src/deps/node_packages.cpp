// SPDX-License-Identifier: Apache-2.0
#include "deps/node_packages.hpp"

#include "deps/address.hpp"

#include <algorithm>
#include <array>

namespace sluice::deps {

namespace {

bool
starts_with_any(std::string_view text, std::span<const std::string_view> beginnings)
{
  return std::any_of(beginnings.begin(), beginnings.end(), [text](std::string_view beginning) {
    return text.front() == beginning.front() && text.starts_with(beginning);
  });
}

/// npm (npm-package-arg, hosted-git-info), Yarn and pnpm write git sources with these; GitHub's tarballs of a commit
/// are how Yarn and pnpm fetch "github:owner/name".
constexpr std::array<std::string_view, 10> git_beginnings{"git:",
                                                          "git+",
                                                          "git@",
                                                          "github:",
                                                          "gitlab:",
                                                          "bitbucket:",
                                                          "gist:",
                                                          "ssh:",
                                                          "https://codeload.github.com/",
                                                          "https://bitbucket.org/"};
constexpr std::array<std::string_view, 6> path_beginnings{"file:", "link:", "portal:", "workspace:", "./", "../"};

std::string_view
without_fragment(std::string_view address)
{
  return address.substr(0, address.find('#'));
}

}  // namespace

NameAndRest
split_at_version(std::string_view text)
{
  const std::size_t at = text.find('@', 1);
  return at == std::string_view::npos ? NameAndRest{text, {}} : NameAndRest{text.substr(0, at), text.substr(at + 1)};
}

std::optional<NameAndRest>
alias_in(std::string_view range)
{
  if (!range.starts_with("npm:")) {
    return std::nullopt;
  }
  const NameAndRest alias = split_at_version(range.substr(4));
  const char first = alias.name.empty() ? '0' : alias.name.front();
  const bool is_range =
      (first >= '0' && first <= '9') || std::string_view("^~<>=*").find(first) != std::string_view::npos;
  // "npm:chalk" is chalk, "npm:5.x" a range; only names of one's own may begin with a digit, and then the version
  // follows.
  return is_range && alias.rest.empty() ? std::nullopt : std::optional(alias);
}

Source
source_of_address(std::string_view address)
{
  // The quick answer for nearly all.
  if (address.empty() || address.starts_with("https://registry.npmjs.org/")) {
    return Source::registry;
  }
  if (starts_with_any(address, git_beginnings) || without_fragment(address).ends_with(".git")) {
    return Source::git;
  }
  if (starts_with_any(address, path_beginnings)) {
    return Source::path;
  }
  if (!name_in_registry_url(address).empty()) {
    return Source::registry;
  }
  // However it is spelt; and of the public registry whatever is asked for: which package that is, has to be told.
  const Address there = address_of(address);
  const bool is_registry = !there.host.empty()
                           && (is_public_registry(npm_ecosystem, there)
                               || !name_in_registry_url("https://" + there.host + "/" + there.path).empty());
  return is_registry ? Source::registry : Source::url;
}

bool
is_archive(std::string_view address)
{
  address = without_fragment(address);
  return address.ends_with(".tgz") || address.ends_with(".tar.gz") || address.ends_with(".tar");
}

std::string_view
commit_in(std::string_view address)
{
  if (const std::size_t hash = address.rfind('#'); hash != std::string_view::npos) {
    std::string_view commit = address.substr(hash + 1);
    // Yarn writes "#commit=…", perhaps with "&workspace=…".
    if (const std::size_t named = commit.find("commit="); named != std::string_view::npos) {
      commit.remove_prefix(named + 7);
    }
    return commit.substr(0, commit.find('&'));
  }
  if (address.starts_with("https://codeload.github.com/")) {
    return address.substr(address.rfind('/') + 1);
  }
  return {};
}

std::string_view
name_in_registry_url(std::string_view url)
{
  if (constexpr std::string_view github = "https://npm.pkg.github.com/download/"; url.starts_with(github)) {
    const std::string_view path = url.substr(github.size());
    const std::size_t slash = path.find('/');
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, path.find('/', slash + 1));
  }
  const std::size_t separator = url.find("/-/");
  if (separator == std::string_view::npos || !url.starts_with("http")) {
    return {};
  }
  const std::string_view file = url.substr(separator + 3, url.find_first_of("?#", separator) - separator - 3);
  const auto slashes = std::count(file.begin(), file.end(), '/');
  if (!file.ends_with(".tgz") || slashes > (file.starts_with('@') ? 1 : 0)) {
    return {};
  }
  const std::string_view before = url.substr(0, separator);
  const std::size_t last = before.rfind('/');
  const std::size_t scope = last == 0 || last == std::string_view::npos ? last : before.rfind('/', last - 1);
  const bool is_scoped = scope != std::string_view::npos && before.substr(scope + 1).starts_with('@');
  return before.substr((is_scoped ? scope : last) + 1);
}

std::string_view
version_in_registry_url(std::string_view url)
{
  std::string_view name = name_in_registry_url(url);
  name.remove_prefix(name.rfind('/') + 1);
  url = url.substr(0, url.find_first_of("?#"));
  std::string_view file = url.substr(url.rfind('/') + 1);
  if (name.empty() || !file.starts_with(name) || !file.ends_with(".tgz")) {
    return {};
  }
  file = file.substr(name.size(), file.size() - name.size() - std::string_view(".tgz").size());
  return file.starts_with('-') && is_exact_version(file.substr(1)) ? file.substr(1) : std::string_view();
}

bool
is_exact_version(std::string_view range)
{
  int dots = 0;
  std::size_t digits = 0;
  for (std::size_t i = 0; i < range.size(); ++i) {
    const char character = range[i];
    if (character >= '0' && character <= '9') {
      ++digits;
    } else if (character == '.' && digits > 0 && dots < 2) {
      ++dots;
      digits = 0;
    } else {
      constexpr std::string_view of_suffix = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-+";
      return (character == '-' || character == '+') && dots == 2 && digits > 0 && i + 1 < range.size()
             && range.find_first_not_of(of_suffix, i) == std::string_view::npos;
    }
  }
  return dots == 2 && digits > 0;
}

bool
tells_origins(const PackageList& list)
{
  const auto packages = list.packages();
  return std::any_of(packages.begin(), packages.end(), [](const Package& package) {
    return package.part == Part::third_party && (!package.location.empty() || !package.integrity.empty());
  });
}

}  // namespace sluice::deps
