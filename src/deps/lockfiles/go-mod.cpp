// SPDX-License-Identifier: Apache-2.0
//
// go.mod (go.dev/ref/mod, "go.mod files"). From `go 1.17` on it names every module of the build that the main module's
// packages need, so that it is the lockfile; before, it names only what is asked for directly, and what was selected
// follows from the go.mod files of all of those: a gap. go.sum does not tell either: it has every module whose go.mod
// was looked at. It gives the hashes.
//
// The standard library is a package of the advisories, "stdlib", at the version of the `toolchain` line, or of `go`
// where there is none; the commands are another, "toolchain", named where the file chooses one.
#include "base/text.hpp"
#include "deps/go_mod_lines.hpp"
#include "deps/go_workspace.hpp"
#include "deps/lockfile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>
#include <unordered_set>

namespace sluice::deps {

namespace {

constexpr std::string_view ecosystem = "Go";
constexpr std::array<std::string_view, 10> directives{"module",  "go",      "toolchain", "godebug", "require",
                                                      "exclude", "replace", "retract",   "tool",    "ignore"};

bool
is_known_directive(std::string_view verb)
{
  return std::find(directives.begin(), directives.end(), verb) != directives.end();
}

class Reader
{
public:
  Reader(const LockText& file, PackageList& list)
      : file_(file),
        list_(list)
  {}

  void
  read()
  {
    const GoModLines all = read_go_mod_lines(file_.text);
    for (const GoModLine& line : all.lines) {
      directive(line);
      if (list_.is_refused()) {
        return;
      }
    }
    if (all.broken_line != 0) {
      refuse(all.broken_line, all.why);
    } else {
      conclude();
    }
  }

private:
  struct Require
  {
    std::string_view path, version;
    std::uint32_t line = 0;
    bool is_indirect = false;
  };
  void
  refuse(std::uint32_t line, std::string why)
  {
    list_.refuse(GapKind::unparsable, line, std::move(why), "Run go mod tidy");
  }

  void
  directive(const GoModLine& line)
  {
    const auto& [verb, words, comment, number] = line;
    if (verb == "require") {
      require(words, comment, number);
    } else if (verb == "replace") {
      replace(words, number);
    } else if (verb == "module" || verb == "go" || verb == "toolchain") {
      if (words.size() != 1) {
        refuse(number, fmt::format("a line of {} has one word", verb));
        return;
      }
      has_module_ = has_module_ || verb == "module";
      if (verb != "module") {
        std::string_view& value = verb == "go" ? go_ : toolchain_;
        value = words.front();
        (verb == "go" ? go_line_ : toolchain_line_) = number;
      }
    } else if (verb == "tool") {
      if (words.size() == 1) {
        tools_.push_back(words.front());
      }
    } else if (verb == "exclude") {
      if (words.size() == 2) {
        excluded_.insert(fmt::format("{}\n{}", words[0], words[1]));
      }
    } else if (!is_known_directive(verb)) {
      list_.refuse(GapKind::unknown_format, number,
                   fmt::format("{} is no directive of go.mod that is known", printable(verb)), "Update Sluice");
    }
  }

  void
  require(const std::vector<std::string_view>& words, std::string_view comment, std::uint32_t number)
  {
    if (words.size() != 2 || !words[1].starts_with('v')) {
      refuse(number, "a requirement is a module and its version");
      return;
    }
    const bool is_indirect = comment == "indirect" || comment.starts_with("indirect;");
    requires_.push_back({words[0], words[1], number, is_indirect});
  }

  void
  replace(const std::vector<std::string_view>& words, std::uint32_t number)
  {
    auto replacement = read_go_replacement(words);
    if (!replacement) {
      refuse(number, std::move(replacement.error()));
      return;
    }
    replacements_.add(*replacement);
    all_replacements_.emplace_back(*replacement, number);
  }

  void
  read_sums()
  {
    const auto text = file_.around.read("go.sum");
    if (!text) {
      return;
    }
    for (const std::string_view line : lines_of(*text)) {
      const std::vector<std::string_view> words = split(trim(line), ' ');
      if (words.size() == 3 && !words[1].ends_with("/go.mod")) {
        sums_.emplace(fmt::format("{}\n{}", words[0], words[1]), list_.keep(std::string(words[2])));
      }
    }
  }

  PackageId
  add(const Require& each)
  {
    const GoReplacement* own = replacements_.of(each.path, each.version);
    const GoReplacement* shared = workspace_ ? workspace_->of(each.path, each.version) : nullptr;
    // Within the workspace and without it another is built: both are.
    if (shared != nullptr && !is_local_go_module(shared->new_path)
        && (own == nullptr || own->new_path != shared->new_path || own->new_version != shared->new_version)) {
      add_as(each, shared);
    }
    return add_as(each, own);
  }

