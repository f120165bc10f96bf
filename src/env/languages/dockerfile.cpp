// SPDX-License-Identifier: Apache-2.0
//
// ARG and ENV give; what else a RUN line may use comes from the base image and from nobody's environment, so that it is
// no read. CMD, ENTRYPOINT and HEALTHCHECK run in the environment of the container. Source: docs.docker.com, Dockerfile
// reference.
#include "base/text.hpp"
#include "base/tree_path.hpp"
#include "env/document.hpp"
#include "env/shell_name.hpp"

#include <algorithm>
#include <array>

namespace sluice::env {

namespace {

bool
has(std::string_view path)
{
  const std::string name = to_lower(file_name_of(path));
  return name == "dockerfile" || name == "containerfile" || name.starts_with("dockerfile.")
         || name.starts_with("containerfile.") || name.ends_with(".dockerfile");
}

/// An instruction with all lines that it goes on over, and its here-documents.
struct Instruction
{
  std::string word;  ///< "RUN"
  Span arguments;
};

class Reader
{
public:
  Reader(const gate::SourceText& source, Sightings& seen)
      : source_(source),
        text_(source.text()),
        seen_(seen)
  {}

  void
  look()
  {
    read_directives();
    shell_ = text_;
    if (escape_ == '`') {
      std::replace(shell_.begin(), shell_.end(), '\\', '/');
      std::replace(shell_.begin(), shell_.end(), '`', '\\');
    }
    while (at_ < text_.size()) {
      const Span line = line_at(at_);
      const std::string_view content = trim(line.of(text_));
      if (content.empty() || content.starts_with('#')) {
        at_ = line.end + 1;
        continue;
      }
      instruction();
    }
  }

private:
  [[nodiscard]] Span
  line_at(std::size_t at) const
  {
    return {at, std::min(text_.find('\n', at), text_.size())};
  }

  /// `# escape=` in the first lines.
  void
  read_directives()
  {
    for (std::size_t at = 0; at < text_.size() && text_[at] == '#'; at = line_at(at).end + 1) {
      const std::string line = to_lower(replace_all(line_at(at).of(text_), " ", ""));
      escape_ = line.starts_with("#escape=`") ? '`' : escape_;
    }
  }

  void
  instruction()
  {
    const std::size_t begin = text_.find_first_not_of(" \t", at_);
    std::size_t end = begin;
    bool goes_on = true;
    while (goes_on && at_ < text_.size()) {
      const Span line = line_at(at_);
      const std::string_view content = trim(line.of(text_));
      const bool is_passed_over = end > begin && (content.empty() || content.starts_with('#'));
      goes_on = is_passed_over || content.ends_with(escape_);
      end = line.end;
      at_ = line.end + 1;
    }
    const std::string word = to_lower(text_.substr(begin, 4));
    if (word.starts_with("run") || word == "copy" || word.starts_with("add")) {
      skip_documents({begin, end});
    }
    const Span whole{begin, std::min(std::max(end, at_), text_.size())};
    take(whole);
  }

  /// Goes past the here-documents of an instruction, which are a part of it.
  void
  skip_documents(Span instruction)
  {
    const std::string_view text = instruction.of(text_);
    for (std::size_t at = text.find("<<"); at != std::string_view::npos; at = text.find("<<", at + 2)) {
      std::size_t begin = text.find_first_not_of("-\"'", at + 2);
      begin = std::min(begin, text.size());
      std::size_t end = begin;
      while (end < text.size() && is_of_name(text[end])) {
        ++end;
      }
      const std::string_view delimiter = text.substr(begin, end - begin);
      const bool is_document = !delimiter.empty() && !is_digit(delimiter.front());
      while (is_document && at_ < text_.size()) {
        const Span line = line_at(at_);
        at_ = line.end + 1;
        if (trim(line.of(text_)) == delimiter) {
          break;
        }
      }
    }
  }

  void
  take(Span at)
  {
    const std::string_view text = at.of(text_);
    const std::size_t end = std::min(text.find_first_of(" \t\r\n"), text.size());
    std::string word = to_lower(text.substr(0, end));
    const Span arguments{std::min(at.begin + end, at.end), at.end};
    if (word == "onbuild") {
      const std::size_t next = text_.find_first_not_of(" \t", arguments.begin);
      // ONBUILD ONBUILD is no instruction, so that this goes no deeper.
      if (next < at.end && !to_lower(text_.substr(next, 7)).starts_with("onbuild")) {
        take({next, at.end});
      }
    } else if (word == "arg" || word == "env") {
      declare(arguments, word == "env");
    } else if (word == "run") {
      run(arguments);
    } else if (word == "copy" || word == "add") {
      copy(arguments);
    } else if (word == "cmd" || word == "entrypoint" || word == "healthcheck") {
      start(arguments);
    }
  }

  [[nodiscard]] std::uint32_t
  line_of(std::size_t at) const
  {
    return source_.position(std::min(at, text_.size())).line;
  }

