// SPDX-License-Identifier: Apache-2.0
//
// GitLab places a vulnerable dependency by its file and its package and keeps one finding for each identifier there, so
// the advisory comes first among the identifiers. "dependency_files" has the packages that findings are about; the list
// of all that a project depends on is what GitLab takes from a bill of materials (artifacts:reports:cyclonedx).
#include "base/text.hpp"
#include "output/escape.hpp"
#include "output/gitlab_security.hpp"
#include "output/renderers.hpp"
#include "output/tally.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace sluice::output {

namespace {

constexpr std::size_t longest = 255;

std::string
fact(const Finding& finding, std::string_view key)
{
  const auto found =
      std::find_if(finding.facts.begin(), finding.facts.end(), [key](const Fact& each) { return each.key == key; });
  return found == finding.facts.end() ? std::string() : plain(found->value, longest);
}

/// As GitLab's own analyzers call it; the ecosystem where they have no name.
std::string
manager_of(std::string_view ecosystem)
{
  constexpr std::array<std::pair<std::string_view, std::string_view>, 9> managers{{{"crates.io", "cargo"},
                                                                                   {"ConanCenter", "conan"},
                                                                                   {"Go", "go"},
                                                                                   {"Hex", "mix"},
                                                                                   {"Packagist", "composer"},
                                                                                   {"Pub", "pub"},
                                                                                   {"PyPI", "pip"},
                                                                                   {"RubyGems", "bundler"},
                                                                                   {"SwiftURL", "swift"}}};
  const std::string_view bare = ecosystem.substr(0, ecosystem.find(':'));
  const auto* const found =
      std::find_if(managers.begin(), managers.end(), [bare](const auto& each) { return each.first == bare; });
  return found == managers.end() ? to_lower(bare) : std::string(found->second);
}

/// What is not about a package of a lockfile, such as an action at a tag, is called what it is about.
Json
dependency_of(const Finding& finding)
{
  std::string name = fact(finding, "package");
  if (name.empty()) {
    name = plain(finding.subject.empty() ? path_or_stand_in(finding.where) : finding.subject, longest);
  }
  Json dependency{{"package", {{"name", name}}}, {"version", fact(finding, "version")}};
  const std::string scope = fact(finding, "scope");
  if (scope.ends_with("direct") || scope.ends_with("transitive")) {
    dependency.at("direct") = scope.ends_with("direct");
  }
  return dependency;
}

Json
location_of(const Finding& finding, const RunContext& /*context*/)
{
  Json location{{"file", plain(path_or_stand_in(finding.where))}, {"dependency", dependency_of(finding)}};
  // Taken away again when the files are listed.
  location.at("package_manager") = manager_of(fact(finding, "ecosystem"));
  return location;
}

struct DependencyFile
{
  std::string manager;
  Json dependencies = Json::array();
  std::map<std::string, std::size_t> numbers;  ///< by package and version

  std::size_t
  number_of(const Json& dependency)
  {
    const std::string key = Json::array({dependency["package"], dependency["version"]}).dump();
    const auto [at, is_new] = numbers.emplace(key, numbers.size() + 1);
    if (is_new) {
      Json numbered = dependency;
      numbered.at("iid") = at->second;
      dependencies.push_back(std::move(numbered));
    }
    return at->second;
  }
};

/// Numbers the packages of each file, from 1, and lists them.
void
add_files(Json& document)
{
  std::map<std::string, DependencyFile> files;
  Json& vulnerabilities = document.at("vulnerabilities");
  for (std::size_t i = 0; i < vulnerabilities.size(); ++i) {
    Json& location = vulnerabilities.at(i).at("location");
    DependencyFile& file = files[*location["file"].text()];
    file.manager = file.manager.empty() ? *location["package_manager"].text() : file.manager;
    location.at("dependency").at("iid") = file.number_of(location["dependency"]);
    Json placed{{"file", location["file"]}, {"dependency", location["dependency"]}};
    location = std::move(placed);
  }
  Json list = Json::array();
  for (auto& [path, file] : files) {
    list.push_back({{"path", path},
                    {"package_manager", file.manager.empty() ? "unknown" : file.manager},
                    {"dependencies", std::move(file.dependencies)}});
  }
  document.at("dependency_files") = std::move(list);
}

}  // namespace

std::string
render_dependency_scanning(Reports reports, const RenderOptions& /*options*/)
{
  return render_security_report(reports, {ScanType::dependency_scanning, "dependency_scanning", "dependency scanning",
                                          location_of, FirstIdentifier::advisory, add_files});
}

}  // namespace sluice::output
