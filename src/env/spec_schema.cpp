// SPDX-License-Identifier: Apache-2.0
#include "env/spec_schema.hpp"

#include "base/glob.hpp"
#include "base/one_of.hpp"
#include "base/text.hpp"
#include "env/type_options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

constexpr std::array<std::string_view, 20> item_decorators{
    "required",    "optional",    "sensitive", "public", "internal", "dynamic", "static",
    "type",        "example",     "docsUrl",   "docs",   "tag",      "icon",    "deprecated",
    "auditIgnore", "placeholder", "proxy",     "warn",   "see",      "todo"};
constexpr std::array<std::string_view, 18> root_decorators{"currentEnv",
                                                           "envFlag",
                                                           "defaultRequired",
                                                           "defaultSensitive",
                                                           "defaultDynamic",
                                                           "disable",
                                                           "import",
                                                           "plugin",
                                                           "cache",
                                                           "redactLogs",
                                                           "preventLeaks",
                                                           "encryptInjectedEnv",
                                                           "proxyConfig",
                                                           "proxy",
                                                           "auditIgnorePaths",
                                                           "setValuesBulk",
                                                           "disableProcessEnvInjection",
                                                           "warn"};

const SpecDecorator*
find(const std::vector<SpecDecorator>& all, std::string_view name)
{
  const auto found =
      std::find_if(all.rbegin(), all.rend(), [name](const SpecDecorator& each) { return each.name == name; });
  return found == all.rend() ? nullptr : &*found;
}

const SpecExpression*
value_of(const SpecDecorator& decorator)
{
  return decorator.value ? &*decorator.value : nullptr;
}

/// "APP_ENV" of `$APP_ENV`, `${APP_ENV}`, `ref(APP_ENV)` and, as the older decorator has it, `APP_ENV`.
std::string
referred(const SpecExpression& value)
{
  if (value.kind == SpecExpression::Kind::call) {
    return value.text == "ref" && value.arguments.size() == 1 ? value.arguments.front().value.text : std::string();
  }
  std::string_view name = value.text;
  name.remove_prefix(name.starts_with('$') ? 1 : 0);
  if (name.starts_with('{') && name.ends_with('}')) {
    name = name.substr(1, name.size() - 2);
  }
  return std::string(name);
}

class Interpreter
{
public:
  Interpreter(const SpecFile& file, SchemaBuilder& builder)
      : file_(file),
        builder_(builder)
  {}

  std::vector<SpecVariable>
  take()
  {
    for (const SpecFault& fault : file_.faults) {
      builder_.gap(GapKind::unparsable, fault.line, fmt::format("the line {}", fault.why),
                   "Mend the line; @env-spec refuses the file");
    }
    read_root();
    std::vector<SpecVariable> variables;
    if (is_disabled_) {
      return variables;
    }
    variables.reserve(file_.items.size());
    for (const SpecItem& item : file_.items) {
      variables.push_back(read(item));
    }
    return variables;
  }

private:
  void
  read_root()
  {
    has_plugins_ = find(file_.root, "plugin") != nullptr;
    for (const SpecDecorator& each : file_.root) {
      if (!has_plugins_ && !is_one_of(each.name, root_decorators) && !each.name.starts_with("generate")) {
        tell_unknown(each, is_one_of(each.name, item_decorators));
      }
    }
    for (const std::string_view name : {"envFlag", "currentEnv"}) {
      const SpecDecorator* flag = find(file_.root, name);
      if (flag != nullptr && flag->value) {
        builder_.schema().current_environment = referred(*flag->value);
      }
    }
    default_need_ = find(file_.root, "defaultRequired");
    default_exposure_ = find(file_.root, "defaultSensitive");
    const SpecDecorator* disable = find(file_.root, "disable");
    is_disabled_ = disable != nullptr && says_yes(value_of(*disable)).value_or(false);
  }

  void
  tell_unknown(const SpecDecorator& decorator, bool is_misplaced)
  {
    builder_.gap(GapKind::unknown_format, decorator.line,
                 is_misplaced
                     ? fmt::format("the decorator @{} stands where it belongs to nothing", printable(decorator.name))
                     : fmt::format("the decorator @{} is not known", printable(decorator.name)),
                 "Mend the decorator; varlock refuses a schema with it");
  }

