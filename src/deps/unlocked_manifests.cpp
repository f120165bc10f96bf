// SPDX-License-Identifier: Apache-2.0
#include "deps/unlocked_manifests.hpp"

#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "data/data.hpp"
#include "deps/manifest_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace sluice::deps {

namespace {

constexpr std::uint64_t most_bytes = std::uint64_t{4} << 20U;

/// With the slash at its end, so that what begins with it lies in it.
std::string_view
slashed_directory_of(std::string_view path)
{
  return path.substr(0, path.rfind('/') + 1);
}

/// Whether a value of a table of dependencies is of the project's own, or of the platform.
bool
is_own(const Value& value)
{
  return value["path"] || value["workspace"] || value["sdk"];
}

void
third_party_keys(const Value& table, const OnName& on_name)
{
  for (const Value entry : table) {
    if (!is_own(entry)) {
      on_name(entry.key(), entry.line());
    }
  }
}

void
asked_in_cargo(std::string_view text, const OnName& on_name)
{
  const auto data = read_toml_data(text);
  if (!data) {
    return;
  }
  const auto take = [&on_name](const Value& table) {
    for (const std::string_view key : {"dependencies", "dev-dependencies", "build-dependencies"}) {
      third_party_keys(table[key], on_name);
    }
  };
  const Value root = data->root();
  take(root);
  for (const Value target : root["target"]) {
    take(target);
  }
}

/// Names are of one project however they are written.
std::string
python_name(std::string_view name)
{
  return replace_all(replace_all(to_lower(name), "_", "-"), ".", "-");
}

void
asked_in_pyproject(std::string_view text, const OnName& on_name)
{
  const auto data = read_toml_data(text);
  if (!data) {
    return;
  }
  const Value tool = data->root()["tool"];
  std::set<std::string> own{"python", python_name(data->root()["project"]["name"].text())};
  const auto take_own = [&own](const Value& table) {
    for (const Value entry : table) {
      if (is_own(entry)) {
        own.insert(python_name(entry.key()));
      }
    }
  };
  take_own(tool["uv"]["sources"]);
  take_own(tool["poetry"]["dependencies"]);
  take_own(tool["poetry"]["dev-dependencies"]);
  for (const Value group : tool["poetry"]["group"]) {
    take_own(group["dependencies"]);
  }
  names_in_pyproject(text, [&](std::string_view name, std::uint32_t line) {
    if (!own.contains(python_name(name))) {
      on_name(name, line);
    }
  });
}

/// What has no vendor is of the platform: php, ext-json.
void
asked_in_composer(std::string_view text, const OnName& on_name)
{
  names_in_composer_json(text, [&on_name](std::string_view name, std::uint32_t line) {
    if (name.find('/') != std::string_view::npos) {
      on_name(name, line);
    }
  });
}

void
asked_in_pubspec(std::string_view text, const OnName& on_name)
{
  if (const auto documents = read_yaml_data(text); documents && !documents->empty()) {
    third_party_keys(documents->front().root()["dependencies"], on_name);
    third_party_keys(documents->front().root()["dev_dependencies"], on_name);
  }
}

bool
has_any(std::string_view line, std::initializer_list<std::string_view> words)
{
  return std::any_of(words.begin(), words.end(),
                     [line](std::string_view word) { return line.find(word) != std::string_view::npos; });
}

void
asked_in_gemfile(std::string_view text, const OnName& on_name)
{
  const std::vector<std::string_view> lines = lines_of(text);
  names_in_gemfile(text, [&](std::string_view name, std::uint32_t number) {
    if (!has_any(lines.at(number - 1), {"path:", ":path =>", ":path=>"})) {
      on_name(name, number);
    }
  });
}

/// `{:plug, "~> 1.0"}` and `{:plug, github: "…"}`; any other tuple of a program is none, and a comment is no line of
/// it.
void
asked_in_mix(std::string_view text, const OnName& on_name)
{
  const std::vector<std::string_view> lines = lines_of(text);
  names_in_mix(text, [&](std::string_view name, std::uint32_t number) {
    const std::string_view line = trim(lines.at(number - 1));
    const std::string_view from = line.substr(std::min(line.find(fmt::format("{{:{},", name)), line.size()));
    const std::string_view tuple = from.substr(0, from.find('}'));
    const bool is_dependency = has_any(tuple, {", \"", ",\"", "git:", "github:", "hex:"}) || tuple.ends_with(',');
    if (!line.starts_with('#') && is_dependency && !has_any(tuple, {"path:", "in_umbrella:"})) {
      on_name(name, number);
    }
  });
}

struct Kind
{
  std::string_view file_name;
  void (*asked)(std::string_view text, const OnName& on_name);
  std::span<const std::string_view> beside;  ///< ids of formats in the same directory
  std::span<const std::string_view> above;   ///< of those that a workspace above may have
  std::string_view fix;
};

constexpr std::array<std::string_view, 6> python_beside{"poetry", "uv", "pdm", "pipfile", "pylock", "requirements"};
constexpr std::array<std::string_view, 2> python_above{"uv", "pdm"};
constexpr std::array<std::string_view, 1> pipfile{"pipfile"};
constexpr std::array<std::string_view, 1> cargo{"cargo"};
constexpr std::array<std::string_view, 1> bundler{"bundler"};
constexpr std::array<std::string_view, 1> composer{"composer"};
constexpr std::array<std::string_view, 1> pub{"pub"};
constexpr std::array<std::string_view, 1> mix{"mix"};

constexpr std::array<Kind, 8> kinds{
    {{"pyproject.toml", asked_in_pyproject, python_beside, python_above,
      "Commit the lockfile of your package manager: uv lock, poetry lock or pdm lock makes one"},
     {"Pipfile", names_in_pipfile, pipfile, {}, "Commit Pipfile.lock, which pipenv lock makes"},
     {"Gemfile", asked_in_gemfile, bundler, {}, "Commit Gemfile.lock, which bundle lock makes"},
     {"gems.rb", asked_in_gemfile, bundler, {}, "Commit gems.locked, which bundle lock makes"},
     {"composer.json", asked_in_composer, composer, {}, "Commit composer.lock, which composer update --lock makes"},
     {"Cargo.toml", asked_in_cargo, cargo, cargo, "Commit Cargo.lock, which cargo generate-lockfile makes"},
     {"pubspec.yaml", asked_in_pubspec, pub, pub, "Commit pubspec.lock, which dart pub get makes"},
     {"mix.exs", asked_in_mix, mix, mix, "Commit mix.lock, which mix deps.get makes"}}};

const Kind*
kind_of(std::string_view path)
{
  const std::string_view name = file_name_of(path);
  const auto* const found =
      std::find_if(kinds.begin(), kinds.end(), [name](const Kind& kind) { return kind.file_name == name; });
  return found == kinds.end() ? nullptr : found;
}

/// What a package manager has put there is the packages' own, and locked with them.
bool
is_vendored(std::string_view path)
{
  const std::string slashed = fmt::format("/{}", path);
  return has_any(slashed, {"/vendor/", "/node_modules/"});
}

bool
is_one_of(std::string_view id, std::span<const std::string_view> formats)
{
  return std::find(formats.begin(), formats.end(), id) != formats.end();
}

/// Why nothing can be read of a manifest that is data; of a program nothing is known.
std::optional<Defect>
defect_of(std::string_view text, std::string_view file_name)
{
  const auto of = [](const auto& read) { return read ? std::nullopt : std::optional(read.error()); };
  if (file_name.ends_with(".toml") || file_name == "Pipfile") {
    return of(read_toml_data(text));
  }
  if (file_name.ends_with(".json")) {
    return of(read_json_data(text));
  }
  return file_name.ends_with(".yaml") ? of(read_yaml_data(text)) : std::nullopt;
}

bool
is_covered(std::string_view path, const Kind& kind, const LockedFiles& locked, std::string_view prefix)
{
  const std::string_view own = slashed_directory_of(path);
  const auto directory_in_tree = [prefix](std::string_view full) {
    return slashed_directory_of(full.substr(prefix.size()));
  };
  const bool is_excluded = std::any_of(locked.excluded.begin(), locked.excluded.end(),
                                       [&](const std::string& other) { return directory_in_tree(other) == own; });
  return is_excluded || std::any_of(locked.files.begin(), locked.files.end(), [&](const LockedFile& file) {
           const std::string_view directory = directory_in_tree(file.list.path);
           return (directory == own && is_one_of(file.format->id, kind.beside))
                  || (own.starts_with(directory) && is_one_of(file.format->id, kind.above));
         });
}

/// Nothing if the manifest asks for no package of others.
std::optional<Gap>
gap_of(const std::string& path, std::string_view text, const Kind& kind, std::string_view prefix)
{
  std::set<std::string> names;
  std::string first;
  std::uint32_t first_line = 0;
  kind.asked(text, [&](std::string_view name, std::uint32_t line) {
    if (names.empty()) {
      first = name;
      first_line = line;
    }
    names.emplace(name);
  });
  if (names.empty()) {
    return std::nullopt;
  }
  const std::string others =
      names.size() == 1 ? std::string() : fmt::format(" and {}", counted(names.size() - 1, "other", "others"));
  return Gap{GapKind::unjudged, fmt::format("{}{}:{}", prefix, path, first_line),
             fmt::format("{}{} {} asked for, and no lockfile tells the versions", printable(first), others,
                         names.size() == 1 ? "is" : "are"),
             std::string(kind.fix)};
}

}  // namespace

