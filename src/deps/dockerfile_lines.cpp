// SPDX-License-Identifier: Apache-2.0
#include "deps/dockerfile_lines.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>

namespace sluice::deps {

namespace {

constexpr std::string_view blanks = " \t\r\f\v";

/// A here-document that an instruction announces: <<EOF, <<-EOF, <<"EOF", perhaps with a number in front.
struct HereDocument
{
  std::string_view name;
  bool may_be_indented = false;
};

std::optional<HereDocument>
here_document_in(std::string_view word)
{
  word.remove_prefix(std::min(word.find_first_not_of("0123456789"), word.size()));
  if (!word.starts_with("<<")) {
    return std::nullopt;
  }
  word.remove_prefix(2);
  HereDocument document;
  document.may_be_indented = word.starts_with('-');
  word.remove_prefix(document.may_be_indented ? 1 : 0);
  if (word.size() > 2 && (word.front() == '"' || word.front() == '\'') && word.back() == word.front()) {
    word = word.substr(1, word.size() - 2);
  }
  document.name = word;
  return word.empty() || word.find('<') != std::string_view::npos ? std::nullopt : std::optional(document);
}

class Reader
{
public:
  explicit Reader(std::string_view text)
      : lines_(lines_of(text))
  {}

  DockerInstructions
  run()
  {
    read_directives();
    while (at_ < lines_.size()) {
      const std::string_view line = trim(lines_[at_]);
      if (line.empty() || line.starts_with('#')) {
        ++at_;
      } else {
        read_instruction();
      }
    }
    return std::move(result_);
  }

private:
  /// "# escape=`" among the comments of the form "# key=value" at the very top.
  void
  read_directives()
  {
    for (; at_ < lines_.size(); ++at_) {
      const std::string_view line = trim(lines_[at_]);
      const std::size_t equals = line.find('=');
      if (!line.starts_with('#') || equals == std::string_view::npos) {
        return;
      }
      if (to_lower(trim(line.substr(1, equals - 1))) == "escape" && trim(line.substr(equals + 1)) == "`") {
        escape_ = '`';
      }
    }
  }

  void
  read_instruction()
  {
    words_.clear();
    bool is_in_word = false;
    for (bool goes_on = true; goes_on && at_ < lines_.size(); ++at_) {
      std::string_view line = lines_[at_];
      const std::string_view content = trim(line);
      if (!words_.empty() && (content.empty() || content.starts_with('#'))) {
        continue;
      }
      line = line.substr(0, line.find_last_not_of(blanks) + 1);
      goes_on = line.ends_with(escape_);
      line.remove_suffix(goes_on ? 1 : 0);
      is_in_word = add_words(line, is_in_word);
    }
    conclude();
  }

  /// Whether the line ends within a word, which then goes on at the beginning of the next.
  bool
  add_words(std::string_view line, bool is_in_word)
  {
    for (std::size_t begin = 0; begin < line.size();) {
      const std::size_t end = std::min(line.find_first_of(blanks, begin), line.size());
      if (end == begin) {
        ++begin;
        is_in_word = false;
        continue;
      }
      if (is_in_word) {
        words_.back().text.append(line.substr(begin, end - begin));
      } else {
        words_.push_back({std::string(line.substr(begin, end - begin)), static_cast<std::uint32_t>(at_ + 1)});
      }
      is_in_word = true;
      begin = end;
    }
    return is_in_word;
  }

  void
  conclude()
  {
    const std::size_t name = !words_.empty() && to_lower(words_.front().text) == "onbuild" ? 1 : 0;
    if (words_.size() <= name) {
      return;
    }
    DockerInstruction instruction{to_lower(words_[name].text), {}, words_[name].line};
    instruction.words.assign(words_.begin() + static_cast<std::ptrdiff_t>(name) + 1, words_.end());
    constexpr std::array<std::string_view, 3> with_documents{"run", "copy", "add"};
    if (std::find(with_documents.begin(), with_documents.end(), instruction.name) != with_documents.end()) {
      for (const DockerWord& word : instruction.words) {
        if (const auto document = here_document_in(word.text)) {
          skip(*document, instruction.line);
        }
      }
    }
    result_.all.push_back(std::move(instruction));
  }

  void
  skip(const HereDocument& document, std::uint32_t announced)
  {
    for (; at_ < lines_.size(); ++at_) {
      std::string_view line = lines_[at_];
      line.remove_suffix(line.ends_with('\r') ? 1 : 0);
      if (document.may_be_indented) {
        line.remove_prefix(std::min(line.find_first_not_of('\t'), line.size()));
      }
      if (line == document.name) {
        ++at_;
        return;
      }
    }
    result_.unended = announced;
  }

  std::vector<std::string_view> lines_;
  std::size_t at_ = 0;
  char escape_ = '\\';
  std::vector<DockerWord> words_;
  DockerInstructions result_;
};

}  // namespace

DockerInstructions
read_docker_instructions(std::string_view text)
{
  return Reader(text).run();
}

}  // namespace sluice::deps
