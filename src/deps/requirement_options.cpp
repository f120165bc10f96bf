// SPDX-License-Identifier: Apache-2.0
#include "deps/requirement_options.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace sluice::deps {

namespace {

struct KnownOption
{
  std::string_view name, brief;
  bool takes_value = true;
  std::string_view stands_for = {};  ///< another name for that one
};

/// Those of pip now and in the past (pip.pypa.io, "Requirements File Format"), of a file as of one requirement.
constexpr std::array<KnownOption, 29> known{{{"--requirement", "-r"},
                                             {"--constraint", "-c"},
                                             {"--editable", "-e"},
                                             {"--index-url", "-i"},
                                             {"--pypi-url", "", true, "--index-url"},
                                             {"--extra-index-url", ""},
                                             {"--no-index", "", false},
                                             {"--find-links", "-f"},
                                             {"--no-binary", ""},
                                             {"--only-binary", ""},
                                             {"--prefer-binary", "", false},
                                             {"--require-hashes", "", false},
                                             {"--pre", "", false},
                                             {"--all-releases", ""},
                                             {"--only-final", ""},
                                             {"--trusted-host", ""},
                                             {"--use-feature", ""},
                                             {"--hash", ""},
                                             {"--global-option", ""},
                                             {"--install-option", ""},
                                             {"--config-settings", "-C"},
                                             {"--config-setting", "", true, "--config-settings"},
                                             {"--process-dependency-links", "", false},
                                             {"--use-wheel", "", false},
                                             {"--no-use-wheel", "", false},
                                             {"--always-unzip", "-Z", false},
                                             {"--allow-all-external", "", false},
                                             {"--allow-external", ""},
                                             {"--allow-unverified", ""}}};

/// Words as a POSIX shell has them; nothing if a quote is not closed.
std::optional<std::vector<std::string>>
shell_words(std::string_view text)
{
  std::vector<std::string> words;
  std::string word;
  bool is_in_word = false;
  char quote = '\0';
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const char next = at + 1 < text.size() ? text[at + 1] : '\0';
    if (c == '\\' && quote != '\'' && (quote == '\0' || next == '"' || next == '\\')) {
      if (next == '\0') {
        return std::nullopt;
      }
      word += next;
      is_in_word = true;
      ++at;
    } else if (quote != '\0' ? c == quote : c == '"' || c == '\'') {
      quote = quote == '\0' ? c : '\0';
      is_in_word = true;
    } else if (quote == '\0' && (c == ' ' || c == '\t')) {
      if (is_in_word) {
        words.push_back(std::move(word));
        word.clear();
      }
      is_in_word = false;
    } else {
      word += c;
      is_in_word = true;
    }
  }
  if (is_in_word) {
    words.push_back(std::move(word));
  }
  return quote == '\0' ? std::optional(std::move(words)) : std::nullopt;
}

/// By its whole name, or by a beginning that only one has.
const KnownOption*
long_option(std::string_view name)
{
  const KnownOption* found = nullptr;
  std::size_t count = 0;
  for (const KnownOption& each : known) {
    if (each.name == name) {
      return &each;
    }
    if (name.size() > 2 && each.name.starts_with(name)) {
      found = &each;
      ++count;
    }
  }
  return count == 1 ? found : nullptr;
}

const KnownOption*
short_option(std::string_view brief)
{
  const auto* const found =
      std::find_if(known.begin(), known.end(), [brief](const KnownOption& each) { return each.brief == brief; });
  return found == known.end() ? nullptr : &*found;
}

class OptionReader
{
public:
  OptionReader(std::vector<std::string> words, RequirementParts& parts)
      : words_(std::move(words)),
        parts_(parts)
  {}

  void
  run()
  {
    for (; at_ < words_.size() && parts_.defect.empty(); ++at_) {
      const std::string_view word = words_[at_];
      if (word == "--") {
        parts_.left_over.insert(parts_.left_over.end(), words_.begin() + static_cast<std::ptrdiff_t>(at_) + 1,
                                words_.end());
        return;
      }
      if (word.starts_with("--")) {
        const std::size_t sign = word.find('=');
        take(long_option(word.substr(0, sign)),
             sign == std::string_view::npos ? std::nullopt : std::optional(word.substr(sign + 1)));
      } else if (word.size() > 1 && word.front() == '-') {
        take(short_option(word.substr(0, 2)), word.size() > 2 ? std::optional(word.substr(2)) : std::nullopt);
      } else {
        parts_.left_over.emplace_back(word);
      }
    }
  }

private:
  void
  take(const KnownOption* option, std::optional<std::string_view> value)
  {
    const std::string& word = words_[at_];
    if (option == nullptr) {
      parts_.defect = fmt::format("{} is no option of pip", printable(word));
      return;
    }
    if (!option->takes_value && value) {
      parts_.defect = fmt::format("{} takes no value", option->name);
      return;
    }
    std::string taken(value.value_or(std::string_view()));
    if (option->takes_value && !value) {
      if (at_ + 1 == words_.size()) {
        parts_.defect = fmt::format("{} has no value", printable(word));
        return;
      }
      taken = words_[++at_];
    }
    parts_.options.push_back({option->stands_for.empty() ? option->name : option->stands_for, std::move(taken)});
  }

  std::vector<std::string> words_;
  RequirementParts& parts_;
  std::size_t at_ = 0;
};

}  // namespace

const RequirementOption*
RequirementParts::find(std::string_view name) const
{
  const auto found =
      std::find_if(options.begin(), options.end(), [name](const RequirementOption& each) { return each.name == name; });
  return found == options.end() ? nullptr : &*found;
}

std::string
RequirementParts::hashes() const
{
  std::string all;
  for (const RequirementOption& each : options) {
    if (each.name == "--hash") {
      all.append(all.empty() ? "" : " ").append(each.value);
    }
  }
  return all;
}

RequirementParts
requirement_parts(std::string_view line)
{
  RequirementParts parts;
  line = trim(line);
  std::size_t at = 0;
  while (at < line.size() && line[at] != '-') {
    at = std::min(line.find_first_of(" \t", at), line.size());
    at = std::min(line.find_first_not_of(" \t", at), line.size());
  }
  parts.requirement = trim(line.substr(0, at));
  auto words = shell_words(line.substr(at));
  if (words) {
    OptionReader(*std::move(words), parts).run();
  } else {
    parts.defect = "a quote among its options is not closed";
  }
  return parts;
}

}  // namespace sluice::deps