bool
is_manifest(std::string_view path)
{
  return kind_of(path) != nullptr && !is_vendored(path);
}

std::vector<Gap>
unlocked_manifests(const gate::FileTree& tree, std::span<const std::string> manifests, const LockedFiles& locked,
                   std::string_view prefix)
{
  std::vector<Gap> gaps;
  for (const std::string& path : manifests) {
    const Kind* const kind = kind_of(path);
    if (kind == nullptr || is_covered(path, *kind, locked, prefix)) {
      continue;
    }
    const auto text = Surroundings(tree, path).read(kind->file_name);
    if (!text || text->size() > most_bytes) {
      gaps.push_back(
          {GapKind::unreadable, fmt::format("{}{}", prefix, path),
           text ? "it is too large for a manifest" : "it cannot be read, and no lockfile tells what it asks for",
           std::string(kind->fix)});
    } else if (const auto defect = defect_of(*text, kind->file_name)) {
      gaps.push_back({GapKind::unparsable, fmt::format("{}{}:{}", prefix, path, defect->line), defect->what,
                      std::string(kind->fix)});
    } else if (auto gap = gap_of(path, *text, *kind, prefix)) {
      gaps.push_back(*std::move(gap));
    }
  }
  return gaps;
}

}  // namespace sluice::deps