  PackageId
  add_as(const Require& each, const GoReplacement* instead)
  {
    Package package{.ecosystem = ecosystem, .name = each.path, .version = each.version};
    package.line = each.line;
    package.is_direct = !each.is_indirect;
    if (instead != nullptr) {
      package.location = instead->new_path;
      if (is_local_go_module(instead->new_path)) {
        package.source = Source::path;
      } else {
        package.name = instead->new_path;
        package.version = instead->new_version;
      }
    }
    const auto sum = sums_.find(fmt::format("{}\n{}", package.name, package.version));
    package.integrity = sum == sums_.end() ? std::string_view() : sum->second;
    return list_.add(package);
  }

  /// In a workspace what one module replaces is replaced for the others too, needed here or not.
  void
  add_replacements_for_others()
  {
    std::unordered_set<std::string_view> required;
    for (const Require& each : requires_) {
      required.insert(each.path);
    }
    for (const auto& [replacement, line] : all_replacements_) {
      if (!is_local_go_module(replacement.new_path) && !required.contains(replacement.path)) {
        add_as({replacement.path, replacement.version, line, true}, &replacement);
      }
    }
  }

  void
  add_standard_library()
  {
    std::string_view version = go_;
    std::uint32_t line = go_line_;
    if (toolchain_.starts_with("go")) {
      // "go1.22.3-custom" has what go1.22.3 has.
      version = toolchain_.substr(2, toolchain_.find_first_of("-+") - 2);
      line = toolchain_line_;
      Package commands{.ecosystem = ecosystem, .name = "toolchain", .version = version, .scope = Scope::build};
      commands.line = line;
      commands.is_direct = true;
      list_.add(commands);
    }
    if (!version.empty()) {
      Package library{.ecosystem = ecosystem, .name = "stdlib", .version = version};
      library.line = line;
      library.is_direct = true;
      list_.add(library);
    }
  }

  void
  conclude()
  {
    read_sums();
    workspace_ = read_go_workspace(file_, list_);
    if (workspace_) {
      add_replacements_for_others();
    }
    if (!has_module_) {
      list_.gap(GapKind::unparsable, 0, "it has no module line");
    }
    // Of several requirements of one module the highest version counts; a tidy file has each once.
    std::unordered_map<std::string_view, PackageId> by_path;
    for (const Require& each : requires_) {
      if (excluded_.contains(fmt::format("{}\n{}", each.path, each.version))) {
        list_.gap(GapKind::unjudged, each.line,
                  fmt::format("{} {} is excluded, and which version takes its place is not named", printable(each.path),
                              printable(each.version)),
                  "Run go mod tidy");
        continue;
      }
      const PackageId id = add(each);
      const auto [first, is_new] = by_path.emplace(each.path, id);
      if (!is_new && list_.at(first->second).version != list_.at(id).version) {
        list_.gap(GapKind::unparsable, each.line, fmt::format("{} is required at two versions", printable(each.path)),
                  "Run go mod tidy");
      }
    }
    // A tool is a package of the module with the longest path that its own begins with.
    for (std::string_view tool : tools_) {
      auto module = by_path.find(tool);
      while (module == by_path.end() && tool.find('/') != std::string_view::npos) {
        tool = tool.substr(0, tool.rfind('/'));
        module = by_path.find(tool);
      }
      if (module != by_path.end()) {
        list_.at(module->second).is_direct = true;
      }
    }
    add_standard_library();
    if (!requires_.empty() && !go_names_the_selection(go_)) {
      list_.gap(GapKind::unjudged, go_line_,
                go_.empty() ? "without a go line it does not name the modules that are selected indirectly"
                            : fmt::format("before go 1.17 it does not name the modules that are selected indirectly, "
                                          "and it says go {}",
                                          printable(go_)),
                "Set go 1.17 or later in it and run go mod tidy");
    }
  }

  const LockText& file_;
  PackageList& list_;
  std::vector<Require> requires_;
  GoReplacements replacements_;
  std::vector<std::pair<GoReplacement, std::uint32_t>> all_replacements_;
  std::optional<GoReplacements> workspace_;
  std::unordered_map<std::string, std::string_view> sums_;
  std::vector<std::string_view> tools_;
  std::unordered_set<std::string> excluded_;
  std::string_view go_, toolchain_;
  std::uint32_t go_line_ = 0, toolchain_line_ = 0;
  bool has_module_ = false;
};

void
read(const LockText& file, PackageList& list)
{
  Reader(file, list).read();
}

constexpr std::array<std::string_view, 1> paths{"go.mod"};

}  // namespace

extern const Lockfile lockfile_go_mod{
    .id = "go-mod",
    .title = "go.mod",
    .purpose = Purpose::install,
    // They stand in go.sum, which the go command itself demands, and it has none of modules that nothing is built from.
    .hashed = Hashed::some,
    .weak_hash = WeakHash::as_good_as_it_gets,
    .manifest = ManifestKind::itself,
    .installer = Installer::other,
    .paths = paths,
    .read = read,
    .upgrade = {"go get {name}@v{version} && go mod tidy", "go get {name}@v{version} && go mod tidy"},
    .has_hashes_beside = true};

}  // namespace sluice::deps
