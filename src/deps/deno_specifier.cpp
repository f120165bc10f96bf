// SPDX-License-Identifier: Apache-2.0
#include "deps/deno_specifier.hpp"

#include "deps/node_packages.hpp"

#include <array>

namespace sluice::deps {

namespace {

/// What stands before a package's name at sites that serve npm's packages.
constexpr std::array<std::string_view, 6> npm_sites{
    "https://esm.sh/",          "https://unpkg.com/", "https://cdn.jsdelivr.net/npm/",
    "https://cdn.skypack.dev/", "https://esm.run/",   "https://ga.jspm.io/npm:"};

/// "@s/name@1.0.0/sub/path" without the path.
NameAndRest
without_subpath(std::string_view text)
{
  std::size_t slash = text.find('/');
  if (text.starts_with('@') && slash != std::string_view::npos) {
    slash = text.find('/', slash + 1);
  }
  text = text.substr(0, slash);
  return split_at_version(text);
}

/// esm.sh puts the version of its own build first: "v135/", "stable/", "*" for external dependencies, "gh/" for GitHub.
std::string_view
without_build(std::string_view path)
{
  const std::size_t slash = path.find('/');
  const std::string_view first = path.substr(0, slash);
  const bool is_build =
      first == "stable" || (first.size() > 1 && first[0] == 'v' && first[1] >= '0' && first[1] <= '9');
  if (is_build && slash != std::string_view::npos) {
    path.remove_prefix(slash + 1);
  }
  path.remove_prefix(path.starts_with('*') ? 1 : 0);
  return path;
}

DenoSpecifier
of_url(std::string_view url)
{
  const std::string_view plain = url.substr(0, url.find_first_of("?#"));
  for (const std::string_view site : npm_sites) {
    if (!plain.starts_with(site)) {
      continue;
    }
    const std::string_view path = without_build(plain.substr(site.size()));
    const NameAndRest package = without_subpath(path);
    if (!package.name.empty() && !path.starts_with("gh/") && !path.starts_with("jsr/")) {
      return {npm_ecosystem, package.name, package.rest.substr(0, package.rest.find('&')), Source::url};
    }
  }
  // "https://deno.land/std@0.200.0/path/mod.ts": the version stands behind the first @ that is not a user's or scope's.
  for (std::size_t at = plain.find('@', plain.find("//") + 2); at != std::string_view::npos;
       at = plain.find('@', at + 1)) {
    if (plain[at - 1] != '/') {
      const std::string_view rest = plain.substr(at + 1);
      return {deno_url_ecosystem, plain.substr(0, at), rest.substr(0, rest.find('/')), Source::url};
    }
  }
  return {deno_url_ecosystem, url, {}, Source::url};
}

}  // namespace

std::optional<DenoSpecifier>
parse_deno_specifier(std::string_view specifier)
{
  if (specifier.starts_with("https://") || specifier.starts_with("http://")) {
    return of_url(specifier);
  }
  const bool is_npm = specifier.starts_with("npm:");
  if (!is_npm && !specifier.starts_with("jsr:")) {
    return std::nullopt;
  }
  specifier.remove_prefix(4);
  specifier.remove_prefix(specifier.starts_with('/') ? 1 : 0);
  const NameAndRest package = without_subpath(specifier);
  if (package.name.empty()) {
    return std::nullopt;
  }
  return DenoSpecifier{is_npm ? npm_ecosystem : jsr_ecosystem, package.name, package.rest, Source::registry};
}

}  // namespace sluice::deps
