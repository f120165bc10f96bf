// SPDX-License-Identifier: Apache-2.0
//
// `.env.schema` in @env-spec (https://varlock.dev/env-spec/reference/). A file of that name without any decorator is
// the older thing of the same name, which formats/dotenv-extended.cpp reads.
#include "base/glob.hpp"
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/dotenv_lines.hpp"
#include "env/format.hpp"
#include "env/spec_schema.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

namespace sluice::env {

namespace {

constexpr std::size_t max_imports = 200;  ///< of one schema and all that it imports

struct Import
{
  std::string path;  ///< as it is written
  std::uint32_t line = 0;
  const SpecExpression* pick = nullptr;
  const SpecExpression* omit = nullptr;
  std::vector<std::string> names;  ///< of the older form, names behind the path
  std::optional<bool> is_enabled;  ///< nothing: only a function knows
  bool may_be_missing = false;
};

std::optional<Import>
import_of(const SpecDecorator& decorator)
{
  if (decorator.name != "import" || !decorator.value || decorator.value->arguments.empty()) {
    return std::nullopt;
  }
  const SpecExpression& call = *decorator.value;
  Import import{.path = call.arguments.front().value.text, .line = decorator.line};
  import.pick = call.argument("pick");
  import.omit = call.argument("omit");
  import.is_enabled = says_yes(call.argument("enabled"));
  const SpecExpression* missing = call.argument("allowMissing");
  import.may_be_missing = missing != nullptr && says_yes(missing).value_or(true);
  for (std::size_t i = 1; i < call.arguments.size(); ++i) {
    if (call.arguments[i].name.empty()) {
      import.names.push_back(call.arguments[i].value.text);
    }
  }
  return import;
}

bool
names_it(const SpecExpression& list, std::string_view name)
{
  return std::any_of(list.arguments.begin(), list.arguments.end(),
                     [name](const SpecArgument& each) { return Glob(each.value.text).matches(name); });
}

bool
brings(const Import& import, const std::string& name)
{
  const bool is_picked = import.pick == nullptr || names_it(*import.pick, name);
  const bool is_named =
      import.names.empty() || std::find(import.names.begin(), import.names.end(), name) != import.names.end();
  return is_picked && is_named && (import.omit == nullptr || !names_it(*import.omit, name));
}

/// Variables by name, in the order in which they were first met; the file itself before what it imports, later imports
/// before earlier ones.
class Collection
{
public:
  void
  add(SpecVariable variable)
  {
    const auto [place, is_new] = places_.emplace(variable.item.name, variables_.size());
    if (is_new) {
      variables_.push_back(std::move(variable));
    } else {
      fill(variable, variables_[place->second]);
    }
  }

  std::vector<SpecVariable>
  take()
  {
    return std::move(variables_);
  }

private:
  static void
  fill(SpecVariable& more, SpecVariable& variable)
  {
    Item& item = variable.item;
    if (item.type.id.empty()) {
      item.type = std::move(more.item.type);
    }
    if (!variable.is_need_said && (more.is_need_said || more.item.need == Need::required)) {
      item.need = more.item.need;
      item.needed_in = std::move(more.item.needed_in);
    }
    if (!variable.is_exposure_said && (more.is_exposure_said || item.exposure == Exposure::unsaid)) {
      item.exposure = more.item.exposure;
    }
    if (!item.fallback && !item.is_elsewhere) {
      item.fallback = std::move(more.item.fallback);
      item.is_elsewhere = more.item.is_elsewhere;
    }
  }

  std::vector<SpecVariable> variables_;
  std::map<std::string, std::size_t, std::less<>> places_;
};

class Importer
{
public:
  Importer(const gate::FileTree& tree, SchemaBuilder& builder)
      : tree_(tree),
        builder_(builder)
  {}

  std::vector<SpecVariable>
  read(const std::string& path, std::string_view text)
  {
    const SpecFile file = read_spec_file(text);
    return with_imports(path, file, variables_of(file, builder_));
  }

private:
  std::vector<SpecVariable>
  with_imports(const std::string& path, const SpecFile& file, std::vector<SpecVariable> own)
  {
    Collection collection;
    for (SpecVariable& variable : own) {
      collection.add(std::move(variable));
    }
    const bool is_disabled = own.empty() && !file.items.empty();
    open_.insert(path);
    for (auto each = file.root.rbegin(); each != file.root.rend() && !is_disabled; ++each) {
      if (const auto import = import_of(*each); import && import->is_enabled.value_or(true)) {
        for (SpecVariable& variable : imported(*import, directory_of(path))) {
          collection.add(std::move(variable));
        }
      }
    }
    open_.erase(path);
    return collection.take();
  }

  std::vector<SpecVariable>
  imported(const Import& import, std::string_view directory)
  {
    const std::string named = import.path + (import.path.ends_with('/') ? ".env.schema" : "");
    const auto path = named.starts_with('.') ? resolved_in(directory, named) : std::nullopt;
    if (!path) {
      tell(import, GapKind::unreadable, "imports something outside the repository, which is not read");
      return {};
    }
    if (open_.contains(*path)) {
      tell(import, GapKind::unparsable, "imports a file that imports it");
      return {};
    }
    if (++count_ > max_imports) {
      tell(import, GapKind::too_many, fmt::format("imports more than {} files", max_imports));
      return {};
    }
    const auto text = tree_.read(*path);
    if (!text) {
      if (!import.may_be_missing || tree_.kind(*path) != gate::EntryKind::none) {
        tell(import, GapKind::unreadable, fmt::format("imports {}, which cannot be read", printable(*path)));
      }
      return {};
    }
    return chosen(import, *path, *text);
  }

  std::vector<SpecVariable>
  chosen(const Import& import, const std::string& path, std::string_view text)
  {
    // What is wrong in the other file is told where that file is read, and belongs to its own lines.
    SchemaBuilder other(path);
    const SpecFile file = read_spec_file(text);
    const std::uint32_t outer = std::exchange(outer_line_, outer_line_ == 0 ? import.line : outer_line_);
    auto variables = with_imports(path, file, variables_of(file, other));
    outer_line_ = outer;
    std::erase_if(variables, [&](const SpecVariable& each) { return !brings(import, each.item.name); });
    for (SpecVariable& variable : variables) {
      variable.item.line = import.line;
      if (!import.is_enabled) {
        variable.item.need = Need::computed;
      }
    }
    return variables;
  }

  void
  tell(const Import& import, GapKind kind, std::string_view why)
  {
    builder_.gap(kind, outer_line_ == 0 ? import.line : outer_line_, fmt::format("the schema {}", why),
                 "Mend the import, or take it out");
  }

  const gate::FileTree& tree_;
  SchemaBuilder& builder_;
  std::set<std::string, std::less<>> open_;
  std::size_t count_ = 0;
  std::uint32_t outer_line_ = 0;  ///< of the import that the file itself has, while what it brings is read
};

bool
has(std::string_view path)
{
  return file_name_of(path) == ".env.schema";
}

constexpr std::array<std::string_view, 1> words{"@"};

Schema
read(const gate::SourceText& source, const gate::FileTree& tree)
{
  SchemaBuilder builder(source.path());
  if (!has_decorators(source.text())) {
    return builder.take();
  }
  for (SpecVariable& variable : Importer(tree, builder).read(source.path(), source.text())) {
    builder.add(std::move(variable.item));
  }
  return builder.take();
}

}  // namespace

extern const Format format_env_spec{.id = "env-spec", .title = "@env-spec", .has = has, .words = words, .read = read};

}  // namespace sluice::env
