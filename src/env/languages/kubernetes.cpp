// SPDX-License-Identifier: Apache-2.0
//
// Manifests of Kubernetes: what a container's `env` and the data of ConfigMaps and Secrets give, and `$(NAME)` in
// commands. Kustomizations with their generators too.
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/document.hpp"

#include <array>

namespace sluice::env {

namespace {

constexpr auto extensions = std::to_array<std::string_view>({".yml", ".yaml"});
constexpr std::array<std::string_view, 1> words{"apiVersion:"};

bool
has(std::string_view path)
{
  return has_extension(path, extensions) && path.find("/templates/") == std::string_view::npos
         && !path.starts_with("templates/");
}

/// `$(NAME)`, which Kubernetes replaces in commands; a doubled dollar sign is one.
void
read_in_command(const gate::SourceText& source, Value text, Sightings& seen)
{
  constexpr std::size_t max_name = 256;
  const std::string_view all = text.text();
  if (all.find("$(") == std::string_view::npos) {
    return;
  }
  const script::Lines lines = lines_of_text(source, text);
  for (std::size_t at = all.find('$'); at < all.size(); at = all.find('$', at + 1)) {
    const std::string_view rest = all.substr(at, max_name);
    const std::size_t end = rest.find(')');
    const std::string_view inside =
        rest.starts_with("$(") && end != std::string_view::npos ? rest.substr(2, end - 2) : std::string_view();
    at += all.substr(at).starts_with("$$") ? 1 : 0;
    if (is_environment_name(inside)) {
      seen.read(inside, lines.line_of(at, inside));
    }
  }
}

class Reader
{
public:
  Reader(const gate::SourceText& source, Sightings& seen)
      : source_(source),
        seen_(seen)
  {}

  void
  document(Value root)
  {
    const std::string_view kind = root["kind"].text();
    if (kind == "ConfigMap" || kind == "Secret") {
      data(root["data"], kind == "ConfigMap");
      data(root["stringData"], true);
    } else if (kind == "Kustomization") {
      generators(root["configMapGenerator"]);
      generators(root["secretGenerator"]);
    } else if (!kind.empty()) {
      value(root);
    }
  }

private:
  /// Keys of a map that containers get by `envFrom`. What a Secret's `data` has is encoded.
  void
  data(Value table, bool is_plain)
  {
    each_member(table, [&](Value member) {
      if (is_environment_name(member.key())) {
        seen_.give(member.key(), member.line(), is_plain ? plain_literal(member) : std::nullopt);
      }
    });
  }

  void
  generators(Value list)
  {
    for (const Value generator : list) {
      give_environment(source_, generator["literals"], WithoutValue::gives, seen_);
    }
  }

  void
  value(Value value)
  {
    for (const Value member : value) {
      if (member.key() == "env" && member.is_list()) {
        variables(member);
      } else if (member.key() == "command" || member.key() == "args") {
        each_text(member, [&](Value text) { read_in_command(source_, text, seen_); });
      } else {
        this->value(member);
      }
    }
    command(value["command"], value["args"]);
  }

  /// What a shell or an interpreter is given as a text.
  void
  command(Value command, Value arguments)
  {
    std::vector<Value> parts;
    for (const Value list : {command, arguments}) {
      for (const Value word : list.is_list() ? list : Value()) {
        parts.push_back(word);
      }
    }
    if (parts.size() > 2 && parts[2].is_text()) {
      const script::Facts facts = script::facts_of_words(parts[0].text(), parts[1].text(), parts[2].text());
      script::tell(facts, lines_of_text(source_, parts[2]), {.here = {}, .beside = {}}, seen_);
    }
  }

  void
  variables(Value list)
  {
    for (const Value variable : list) {
      const Value name = variable["name"];
      if (name.is_text()) {
        seen_.give(name.text(), name.line(), plain_literal(variable["value"]));
      }
    }
  }

  const gate::SourceText& source_;
  Sightings& seen_;
};

void
look(const gate::SourceText& source, Sightings& seen)
{
  // A template is no YAML yet, and what makes it one is not known here.
  const bool is_template = source.text().find("{{") != std::string_view::npos;
  const auto documents = read_yaml_data(source.text());
  if (!documents) {
    if (!is_template) {
      seen.gap(std::max(documents.error().line, 1U), documents.error().what);
    }
    return;
  }
  for (const Data& document : *documents) {
    Reader(source, seen).document(document.root());
  }
}

}  // namespace

extern const Language language_kubernetes{
    .id = "kubernetes", .title = "Kubernetes", .has = has, .words = words, .look = look};

}  // namespace sluice::env
