// SPDX-License-Identifier: Apache-2.0
#include "config/show_config.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace sluice::config {

namespace {

std::string
line(std::string_view name, std::string_view value, std::string_view origin)
{
  return fmt::format("{:<40} # {}\n", fmt::format("{} = {}", printable(name), printable(value)), printable(origin));
}

const std::map<std::string, Written, std::less<>>&
inside(const std::map<std::string, Written, std::less<>>& written, std::string_view name)
{
  static const std::map<std::string, Written, std::less<>> nothing;
  const auto found = written.find(name);
  return found == written.end() ? nothing : found->second.inside;
}

std::string records_text(const Option& option, const std::string& name,
                         const std::map<std::string, Written, std::less<>>& written);

/// The values of one record that a file wrote or that are not empty; `written` says where.
std::string
record_text(const OptionTable& record, const std::string& name,
            const std::map<std::string, Written, std::less<>>& written)
{
  std::string text;
  for (const Option& field : record.options()) {
    const std::string field_name = fmt::format("{}.{}", name, field.spec.key);
    const auto found = written.find(field.spec.key);
    const bool is_written = found != written.end();
    if (holds_records(field.kind)) {
      text += records_text(field, field_name, inside(written, field.spec.key));
    } else if (is_written || !field.text().empty()) {
      text += line(field_name, field.text(), is_written ? std::string_view(found->second.place) : "built in");
    }
  }
  return text;
}

std::string
records_text(const Option& option, const std::string& name, const std::map<std::string, Written, std::less<>>& written)
{
  std::string text;
  option.records.each([&](std::string_view key, const OptionTable& record) {
    if (option.kind == OptionKind::record) {
      text += record_text(record, name, written);
    } else {
      const bool is_list = option.kind == OptionKind::records;
      text += record_text(record, is_list ? fmt::format("{}[{}]", name, key) : fmt::format("{}.{}", name, key),
                          inside(written, key));
    }
  });
  return text;
}

/// As YAML reads it back.
std::string
yaml_scalar(const std::string& text)
{
  const bool is_plain = !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == ' '
           || c == '_';
  });
  return is_plain ? text : fmt::format("'{}'", replace_all(text, "'", "''"));
}

/// "{severity: high, action: fail}": what a record must say, and what it says that is not built in.
std::string
yaml_record(const OptionTable& record, const OptionTable& example)
{
  std::vector<std::string> fields;
  for (const Option& field : record.options()) {
    const Option* const built_in = example.find(field.spec.key);
    if (!field.required && built_in != nullptr && field.text() == built_in->built_in) {
      continue;
    }
    std::vector<std::string> items;
    for (const std::string& item : field.items ? field.items() : std::vector<std::string>()) {
      items.push_back(yaml_scalar(item));
    }
    fields.push_back(fmt::format("{}: {}", field.spec.key,
                                 field.items ? fmt::format("[{}]", join(items, ", ")) : yaml_scalar(field.text())));
  }
  return fmt::format("{{{}}}", join(fields, ", "));
}

/// What counts while a list is empty, as a file would say it.
std::string
absent_text(const Option& option)
{
  OptionTable example;
  option.records.describe_one(example);
  const std::string indent = option.section.empty() ? "" : "  ";
  std::string text = option.section.empty() ? std::string() : fmt::format("{}:\n", option.section);
  text += fmt::format("{}{}:  # built in; as .sluice.yml would say it\n", indent, option.spec.key);
  option.records.each_absent([&](std::string_view, const OptionTable& record) {
    text += fmt::format("{}  - {}\n", indent, yaml_record(record, example));
  });
  return text;
}

}  // namespace

std::string
show_config(const OptionTable& table)
{
  constexpr std::string_view layer_names[] = {"built in", "file", "environment", "flag"};
  std::string text;
  for (const Option& option : table.options()) {
    if (option.spec.surface == Surface::flags) {
      continue;
    }
    const std::string nested =
        holds_records(option.kind) ? records_text(option, option.full_name(), option.inside) : std::string();
    if (nested.empty() && option.records.each_absent) {
      text += absent_text(option);
      continue;
    }
    const std::string_view layer = layer_names[static_cast<std::size_t>(option.origin.layer)];
    text += !nested.empty() ? nested
                            : line(option.full_name(), option.text(),
                                   option.origin.place.empty() ? layer : std::string_view(option.origin.place));
  }
  return text;
}

}  // namespace sluice::config
