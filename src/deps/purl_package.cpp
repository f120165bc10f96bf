// SPDX-License-Identifier: Apache-2.0
//
// From package URLs to OSV. What a registry calls a package is put together from namespace and name as its tool spells
// it. Of distributions, OSV has records for each release, and Debian, Ubuntu and Alpine name source packages there:
// "upstream", which Syft and others write, tells the source of a binary package.
#include "base/text.hpp"
#include "deps/ecosystem.hpp"
#include "deps/purl.hpp"

#include <algorithm>
#include <array>

namespace sluice::deps {

namespace {

/// How a release is written behind the colon of an ecosystem (OSV schema 1.7.5, "affected[].package field").
enum class Release {
  none,         ///< the distribution rolls: no suffix
  major,        ///< "Debian:12", "Rocky Linux:9"
  major_minor,  ///< "Photon OS:5.0"
  alpine,       ///< "Alpine:v3.18"
  ubuntu,       ///< "Ubuntu:22.04:LTS"
  not_told,     ///< package URLs do not carry what OSV's suffix is made of
};

struct Distribution
{
  std::string_view type, space, ecosystem;
  Release release = Release::none;
};

constexpr std::array distributions{
    Distribution{"apk", "alpaquita", "Alpaquita", Release::not_told},
    Distribution{"apk", "alpine", "Alpine", Release::alpine},
    Distribution{"apk", "bellsoft-hardened-containers", "BellSoft Hardened Containers", Release::not_told},
    Distribution{"apk", "chainguard", "Chainguard", Release::none},
    Distribution{"apk", "minimos", "MinimOS", Release::none},
    Distribution{"apk", "wolfi", "Wolfi", Release::none},
    Distribution{"deb", "debian", "Debian", Release::major},
    Distribution{"deb", "echo", "Echo", Release::none},
    Distribution{"deb", "ubuntu", "Ubuntu", Release::ubuntu},
    Distribution{"rpm", "almalinux", "AlmaLinux", Release::major},
    Distribution{"rpm", "azurelinux", "Azure Linux", Release::major},
    Distribution{"rpm", "mageia", "Mageia", Release::major},
    Distribution{"rpm", "openeuler", "openEuler", Release::not_told},
    Distribution{"rpm", "opensuse", "openSUSE", Release::not_told},
    Distribution{"rpm", "photon", "Photon OS", Release::major_minor},
    Distribution{"rpm", "redhat", "Red Hat", Release::not_told},
    Distribution{"rpm", "rocky", "Rocky Linux", Release::major},
    Distribution{"rpm", "rockylinux", "Rocky Linux", Release::major},
    Distribution{"rpm", "sles", "SUSE", Release::not_told},
    Distribution{"rpm", "suse", "SUSE", Release::not_told},
};

/// Releases that "distro" may name by their code name (debian.org/releases, releases.ubuntu.com).
constexpr std::array<std::pair<std::string_view, std::string_view>, 14> code_names{{{"wheezy", "7"},
                                                                                    {"jessie", "8"},
                                                                                    {"stretch", "9"},
                                                                                    {"buster", "10"},
                                                                                    {"bullseye", "11"},
                                                                                    {"bookworm", "12"},
                                                                                    {"trixie", "13"},
                                                                                    {"forky", "14"},
                                                                                    {"trusty", "14.04"},
                                                                                    {"xenial", "16.04"},
                                                                                    {"bionic", "18.04"},
                                                                                    {"focal", "20.04"},
                                                                                    {"jammy", "22.04"},
                                                                                    {"noble", "24.04"}}};

/// "debian-12.4" is 12.4, "bookworm" is 12, "3.18.4" itself; empty if there is no number.
std::string_view
number_in(std::string_view distro)
{
  for (const auto& [name, number] : code_names) {
    if (distro == name || (distro.ends_with(name) && distro[distro.size() - name.size() - 1] == '-')) {
      return number;
    }
  }
  const std::string_view last = distro.substr(distro.rfind('-') + 1);
  const std::string_view number = last.substr(last.starts_with('v') ? 1 : 0);
  return !number.empty() && number.front() >= '0' && number.front() <= '9' ? number : std::string_view();
}

/// The first `count` numbers.
std::string
numbers(std::string_view version, std::size_t count)
{
  std::size_t end = 0;
  for (; count > 0 && end != std::string_view::npos; --count) {
    end = version.find('.', end == 0 ? 0 : end + 1);
  }
  return std::string(version.substr(0, end));
}

/// Long-term support is every second year's April.
std::string
ubuntu_release(std::string_view number)
{
  const std::string release = numbers(number, 2);
  const bool is_long = release.size() == 5 && release.ends_with(".04") && (release[1] - '0') % 2 == 0;
  return is_long ? release + ":LTS" : release;
}

std::string
release_of(Release kind, std::string_view distro)
{
  const std::string_view number = number_in(distro);
  if (number.empty()) {
    return {};
  }
  switch (kind) {
  case Release::none:
  case Release::not_told:
    return {};
  case Release::major:
    return numbers(number, 1);
  case Release::major_minor:
    return numbers(number, 2);
  case Release::alpine:
    return "v" + numbers(number, 2);
  case Release::ubuntu:
    return ubuntu_release(number);
  }
  return {};
}

void
take_source_package(const Purl& purl, PurlPackage& package)
{
  const std::string_view source = purl.qualifier("upstream");
  const std::size_t at = source.find('@');
  // Without a name it says of no source anything, its version included.
  if (source.substr(0, at).empty()) {
    return;
  }
  package.name = source.substr(0, at);
  if (at != std::string_view::npos && at + 1 < source.size()) {
    package.version = source.substr(at + 1);
  }
}

PurlPackage
package_of_distribution(const Purl& purl, std::string_view system)
{
  PurlPackage package{{}, purl.name, purl.version, false};
  const auto* found = std::find_if(distributions.begin(), distributions.end(), [&](const Distribution& each) {
    return each.type == purl.type && each.space == purl.space;
  });
  if (found == distributions.end()) {
    return package;
  }
  const std::string_view said = purl.qualifier("distro");
  const std::string release = release_of(found->release, said.empty() ? system : said);
  package.ecosystem = release.empty() ? std::string(found->ecosystem) : std::string(found->ecosystem) + ":" + release;
  package.lacks_release = release.empty() && found->release != Release::none;
  if (purl.type != "rpm") {
    take_source_package(purl, package);
  }
  // RPM writes no epoch into a package URL's version.
  const std::string_view epoch = purl.qualifier("epoch");
  if (!epoch.empty() && epoch != "0" && !package.version.empty() && package.version.find(':') == std::string::npos) {
    package.version = std::string(epoch) + ":" + package.version;
  }
  return package;
}

std::string
joined(std::string_view space, std::string_view separator, std::string_view name)
{
  std::string out(space);
  out.append(space.empty() ? "" : separator).append(name);
  return out;
}

std::string
name_of_package(const Purl& purl)
{
  if (purl.type == "maven") {
    return joined(purl.space, ":", purl.name);
  }
  const bool is_path = purl.type == "npm" || purl.type == "golang" || purl.type == "composer" || purl.type == "swift"
                       || purl.type == "github" || purl.type == "githubactions" || purl.type == "vscode-extension";
  return is_path ? joined(purl.space, "/", purl.name) : purl.name;
}

/// The last segment is the name, what is ahead of it the namespace; of Maven the group is.
void
split_name(std::string_view name, Purl& purl)
{
  const std::size_t at = name.rfind(purl.type == "maven" ? ':' : '/');
  purl.name = name.substr(at == std::string_view::npos ? 0 : at + 1);
  purl.space = name.substr(0, at == std::string_view::npos ? 0 : at);
}

/// "debian-12" of "Debian:12", "alpine-3.18" of "Alpine:v3.18"; empty without a release.
std::string
distro_of(const Distribution& distribution, std::string_view ecosystem)
{
  const std::size_t colon = ecosystem.find(':');
  if (colon == std::string_view::npos || distribution.release == Release::none) {
    return {};
  }
  std::string_view release = ecosystem.substr(colon + 1);
  release = release.substr(0, release.find(':'));
  release.remove_prefix(distribution.release == Release::alpine && release.starts_with('v') ? 1 : 0);
  return joined(distribution.space, "-", release);
}

}  // namespace

Purl
purl_of(std::string_view ecosystem, std::string_view name, std::string_view version)
{
  Purl purl;
  purl.version = version;
  const Ecosystem* known = find_ecosystem(ecosystem);
  purl.type = known == nullptr || known->purl.empty() ? "generic" : known->purl;
  const std::string_view bare = ecosystem.substr(0, ecosystem.find(':'));
  if (bare == "CocoaPods") {
    // A part of a pod, "Sentry/HybridSDK", is its subpath.
    purl.type = "cocoapods";
    purl.name = name.substr(0, name.find('/'));
    purl.subpath = name.substr(std::min(purl.name.size() + 1, name.size()));
    return purl;
  }
  const auto* distribution = std::find_if(distributions.begin(), distributions.end(),
                                          [bare](const Distribution& each) { return each.ecosystem == bare; });
  if (distribution != distributions.end()) {
    purl.space = distribution->space;
    purl.name = name;
    if (std::string distro = distro_of(*distribution, ecosystem); !distro.empty()) {
      purl.qualifiers.emplace("distro", std::move(distro));
    }
  } else {
    split_name(name, purl);
  }
  normalise(purl);
  return purl;
}

PurlPackage
package_of(const Purl& purl, std::string_view system)
{
  if (purl.type == "deb" || purl.type == "apk" || purl.type == "rpm") {
    return package_of_distribution(purl, system);
  }
  PurlPackage package{{}, name_of_package(purl), purl.version, false};
  // "generic" says that there is no registry, and images are no packages of a registry's.
  if (purl.type == "generic" || purl.type == "docker") {
    return package;
  }
  const Ecosystem* ecosystem = find_ecosystem_of_purl(purl.type == "githubactions" ? "github" : purl.type);
  package.ecosystem = ecosystem == nullptr ? std::string_view() : ecosystem->name;
  return package;
}

}  // namespace sluice::deps
