// SPDX-License-Identifier: Apache-2.0
#include "deps/nuget_project.hpp"

#include "base/text.hpp"
#include "deps/nuget_project_listing.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace sluice::deps {

namespace {

using Versions = std::vector<std::string>;

/// Properties that .NET's own files import where they are set (dotnet/msbuild, Microsoft.Common.props and .targets;
/// dotnet/sdk, Microsoft.NET.Sdk.targets).
constexpr std::array<std::string_view, 21> hooks{"DirectoryPackagesPropsPath",
                                                 "CustomBeforeDirectoryBuildProps",
                                                 "CustomAfterDirectoryBuildProps",
                                                 "CustomBeforeMicrosoftCommonProps",
                                                 "CustomAfterMicrosoftCommonProps",
                                                 "AlternateCommonProps",
                                                 "BeforeMicrosoftNETSdkTargets",
                                                 "AfterMicrosoftNETSdkTargets",
                                                 "CustomBeforeMicrosoftCommonTargets",
                                                 "CustomAfterMicrosoftCommonTargets",
                                                 "CustomBeforeMicrosoftCommonCrossTargetingTargets",
                                                 "CustomAfterMicrosoftCommonCrossTargetingTargets",
                                                 "CustomBeforeMicrosoftCSharpTargets",
                                                 "CustomAfterMicrosoftCSharpTargets",
                                                 "CustomBeforeMicrosoftVisualBasicTargets",
                                                 "CustomAfterMicrosoftVisualBasicTargets",
                                                 "CustomBeforeMicrosoftFSharpTargets",
                                                 "CustomAfterMicrosoftFSharpTargets",
                                                 "DirectoryBuildTargetsPath",
                                                 "CustomBeforeDirectoryBuildTargets",
                                                 "CustomAfterDirectoryBuildTargets"};

/// The kind of an item, whose spelling does not count, in lower case.
std::string
kind_of(const MsBuild::Item& item)
{
  return to_lower(item.element.name());
}

/// What an item says of itself, as an attribute or as an element in it. `lower`: the name, whose case does not count.
std::string_view
metadata(Element item, std::string_view lower)
{
  if (const std::string_view attribute = item.attribute_in_any_case(lower); !attribute.empty()) {
    return attribute;
  }
  for (const Element each : item) {
    if (to_lower(each.name()) == lower) {
      return each.text();
    }
  }
  return {};
}

/// "%45vil" is "Evil" (learn.microsoft.com, "MSBuild special characters").
std::string
unescaped(std::string_view text)
{
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned value = 0;
    const std::string_view code = text.substr(i, 3);
    if (code.size() == 3 && code[0] == '%'
        && std::from_chars(code.data() + 1, code.data() + 3, value, 16).ptr == code.data() + 3) {
      out += static_cast<char>(value);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

bool
says_all(const MsBuild& build, Element item)
{
  for (const std::string& value : build.expand(metadata(item, "privateassets"))) {
    for (const std::string_view part : split(value, ';')) {
      if (to_lower(trim(part)) == "all") {
        return true;
      }
    }
  }
  return false;
}

/// Empty if the item has none.
Versions
versions_of(const MsBuild& build, Element item, std::string_view lower)
{
  const std::string_view written = metadata(item, lower);
  Versions versions = written.empty() ? Versions() : build.expand(written);
  std::transform(versions.begin(), versions.end(), versions.begin(), unescaped);
  return versions;
}

void
add_versions(Versions& to, const Versions& from)
{
  for (const std::string& version : from) {
    if (std::find(to.begin(), to.end(), version) == to.end()) {
      to.push_back(version);
    }
  }
}

class ProjectReader
{
public:
  ProjectReader(const gate::FileTree& tree, std::string_view path, std::shared_ptr<const Xml> xml)
      : path_(path),
        own_(std::move(xml)),
        root_(own_->root()),
        build_(tree, path)
  {
    build_.load(build_.find_above("Directory.Build.props"));
    build_.load(build_.find_above("Directory.Packages.props"));
    build_.load(path, own_);
    // Where the project does not name its SDK, it may set this before it imports the SDK's files itself.
    if (root_.attribute("Sdk").empty()) {
      build_.load_named_by("DirectoryBuildPropsPath");
    }
    build_.load(std::string(path) + ".user");
    for (const std::string_view hook : hooks) {
      build_.load_named_by(hook);
    }
    build_.load(build_.find_above("Directory.Build.targets"));
    tell_imported_outputs(tree);
    items_ = build_.items();
  }

  ProjectPackages
  project()
  {
    for (const MsBuild::Item& item : items_) {
      central(item);
    }
    add_sdks();
    for (const MsBuild::Item& item : items_) {
      const std::string kind = kind_of(item);
      if (kind == "packagereference") {
        reference(item);
      } else if (kind == "globalpackagereference" || kind == "dotnetclitoolreference" || kind == "packagedownload") {
        tool(item);
      }
    }
    std::erase_if(found_, [](const ProjectPackage& package) { return package.name.empty(); });
    if (build_.value("ManagePackageVersionsCentrally") != "false") {
      for (ProjectPackage& package : found_) {
        const auto version = central_.find(to_lower(package.name));
        if (package.versions.empty() && version != central_.end()) {
          package.versions = version->second;
        }
      }
    }
    return {std::move(found_), unread()};
  }

  ProjectPackages
  versions()
  {
    for (const MsBuild::Item& item : items_) {
      central(item);
    }
    for (const MsBuild::Item& item : items_) {
      const std::string kind = kind_of(item);
      // What another such file brings in is told where it is read itself.
      const bool is_here = item.file == path_ || !item.file.ends_with("Packages.props");
      const bool is_version = kind == "packageversion" || kind == "packagereference";
      if (!is_here || (!is_version && kind != "globalpackagereference")) {
        continue;
      }
      for (const Name& name : names_of(item, names(item, "Include") ? "Include" : "Update")) {
        add_version(item, name);
      }
    }
    return {std::move(found_), unread()};
  }

private:
  /// What a restore leaves in obj is imported by every build without being named (dotnet/msbuild,
  /// Microsoft.Common.props: "$(MSBuildProjectExtensionsPath)$(MSBuildProjectFile).*.props"). It names no package,
  /// unless somebody else wrote it.
  void
  tell_imported_outputs(const gate::FileTree& tree)
  {
    constexpr std::array<std::string_view, 5> elements{"<packagereference", "<packageversion",
                                                       "<globalpackagereference", "<packagedownload",
                                                       "<dotnetclitoolreference"};
    const std::size_t slash = path_.rfind('/');
    const std::string directory = std::string(path_.substr(0, slash == std::string_view::npos ? 0 : slash + 1)) + "obj";
    const std::string begin = to_lower(path_.substr(slash == std::string_view::npos ? 0 : slash + 1)) + ".";
    for (const std::string& name : tree.list(directory).files) {
      const std::string lower = to_lower(name);
      const bool is_imported = lower.find('/') == std::string::npos && lower.starts_with(begin)
                               && (lower.ends_with(".props") || lower.ends_with(".targets"));
      const auto text = is_imported ? tree.read(directory + "/" + name) : Result<std::string>(std::string());
      const std::string words = text ? to_lower(*text) : std::string();
      if (!text || std::any_of(elements.begin(), elements.end(), [&words](std::string_view element) {
            return words.find(element) != std::string::npos;
          })) {
        outputs_.push_back({directory + "/" + name, 0,
                            "is imported by every build of the project, and names packages or cannot be read"});
      }
    }
  }

  [[nodiscard]] std::vector<MsBuild::Unread>
  unread() const
  {
    std::vector<MsBuild::Unread> all = build_.unread();
    all.insert(all.end(), outputs_.begin(), outputs_.end());
    return all;
  }

  [[nodiscard]] static bool
  names(const MsBuild::Item& item, std::string_view attribute)
  {
    return !item.element.attribute(attribute).empty();
  }

  struct Name
  {
    std::string text;
    bool is_known = true;    ///< false: as it is written
    bool is_certain = true;  ///< false: a condition decides whether it is this or another
  };

  /// Properties and lists of items are names once a build has filled them in.
  static bool
  is_name(std::string_view text)
  {
    return text.find_first_of("$@%*?(") == std::string_view::npos;
  }

  [[nodiscard]] std::vector<Name>
  names_of(const MsBuild::Item& item, std::string_view attribute) const
  {
    return names_in(item.element.attribute(attribute));
  }

  [[nodiscard]] std::vector<Name>
  names_in(std::string_view written) const
  {
    std::vector<Name> out;
    for (const std::string_view part : split(written, ';')) {
      std::vector<std::string> expanded = build_.expand(part);
      const bool is_certain = expanded.size() == 1;
      if (expanded.empty()) {
        expanded.emplace_back(part);
      }
      for (const std::string& each : expanded) {
        for (const std::string_view name : split(each, ';')) {
          if (!trim(name).empty()) {
            std::string meant = unescaped(trim(name));
            const bool is_known = is_name(meant);
            out.push_back({std::move(meant), is_known, is_certain});
          }
        }
      }
    }
    return out;
  }

  /// A reference in such a file is one of every project below it. Without a version of its own it has the central one,
  /// which is told already.
  void
  add_version(const MsBuild::Item& item, const Name& name)
  {
    const std::string kind = kind_of(item);
    ProjectPackage package = described(item, name);
    package.is_private = package.is_private || kind == "globalpackagereference";
    const bool is_told =
        kind == "packagereference" && (names(item, "Update") || central_.contains(to_lower(name.text)));
    if (!package.versions.empty() || !is_told) {
      found_.push_back(std::move(package));
    }
  }

  [[nodiscard]] ProjectPackage
  described(const MsBuild::Item& item, const Name& name) const
  {
    ProjectPackage package;
    package.name = name.text;
    package.is_name_known = name.is_known;
    package.is_certain = name.is_certain && item.certainty == Certainty::yes;
    package.versions = versions_of(build_, item.element, "versionoverride");
    if (package.versions.empty()) {
      package.versions = versions_of(build_, item.element, "version");
    }
    package.is_private = says_all(build_, item.element);
    package.line = item.file == path_ ? item.element.line() : root_.line();
    return package;
  }

  void
  central(const MsBuild::Item& item)
  {
    const bool is_update = names(item, "Update");
    if (kind_of(item) != "packageversion") {
      return;
    }
    const Versions versions = versions_of(build_, item.element, "version");
    for (const Name& name : names_of(item, "Remove")) {
      if (name.is_certain && item.certainty == Certainty::yes) {
        central_.erase(to_lower(name.text));
      }
    }
    for (const Name& name : names_of(item, is_update ? "Update" : "Include")) {
      Versions& known = central_[to_lower(name.text)];
      if (is_update && item.certainty == Certainty::yes) {
        known.clear();
      }
      add_versions(known, versions);
    }
  }

  void
  reference(const MsBuild::Item& item)
  {
    for (const Name& name : names_of(item, "Include")) {
      by_name_[to_lower(name.text)].push_back(found_.size());
      found_.push_back(described(item, name));
    }
    for (const Name& name : names_of(item, "Remove")) {
      if (const auto found = by_name_.find(to_lower(name.text));
          found != by_name_.end() && name.is_certain && item.certainty == Certainty::yes) {
        for (const std::size_t index : found->second) {
          found_[index].name.clear();
        }
        by_name_.erase(found);
      }
    }
    for (const Name& name : names_of(item, "Update")) {
      update(item, described(item, name));
    }
  }

  void
  update(const MsBuild::Item& item, const ProjectPackage& said)
  {
    const auto found = by_name_.find(to_lower(said.name));
    if (found == by_name_.end()) {
      return;
    }
    for (const std::size_t index : found->second) {
      ProjectPackage& package = found_[index];
      if (!said.versions.empty() && item.certainty == Certainty::yes) {
        package.versions.clear();
      }
      add_versions(package.versions, said.versions);
      package.is_private = package.is_private || (said.is_private && item.certainty == Certainty::yes);
    }
  }

  /// A global reference is private unless it says otherwise.
  void
  tool(const MsBuild::Item& item)
  {
    const bool is_global = kind_of(item) == "globalpackagereference";
    for (const Name& name : names_of(item, "Include")) {
      ProjectPackage package = described(item, name);
      package.is_private = is_global;
      package.is_tool = !is_global;
      if (kind_of(item) == "packagedownload") {
        const Versions asked = std::move(package.versions);
        package.versions.clear();
        for (const std::string& each : asked) {
          for (const std::string_view version : downloaded_versions(each)) {
            package.versions.emplace_back(version);
          }
        }
      }
      found_.push_back(std::move(package));
    }
  }

  void
  add_sdk(std::string_view name, std::string_view version, std::uint32_t line)
  {
    for (const Name& each : version.empty() ? std::vector<Name>() : names_in(name)) {
      ProjectPackage package;
      package.name = each.text;
      package.is_name_known = each.is_known;
      package.versions = build_.expand(version);
      package.is_tool = true;
      package.line = line;
      found_.push_back(std::move(package));
    }
  }

  /// SDKs that are packages say a version; the others come with .NET.
  void
  add_sdks()
  {
    for (const std::string_view sdk : split(root_.attribute("Sdk"), ';')) {
      const std::size_t slash = sdk.find('/');
      add_sdk(trim(sdk.substr(0, slash)),
              slash == std::string_view::npos ? std::string_view() : trim(sdk.substr(slash + 1)), root_.line());
    }
    for (const Element each : root_) {
      if (each.name() == "Sdk") {
        add_sdk(each.attribute("Name"), each.attribute("Version"), each.line());
      } else if (each.name() == "Import" && each.attribute("Project") == "Sdk.props") {
        add_sdk(each.attribute("Sdk"), each.attribute("Version"), each.line());
      }
    }
  }

  std::string_view path_;
  std::shared_ptr<const Xml> own_;
  Element root_;
  MsBuild build_;
  std::vector<MsBuild::Item> items_;
  std::vector<MsBuild::Unread> outputs_;  ///< of a restore
  std::unordered_map<std::string, Versions> central_;
  std::vector<ProjectPackage> found_;  ///< without a name: removed again
  std::unordered_map<std::string, std::vector<std::size_t>> by_name_;
};

}  // namespace

ProjectPackages
packages_of_project(const gate::FileTree& tree, std::string_view path, std::shared_ptr<const Xml> xml)
{
  return ProjectReader(tree, path, std::move(xml)).project();
}

ProjectPackages
central_packages(const gate::FileTree& tree, std::string_view path, std::shared_ptr<const Xml> xml)
{
  return ProjectReader(tree, path, std::move(xml)).versions();
}

}  // namespace sluice::deps
