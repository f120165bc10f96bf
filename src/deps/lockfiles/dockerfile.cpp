// SPDX-License-Identifier: Apache-2.0
//
// The images that a Dockerfile is built from (docs.docker.com, "Dockerfile reference", FROM, COPY --from and RUN
// --mount). It locks no packages; what is looked at is whether an image can change under the same name. Of variables
// FROM knows those of ARG instructions before the first FROM, and here they are what these say by default.
#include "base/glob.hpp"
#include "base/text.hpp"
#include "deps/action_reference.hpp"
#include "deps/dockerfile_lines.hpp"
#include "deps/lockfile.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace sluice::deps {

namespace {

constexpr std::string_view of_names = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

/// No name of an image is longer by far; variables that name each other twice could be without end.
constexpr std::size_t longest_name = 4096;

using Variables = std::map<std::string, std::string, std::less<>>;

std::string_view
unquoted(std::string_view text)
{
  const bool is_quoted =
      text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
  return is_quoted ? text.substr(1, text.size() - 2) : text;
}

/// What "NAME", "NAME:-word" or "NAME:+word" (the colon may be left out) stands for; nothing if that is not known.
std::optional<std::string>
value_of(std::string_view variable, const Variables& variables)
{
  const std::string_view name = variable.substr(0, variable.find_first_not_of(of_names));
  std::string_view rest = variable.substr(name.size());
  const auto known = variables.find(name);
  const std::string value = known == variables.end() ? std::string() : known->second;
  rest.remove_prefix(rest.starts_with(':') ? 1 : 0);
  if (rest.starts_with('-')) {
    return value.empty() ? std::string(rest.substr(1)) : value;
  }
  if (rest.starts_with('+')) {
    return value.empty() ? std::string() : std::string(rest.substr(1));
  }
  return rest.empty() && known != variables.end() ? std::optional(value) : std::nullopt;
}

/// The text with its variables replaced; nothing if one is not known, or if nothing is left.
std::optional<std::string>
resolved(std::string_view text, const Variables& variables)
{
  std::string out;
  while (!text.empty()) {
    const std::size_t dollar = std::min(text.find('$'), text.size());
    out.append(text.substr(0, dollar));
    text.remove_prefix(dollar);
    if (text.empty()) {
      break;
    }
    text.remove_prefix(1);
    const bool is_braced = text.starts_with('{');
    const std::size_t end = is_braced ? text.find('}') : std::min(text.find_first_not_of(of_names), text.size());
    if (end == std::string_view::npos || out.size() > longest_name) {
      return std::nullopt;
    }
    const auto value = value_of(is_braced ? text.substr(1, end - 1) : text.substr(0, end), variables);
    if (!value || value->find('$') != std::string::npos) {
      return std::nullopt;
    }
    out += *value;
    text.remove_prefix(end + (is_braced ? 1 : 0));
  }
  return out.empty() || out.size() > longest_name ? std::nullopt : std::optional(out);
}

class Stages
{
public:
  explicit Stages(PackageList& list)
      : list_(list)
  {}

  void
  take(const DockerInstruction& instruction)
  {
    if (instruction.name == "from") {
      take_from(instruction);
    } else if (instruction.name == "arg" && !has_stage_) {
      for (const DockerWord& word : instruction.words) {
        take_variable(word.text);
      }
    } else if (instruction.name == "copy") {
      take_sources(instruction, "--from=");
    } else if (instruction.name == "run") {
      take_sources(instruction, "--mount=");
    }
  }

private:
  void
  take_variable(std::string_view word)
  {
    const std::size_t equals = word.find('=');
    if (equals == std::string_view::npos) {
      variables_.erase(std::string(word));
    } else if (const std::string_view value = unquoted(word.substr(equals + 1)); value.empty()) {
      variables_.insert_or_assign(std::string(word.substr(0, equals)), "");
    } else if (auto text = resolved(value, variables_)) {
      variables_.insert_or_assign(std::string(word.substr(0, equals)), *std::move(text));
    }
  }