  SpecVariable
  read(const SpecItem& from)
  {
    SpecVariable variable;
    Item& item = variable.item;
    item.name = from.name;
    item.line = from.line;
    for (const SpecDecorator& each : from.decorators) {
      if (!has_plugins_ && !is_one_of(each.name, item_decorators)) {
        tell_unknown(each, is_one_of(each.name, root_decorators));
      }
    }
    read_value(from, item);
    read_type(from, item);
    read_need(from, variable);
    read_exposure(from, variable);
    const SpecDecorator* deprecated = find(from.decorators, "deprecated");
    item.is_deprecated = deprecated != nullptr && says_yes(value_of(*deprecated)).value_or(true);
    const SpecDecorator* ignored = find(from.decorators, "auditIgnore");
    item.is_audited = ignored == nullptr || !says_yes(value_of(*ignored)).value_or(true);
    return variable;
  }

  void
  read_value(const SpecItem& from, Item& item) const
  {
    const bool is_bulk = !from.value && gets_bulk_value(from.name);
    if (from.value && from.value->kind == SpecExpression::Kind::text) {
      item.is_elsewhere = from.value->has_reference || is_reference(from.value->text);
    } else {
      item.is_elsewhere = is_bulk || (from.value && from.value->kind == SpecExpression::Kind::call);
    }
    if (from.value && from.value->is_static() && !item.is_elsewhere) {
      item.fallback = from.value->text;
    }
  }

  /// Whether `@setValuesBulk` may bring its value.
  [[nodiscard]] bool
  gets_bulk_value(std::string_view name) const
  {
    return std::any_of(file_.root.begin(), file_.root.end(), [name](const SpecDecorator& each) {
      if (each.name != "setValuesBulk" || !each.value) {
        return false;
      }
      const auto is_named = [name](const SpecExpression* list) {
        return std::any_of(list->arguments.begin(), list->arguments.end(),
                           [name](const SpecArgument& glob) { return Glob(glob.value.text).matches(name); });
      };
      const SpecExpression* pick = each.value->argument("pick");
      const SpecExpression* omit = each.value->argument("omit");
      return (pick == nullptr || is_named(pick)) && (omit == nullptr || !is_named(omit));
    });
  }

  void
  read_type(const SpecItem& from, Item& item)
  {
    const SpecDecorator* type = find(from.decorators, "type");
    if (type == nullptr || !type->value) {
      infer_type(from, item);
      return;
    }
    const SpecExpression& value = *type->value;
    if (has_plugins_ && known_type(value.text).id.empty()) {
      return;
    }
    item.type = builder_.type(value.text, options_of(value), type->line);
  }

  /// What varlock takes an unquoted value for.
  static void
  infer_type(const SpecItem& from, Item& item)
  {
    if (!from.value || !from.value->is_static() || from.value->is_quoted) {
      return;
    }
    const std::string& text = from.value->text;
    const bool is_number =
        decimal(text) && text.front() != '+' && (text == "0" || !text.starts_with('0') || text.starts_with("0."));
    item.type.id = text == "true" || text == "false" ? "boolean" : (is_number ? "number" : "");
  }

  /// Of an enumeration its values, of a list the type of its items; what only a function gives is left out.
  static TypeOptions
  options_of(const SpecExpression& type)
  {
    TypeOptions options;
    for (const SpecArgument& argument : type.arguments) {
      const SpecExpression& value = argument.value;
      if (!argument.name.empty()) {
        add_option(argument, options);
      } else if (type.text == "enum" && value.is_static()) {
        std::string& values = options["values"];
        values.append(values.empty() ? "" : "\n").append(value.text);
      } else if (type.text == "array") {
        options["items"] = value.text;
      }
    }
    return options;
  }

  static void
  add_option(const SpecArgument& argument, TypeOptions& options)
  {
    if (argument.value.is_static()) {
      options[argument.name] = argument.value.text;
    } else if (argument.value.kind == SpecExpression::Kind::list) {
      std::string& values = options[argument.name];
      for (const SpecArgument& each : argument.value.arguments) {
        values.append(values.empty() ? "" : "\n").append(each.value.text);
      }
    } else if (argument.name == "matches" && argument.value.text == "regex" && !argument.value.arguments.empty()) {
      options[argument.name] = argument.value.arguments.front().value.text;
    }
  }