  /// `NAME=VALUE …`, `NAME`, and the old `ENV NAME VALUE`.
  void
  declare(Span arguments, bool is_env)
  {
    const std::string_view text = shell_;
    const script::Tree tree = script::parse(text, arguments);
    if (tree.fault) {
      seen_.gap(line_of(tree.fault->at), tree.fault->why);
    }
    bool is_first = true;
    for (const script::Node& node : tree.commands) {
      for (const script::Assignment& assignment : node.assignments) {
        if (!script::is_handed_on(text, assignment)) {
          seen_.give(assignment.name.of(text), line_of(assignment.at.begin),
                     script::literal_of(text, assignment.value.pieces));
        }
      }
      declare_words(node, is_first && is_env);
      is_first = false;
    }
  }

  /// Names alone, or in the old form one name with its value.
  void
  declare_words(const script::Node& node, bool may_be_old)
  {
    const std::string_view text = shell_;
    const bool is_old = may_be_old && node.assignments.empty() && node.words.size() > 1;
    for (std::size_t i = 0; i < (is_old ? 1 : node.words.size()); ++i) {
      const script::Word& word = node.words[i];
      std::optional<std::string> literal;
      if (is_old) {
        literal = std::string(Span{node.words[1].at.begin, node.words.back().at.end}.of(text));
      }
      if (word.at.of(text).find('=') == std::string_view::npos) {
        seen_.give(word.at.of(text), line_of(word.at.begin),
                   literal && literal->find('$') == std::string::npos ? literal : std::nullopt);
      }
    }
  }

  /// What secrets it is given, and which dotenv files it reads.
  void
  run(Span arguments)
  {
    std::string_view text = trim(arguments.of(text_));
    while (text.starts_with("--")) {
      const std::string_view option = text.substr(0, text.find_first_of(" \t\n"));
      const std::size_t env = option.starts_with("--mount=type=secret") ? option.find(",env=") : std::string_view::npos;
      if (env != std::string_view::npos) {
        const std::string_view rest = option.substr(env + 5);
        seen_.give(rest.substr(0, rest.find(',')), line_of(static_cast<std::size_t>(text.data() - text_.data())));
      }
      text = trim(text.substr(option.size()));
    }
    if (!text.starts_with('[') && escape_ == '\\') {
      script::Facts facts = script::facts_of(text, {.dialect = "dash"});
      std::erase_if(facts.mentions, [](const auto& mention) { return mention.kind == SightingKind::read; });
      std::erase_if(facts.programs,
                    [](const auto& program) { return program.runs == script::Facts::Program::Runs::here; });
      facts.dynamic.clear();
      tell(text, facts);
    }
  }

  /// Scripts that COPY and ADD write. The builder replaces what is in a here-document whose end has no quotes.
  void
  copy(Span arguments)
  {
    const std::string_view text = arguments.of(text_);
    if (text.find("<<") != std::string_view::npos && escape_ == '\\') {
      script::Facts facts;
      facts.programs = script::facts_of(text, {.dialect = "dash"}).programs;
      tell(text, facts);
    }
  }

  /// A command of the container, in shell form or as a list in JSON.
  void
  start(Span arguments)
  {
    std::string_view text = trim(arguments.of(text_));
    // With the other escape it is no POSIX shell that runs it.
    if (to_lower(text.substr(0, 4)) == "none" || escape_ != '\\') {
      return;
    }
    const std::size_t command = text.starts_with("--") ? to_lower(text).find("cmd") : 0;
    text = trim(text.substr(command == std::string_view::npos ? 0 : command + (text.starts_with("--") ? 3 : 0)));
    if (to_lower(text.substr(0, 4)) == "cmd ") {
      text = trim(text.substr(4));
    }
    if (!text.starts_with('[')) {
      tell(text, script::facts_of(text, {.dialect = "dash"}));
      return;
    }
    const auto list = read_json_data(text);
    const Value words = list ? list->root() : Value();
    const std::string_view script = words.item(2).text();
    script::tell(script::facts_of_words(words.item(0).text(), words.item(1).text(), script),
                 script::Lines(source_, script, line_of(arguments.begin)), {.here = {}, .beside = {}}, seen_);
  }

  void
  tell(std::string_view text, const script::Facts& facts)
  {
    script::tell(facts, script::Lines(source_, text, 1), script::in_directory_of(source_), seen_);
  }

  const gate::SourceText& source_;
  std::string_view text_;
  Sightings& seen_;
  std::size_t at_ = 0;
  char escape_ = '\\';
  std::string shell_;  ///< the text with the escape that a shell knows
};

void
look(const gate::SourceText& source, Sightings& seen)
{
  Reader(source, seen).look();
}

}  // namespace

extern const Language language_dockerfile{
    .id = "dockerfile", .title = "Dockerfile", .has = has, .words = {}, .look = look};

}  // namespace sluice::env
