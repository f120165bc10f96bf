// SPDX-License-Identifier: Apache-2.0
#include "deps/maven_config.hpp"

#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "deps/lockfile.hpp"
#include "deps/maven_pom.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace sluice::deps {

namespace {

struct KnownConfigs
{
  std::unordered_map<std::string, std::shared_ptr<const MavenConfig>> by_directory;  ///< null: it has none
};

/// Maven 3.9 takes each line for an argument, and those before it part it at blanks.
std::vector<std::string>
arguments_in(std::string_view text)
{
  std::vector<std::string> out;
  for (const std::string_view line : lines_of(text)) {
    if (trim(line).starts_with('#')) {
      continue;
    }
    const std::string plain = replace_all(replace_all(line, "\t", " "), "\r", " ");
    for (const std::string_view word : split(plain, ' ')) {
      if (const std::string_view bare = trim(word); !bare.empty()) {
        out.push_back(replace_all(replace_all(bare, "\"", ""), "'", ""));
      }
    }
  }
  return out;
}

/// "name=value"; without a value it is "true".
void
define(std::string_view definition, std::unordered_map<std::string, std::string>& to)
{
  const std::size_t equals = definition.find('=');
  to[std::string(definition.substr(0, equals))] =
      equals == std::string_view::npos ? "true" : std::string(definition.substr(equals + 1));
}

class ConfigReader
{
public:
  ConfigReader(const gate::FileTree& tree, MavenConfig& config)
      : tree_(tree),
        config_(config)
  {}

  void
  read_arguments(const std::vector<std::string>& arguments)
  {
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const std::string& each = arguments[i];
      const auto value_of = [&](std::string_view brief, std::string_view full) -> std::optional<std::string> {
        if (each == brief || each == full) {
          return i + 1 < arguments.size() ? std::optional(arguments[++i]) : std::nullopt;
        }
        if (each.starts_with(std::string(full) + "=")) {
          return each.substr(full.size() + 1);
        }
        const bool is_joined = each.starts_with(brief) && !each.starts_with("--") && brief.size() == 2;
        return is_joined ? std::optional(each.substr(brief.size())) : std::nullopt;
      };
      if (const auto definition = value_of("-D", "--define")) {
        define(*definition, config_.user);
      } else if (const auto file = value_of("-f", "--file")) {
        config_.pom = pom_at(tree_, config_.directory + "/.", place(*file)).value_or("");
      } else if (const auto global = value_of("-gs", "--global-settings")) {
        read_settings(*global);
      } else if (const auto settings = value_of("-s", "--settings")) {
        read_settings(*settings);
      }
    }
  }

private:
  /// As seen from the directory that holds `.mvn`, which is where Maven is started.
  static std::string
  place(std::string_view path)
  {
    for (const std::string_view root : {"${session.rootDirectory}/", "${maven.multiModuleProjectDirectory}/"}) {
      path = path.starts_with(root) ? path.substr(root.size()) : path;
    }
    return std::string(path);
  }

  void
  read_settings(std::string_view path)
  {
    const auto text = Surroundings(tree_, config_.directory + "/.").read(place(path));
    auto xml = text ? read_xml(*text) : tl::expected<Xml, Defect>(tl::unexpected(Defect()));
    if (xml && xml->root().name() == "settings") {
      config_.settings.push_back(std::make_shared<const Xml>(*std::move(xml)));
    }
  }

  const gate::FileTree& tree_;
  MavenConfig& config_;
};

std::shared_ptr<const MavenConfig>
config_in(const gate::FileTree& tree, const std::string& directory)
{
  if (!tree.is_directory(directory.empty() ? ".mvn" : directory + "/.mvn")) {
    return nullptr;
  }
  auto config = std::make_shared<MavenConfig>();
  config->directory = directory;
  const Surroundings around(tree, directory + "/.");
  if (const auto text = around.read(".mvn/maven.config")) {
    ConfigReader(tree, *config).read_arguments(arguments_in(*text));
  }
  for (const std::string& each : arguments_in(around.read(".mvn/jvm.config").value_or(""))) {
    if (each.starts_with("-D")) {
      define(std::string_view(each).substr(2), config->system);
    }
  }
  return config;
}

}  // namespace

std::vector<std::shared_ptr<const MavenConfig>>
maven_configs(const gate::FileTree& tree, std::string_view pom)
{
  auto& known = tree.kept<KnownConfigs>().by_directory;
  std::vector<std::shared_ptr<const MavenConfig>> all;
  std::string_view directory = pom;
  do {
    directory = directory_of(directory);
    const auto [at, is_new] = known.emplace(directory, nullptr);
    if (is_new) {
      at->second = config_in(tree, at->first);
    }
    if (at->second != nullptr) {
      all.push_back(at->second);
    }
  } while (!directory.empty());
  if (all.empty()) {
    all.push_back(std::make_shared<const MavenConfig>());
  }
  return all;
}

}  // namespace sluice::deps