  void
  read_need(const SpecItem& from, SpecVariable& variable) const
  {
    Item& item = variable.item;
    const SpecDecorator* required = find(from.decorators, "required");
    const SpecDecorator* optional = find(from.decorators, "optional");
    const SpecDecorator* said = required != nullptr ? required : optional;
    variable.is_need_said = said != nullptr;
    if (said != nullptr) {
      set_need(value_of(*said), said == required, item);
    } else if (default_need_ == nullptr || (default_need_->value && default_need_->value->text == "infer")) {
      const bool has_value = from.value && (!from.value->is_static() || !from.value->text.empty());
      item.need = has_value ? Need::required : Need::optional;
    } else {
      set_need(value_of(*default_need_), true, item);
    }
  }

  void
  set_need(const SpecExpression* value, bool is_required, Item& item) const
  {
    if (const auto yes = says_yes(value)) {
      item.need = *yes == is_required ? Need::required : Need::optional;
      return;
    }
    item.needed_in = is_required ? environments_in(*value) : std::set<std::string, std::less<>>();
    item.need = item.needed_in.empty() ? Need::computed : Need::named;
  }

  /// Of `forEnv(production, staging)` and, where that variable holds the environment, `eq($APP_ENV, production)`.
  [[nodiscard]] std::set<std::string, std::less<>>
  environments_in(const SpecExpression& call) const
  {
    std::set<std::string, std::less<>> names;
    auto first = call.arguments.begin();
    if (call.text == "eq" && call.arguments.size() == 2 && !builder_.schema().current_environment.empty()
        && referred(first->value) == builder_.schema().current_environment) {
      ++first;
    } else if (call.text != "forEnv") {
      return names;
    }
    for (; first != call.arguments.end(); ++first) {
      if (!first->value.is_static()) {
        return {};
      }
      names.insert(first->value.text);
    }
    return names;
  }

  void
  read_exposure(const SpecItem& from, SpecVariable& variable) const
  {
    const SpecDecorator* sensitive = find(from.decorators, "sensitive");
    const SpecDecorator* open = find(from.decorators, "public");
    const SpecDecorator* said = sensitive != nullptr ? sensitive : open;
    variable.is_exposure_said = said != nullptr;
    if (said != nullptr) {
      const bool yes = says_yes(enabled_part(*said)).value_or(said == sensitive);
      variable.item.exposure = yes == (said == sensitive) ? Exposure::sensitive : Exposure::open;
    } else if (default_exposure_ != nullptr) {
      variable.item.exposure = default_exposure_of(from.name);
    }
  }

  /// `@sensitive={enabled=…}`.
  static const SpecExpression*
  enabled_part(const SpecDecorator& decorator)
  {
    const SpecExpression* value = value_of(decorator);
    return value != nullptr && value->kind == SpecExpression::Kind::table ? value->argument("enabled") : value;
  }

  [[nodiscard]] Exposure
  default_exposure_of(std::string_view name) const
  {
    const SpecExpression* value = value_of(*default_exposure_);
    if (value != nullptr && value->text == "inferFromPrefix" && !value->arguments.empty()) {
      return name.starts_with(value->arguments.front().value.text) ? Exposure::open : Exposure::sensitive;
    }
    return says_yes(value).value_or(true) ? Exposure::sensitive : Exposure::open;
  }

  const SpecFile& file_;
  SchemaBuilder& builder_;
  const SpecDecorator* default_need_ = nullptr;
  const SpecDecorator* default_exposure_ = nullptr;
  bool has_plugins_ = false;
  bool is_disabled_ = false;
};

}  // namespace

std::optional<bool>
says_yes(const SpecExpression* value)
{
  if (value == nullptr || (value->is_static() && (value->text == "true" || value->text == "1"))) {
    return true;
  }
  const bool is_computed = !value->is_static() || value->kind != SpecExpression::Kind::text;
  return is_computed ? std::nullopt : std::optional(value->text != "false" && value->text != "0");
}

std::vector<SpecVariable>
variables_of(const SpecFile& file, SchemaBuilder& builder)
{
  return Interpreter(file, builder).take();
}

}  // namespace sluice::env
