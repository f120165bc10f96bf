// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "env/store_tables.hpp"

namespace sluice::env {

namespace {

bool
has(std::string_view text)
{
  return is_json_list(text, {{"key", "environment_scope"}, {}}) || is_json_list(text, {{"key", "variable_type"}, {}});
}

/// A scope is an environment's name or a pattern; `*` is all of them. What is masked or hidden is a secret and its
/// value is not taken, even where the API tells it.
void
fill(Value object, StoredName& name)
{
  const std::string_view scope = object["environment_scope"].text();
  if (!scope.empty() && scope != "*") {
    name.environments.emplace_back(scope);
  }
  const bool is_secret = object["masked"].is_true() || object["hidden"].is_true();
  const Value value = object["value"];
  if (value.is_text() && (!is_secret || value.text().empty()) && object["variable_type"].text() != "file") {
    name.value = std::string(value.text());
  }
}

Result<std::vector<StoredName>>
read(std::string_view text)
{
  const auto data = read_json_data(text);
  return data ? names_in(data->root(), "key", fill) : no_such_line(data.error().line);
}

}  // namespace

extern const Store store_gitlab{.id = "gitlab", .title = "GitLab's variables", .has = has, .read = read};

}  // namespace sluice::env
