// SPDX-License-Identifier: Apache-2.0
#include "deps/ecosystem.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace sluice::deps {

namespace {

constexpr std::array all{
    Ecosystem{"AlmaLinux", "rpm", "rpm"},
    Ecosystem{"Alpaquita", "alpine", "apk"},
    Ecosystem{"Alpine", "alpine", "apk"},
    Ecosystem{"Android", "", ""},
    Ecosystem{"Azure Linux", "rpm", "rpm"},
    Ecosystem{"BellSoft Hardened Containers", "alpine", "apk"},
    Ecosystem{"Bioconductor", "cran", "bioconductor"},
    Ecosystem{"Bitnami", "semver", "bitnami"},
    Ecosystem{"CRAN", "cran", "cran"},
    Ecosystem{"Chainguard", "alpine", "apk"},
    Ecosystem{"CleanStart", "alpine", "apk"},
    Ecosystem{"ConanCenter", "conan", "conan"},
    Ecosystem{"Debian", "debian", "deb"},
    Ecosystem{"Docker Hardened Images", "", "docker"},
    Ecosystem{"Echo", "debian", "deb"},
    Ecosystem{"FreeBSD", "", ""},
    Ecosystem{"GHC", "hackage", ""},
    Ecosystem{"GIT", "", ""},
    Ecosystem{"GitHub Actions", "github-actions", "github", NameRule::lower_case},
    Ecosystem{"Go", "go", "golang"},
    Ecosystem{"Hackage", "hackage", "hackage"},
    Ecosystem{"Hex", "hex", "hex", NameRule::lower_case},
    Ecosystem{"Julia", "julia", "julia"},
    Ecosystem{"Kubernetes", "go", ""},
    Ecosystem{"Linux", "", ""},
    Ecosystem{"Mageia", "rpm", "rpm"},
    Ecosystem{"Maven", "maven", "maven"},
    Ecosystem{"MinimOS", "alpine", "apk"},
    Ecosystem{"NuGet", "nuget", "nuget", NameRule::lower_case},
    Ecosystem{"OSS-Fuzz", "", "generic"},
    Ecosystem{"Packagist", "composer", "composer", NameRule::lower_case},
    Ecosystem{"Photon OS", "rpm", "rpm"},
    Ecosystem{"Pub", "pub", "pub"},
    Ecosystem{"PyPI", "pep440", "pypi", NameRule::pep503},
    Ecosystem{"Red Hat", "rpm", "rpm"},
    Ecosystem{"Rocky Linux", "rpm", "rpm"},
    Ecosystem{"Root", "", ""},
    Ecosystem{"RubyGems", "rubygems", "gem"},
    Ecosystem{"SUSE", "rpm", "rpm"},
    Ecosystem{"SwiftURL", "swift", "swift", NameRule::lower_case},
    Ecosystem{"TuxCare", "", ""},
    Ecosystem{"Ubuntu", "debian", "deb"},
    Ecosystem{"VSCode", "semver", "vscode-extension"},
    Ecosystem{"Wolfi", "alpine", "apk"},
    Ecosystem{"crates.io", "cargo", "cargo"},
    Ecosystem{"npm", "npm", "npm"},
    Ecosystem{"opam", "opam", "opam"},
    Ecosystem{"openEuler", "rpm", "rpm"},
    Ecosystem{"openSUSE", "rpm", "rpm"},
};

std::string
pep503_name(std::string_view name)
{
  std::string out;
  for (const char character : to_lower(name)) {
    const bool is_mark = character == '-' || character == '_' || character == '.';
    if (!is_mark) {
      out += character;
    } else if (out.empty() || out.back() != '-') {
      out += '-';
    }
  }
  return out;
}

/// These publish packages of other ecosystems, which their suffix names ("Root:Alpine:3.18", "Echo:PyPI"), with fixes
/// of their own (google/osv.dev, go/osv/ecosystem/{dhi,echo,root,tuxcare}.go).
bool
is_repackager(std::string_view name)
{
  constexpr std::array<std::string_view, 4> names{"Docker Hardened Images", "Echo", "Root", "TuxCare"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Without the suffix's own suffix; the case of letters does not count, as with Echo and Root.
const Scheme*
scheme_of_repackaged(const Ecosystem& repackager, std::string_view suffix)
{
  const std::string name = to_lower(suffix.substr(0, suffix.find(':')));
  if (name == "npm" && (repackager.name == "Echo" || repackager.name == "Root")) {
    return find_scheme("npm-rebuilt");
  }
  const auto found = std::find_if(all.begin(), all.end(), [&name](const Ecosystem& ecosystem) {
    return to_lower(ecosystem.name) == (name == "python" ? "pypi" : name);
  });
  const bool is_known = found != all.end() && !is_repackager(found->name);
  const std::string_view scheme = is_known ? found->scheme : repackager.scheme;
  return scheme.empty() ? nullptr : find_scheme(scheme);
}

}  // namespace

std::span<const Ecosystem>
ecosystems()
{
  return all;
}

const Ecosystem*
find_ecosystem(std::string_view name)
{
  // Asked for every package.
  static const auto by_name = [] {
    std::unordered_map<std::string_view, const Ecosystem*> map;
    for (const Ecosystem& ecosystem : all) {
      map.emplace(ecosystem.name, &ecosystem);
    }
    return map;
  }();
  const auto found = by_name.find(name.substr(0, name.find(':')));
  return found == by_name.end() ? nullptr : found->second;
}

const Ecosystem*
find_ecosystem_of_purl(std::string_view type)
{
  // Distributions share their types: which one it is stands in the package URL's namespace.
  const auto found = std::find_if(all.begin(), all.end(), [type](const Ecosystem& ecosystem) {
    return ecosystem.purl == type && type != "apk" && type != "rpm" && type != "deb";
  });
  return type.empty() || found == all.end() ? nullptr : &*found;
}

const Scheme*
scheme_of(std::string_view ecosystem)
{
  const Ecosystem* found = find_ecosystem(ecosystem);
  if (found == nullptr) {
    return nullptr;
  }
  if (is_repackager(found->name) && ecosystem.size() > found->name.size()) {
    return scheme_of_repackaged(*found, ecosystem.substr(found->name.size() + 1));
  }
  return found->scheme.empty() ? nullptr : find_scheme(found->scheme);
}

std::string
normalised(const Ecosystem& ecosystem, std::string_view name)
{
  switch (ecosystem.names) {
  case NameRule::exact:
    break;
  case NameRule::pep503:
    return pep503_name(name);
  case NameRule::lower_case:
    return to_lower(name);
  }
  return std::string(name);
}

std::string
normalised(std::string_view ecosystem, std::string_view name)
{
  const Ecosystem* known = find_ecosystem(ecosystem);
  return known == nullptr ? std::string(name) : normalised(*known, name);
}

}  // namespace sluice::deps