  /// FROM [--platform=…] image [AS stage].
  void
  take_from(const DockerInstruction& instruction)
  {
    std::vector<DockerWord> words = instruction.words;
    std::erase_if(words, [](const DockerWord& word) { return word.text.starts_with("--"); });
    has_stage_ = true;
    if (words.empty()) {
      return;
    }
    refer(words.front());
    if (words.size() >= 3 && to_lower(words[1].text) == "as") {
      stages_.insert(to_lower(words[2].text));
    }
  }

  /// The options in front of the rest: --from=image, --mount=type=bind,from=image.
  void
  take_sources(const DockerInstruction& instruction, std::string_view option)
  {
    for (const DockerWord& word : instruction.words) {
      if (!word.text.starts_with("--")) {
        return;
      }
      if (!word.text.starts_with(option)) {
        continue;
      }
      const std::string_view value = std::string_view(word.text).substr(option.size());
      if (option == "--from=") {
        refer_to_source({std::string(unquoted(value)), word.line});
        continue;
      }
      for (const std::string_view part : split(value, ',')) {
        if (part.starts_with("from=")) {
          refer_to_source({std::string(part.substr(5)), word.line});
        }
      }
    }
  }

  /// A stage may be named by its number, too.
  void
  refer_to_source(const DockerWord& source)
  {
    if (source.text.find_first_not_of("0123456789") != std::string::npos) {
      refer(source);
    }
  }

  void
  refer(const DockerWord& word)
  {
    const auto image = resolved(unquoted(word.text), variables_);
    const bool is_any = image && image->find('*') != std::string::npos;
    if (is_any && is_stage(to_lower(*image))) {
      return;
    }
    if (!image || is_any) {
      list_.gap(GapKind::unjudged, word.line,
                fmt::format("which image {} is, is told only when it is built", printable(word.text)),
                "Give the ARG before the first FROM a default");
    } else if (!stages_.contains(to_lower(*image)) && *image != "scratch") {
      list_.refer({Reference::Kind::image, list_.keep(*image), word.line, has_digest(*image)});
    }
  }

  /// Whether it is a stage, whichever platform is built for: "FROM base-$TARGETARCH".
  [[nodiscard]] bool
  is_stage(std::string_view image) const
  {
    const Glob glob{std::string(image)};
    return std::any_of(stages_.begin(), stages_.end(),
                       [&glob](const std::string& stage) { return glob.matches(stage); });
  }

  PackageList& list_;
  /// What BuildKit says by itself may be anything.
  Variables variables_{{"TARGETPLATFORM", "*"}, {"TARGETOS", "*"}, {"TARGETARCH", "*"}, {"TARGETVARIANT", "*"},
                       {"BUILDPLATFORM", "*"},  {"BUILDOS", "*"},  {"BUILDARCH", "*"},  {"BUILDVARIANT", "*"}};
  std::set<std::string> stages_;
  bool has_stage_ = false;
};

void
read(const LockText& file, PackageList& list)
{
  const DockerInstructions instructions = read_docker_instructions(file.text);
  if (instructions.unended) {
    list.refuse(GapKind::unparsable, *instructions.unended, "a here-document that begins there does not end");
    return;
  }
  Stages stages(list);
  for (const DockerInstruction& instruction : instructions.all) {
    stages.take(instruction);
  }
}

constexpr std::array<std::string_view, 4> paths{"Dockerfile", "Containerfile", "*.Dockerfile", "Dockerfile.*"};

}  // namespace

extern const Lockfile lockfile_dockerfile{.id = "dockerfile",
                                          .title = "Dockerfile",
                                          .purpose = Purpose::image,
                                          .hashed = Hashed::some,
                                          .weak_hash = WeakHash::as_good_as_it_gets,
                                          .manifest = ManifestKind::itself,
                                          .installer = Installer::other,
                                          .paths = paths,
                                          .read = read};

}  // namespace sluice::deps
