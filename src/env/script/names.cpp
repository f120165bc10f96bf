// SPDX-License-Identifier: Apache-2.0
#include "env/script/names.hpp"

#include "base/text.hpp"
#include "env/script/words.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace sluice::env::script {

namespace {

constexpr auto of_shell = std::to_array<std::string_view>(
    {"BASH",      "BASHOPTS",  "BASHPID", "COPROC",     "DIRSTACK",  "EPOCHREALTIME", "EPOCHSECONDS",
     "EUID",      "FUNCNAME",  "GROUPS",  "HISTCMD",    "IFS",       "LINENO",        "MAPFILE",
     "OPTARG",    "OPTERR",    "OPTIND",  "PIPESTATUS", "PPID",      "PS1",           "PS2",
     "PS3",       "PS4",       "RANDOM",  "REPLY",      "SECONDS",   "SHELLOPTS",     "SRANDOM",
     "UID",       "_",         "argv",    "pipestatus", "status",    "match",         "mbegin",
     "mend",      "funcstack", "fpath",   "commands",   "functions", "options",       "signals",
     "parameters"});

/// Of os-release(5) and of Ubuntu's lsb-release.
constexpr auto of_release =
    std::to_array<std::string_view>({"ID", "ID_LIKE", "NAME", "PRETTY_NAME", "VERSION", "VERSION_ID",
                                     "VERSION_CODENAME", "UBUNTU_CODENAME", "VARIANT_ID", "PLATFORM_ID", "BUILD_ID",
                                     "DISTRIB_ID", "DISTRIB_RELEASE", "DISTRIB_CODENAME", "DISTRIB_DESCRIPTION"});

/// Commands whose words are names that they set, from the word of this number on.
struct Setter
{
  std::string_view command;
  std::string_view with_argument;  ///< options that take the next word, which is no name
  bool is_local;
};

constexpr auto setters = std::to_array<Setter>({{"read", "dinNptu", false},
                                                {"mapfile", "dnOsuCc", false},
                                                {"readarray", "dnOsuCc", false},
                                                {"unset", "", false},
                                                {"local", "", true},
                                                {"declare", "", true},
                                                {"typeset", "", true},
                                                {"integer", "", true},
                                                {"readonly", "", false},
                                                {"vared", "pr", false}});

constexpr auto taking_in = std::to_array<std::string_view>({".", "source", "eval", "source_env", "use", "layout"});

bool
is_lower_case(std::string_view name)
{
  return std::none_of(name.begin(), name.end(), is_upper);
}

bool
contains(Span span, std::size_t at)
{
  return span.begin <= at && at < span.end;
}

}  // namespace

bool
is_of_shell(std::string_view name)
{
  return std::find(of_shell.begin(), of_shell.end(), name) != of_shell.end() || name.starts_with("BASH_")
         || name.starts_with("BATS_") || name.starts_with("COMP_") || name.starts_with("READLINE_");
}

void
Names::add(const Tree& tree)
{
  const Tree* outer = std::exchange(tree_, &tree);
  list(tree.commands);
  for (const Document& document : tree.documents) {
    pieces(document.body.pieces);
  }
  tree_ = outer;
}

void
Names::settle()
{
  const auto by_place = [](const auto& a, const auto& b) { return a.at.begin < b.at.begin; };
  for (auto& [name, bound] : bindings_) {
    std::sort(bound.all.begin(), bound.all.end(), by_place);
    const auto first =
        std::find_if(bound.all.begin(), bound.all.end(), [](const Binding& binding) { return !binding.is_local; });
    bound.first_end = first == bound.all.end() ? std::string_view::npos : first->at.end;
  }
  std::sort(functions_.begin(), functions_.end(), by_place);
  std::sort(loops_.begin(), loops_.end(), by_place);
}

void
Names::bind(std::string_view name, Span at, bool is_local)
{
  const auto found = bindings_.find(name);
  Bound& bound = found == bindings_.end() ? bindings_[std::string(name)] : found->second;
  bound.all.push_back({at, is_local && function_depth_ > 0});
}

void
Names::list(const std::vector<Node>& nodes)
{
  for (const Node& each : nodes) {
    node(each);
  }
}

void
Names::node(const Node& node)
{
  if (node.kind == Node::Kind::simple) {
    command(node);
  }
  if (node.kind == Node::Kind::loop && node.name.size() > 0) {
    bind(node.name.of(text_), node.name);
  }
  words(node);
  range(node);
}

/// Goes through the parts, and keeps the outermost loops and functions.
void
Names::range(const Node& node)
{
  const bool is_function = node.kind == Node::Kind::function;
  const bool is_loop = node.kind == Node::Kind::loop;
  if (is_function && function_depth_ == 0) {
    functions_.push_back({node.at, std::string(node.name.of(text_))});
  }
  if (is_loop && loop_depth_ == 0) {
    loops_.push_back({node.at, {}});
  }
  function_depth_ += is_function ? 1 : 0;
  loop_depth_ += is_loop ? 1 : 0;
  list(node.parts);
  function_depth_ -= is_function ? 1 : 0;
  loop_depth_ -= is_loop ? 1 : 0;
}

void
Names::words(const Node& node)
{
  for (const Word& word : node.words) {
    pieces(word.pieces);
  }
  for (const Redirection& redirection : node.redirections) {
    pieces(redirection.target.pieces);
  }
  for (const Assignment& assignment : node.assignments) {
    pieces(assignment.value.pieces);
    for (const Word& item : assignment.items) {
      pieces(item.pieces);
    }
  }
}

void
Names::pieces(const std::vector<Piece>& all)
{
  for (const Piece& piece : all) {
    if (piece.kind == Piece::Kind::commands) {
      list(tree_->lists[piece.commands]);
      continue;
    }
    if (piece.form == Piece::Form::assigned || piece.form == Piece::Form::set_in_sum) {
      bind(piece.name.of(text_), piece.at);
    }
    pieces(piece.inside);
  }
}

void
Names::command(const Node& node)
{
  const std::string first =
      node.words.empty() ? std::string() : literal_of(text_, node.words.front().pieces).value_or("");
  const auto setter =
      std::find_if(setters.begin(), setters.end(), [&](const Setter& each) { return each.command == first; });
  for (const Assignment& assignment : node.assignments) {
    // In front of a command it is the command's alone.
    if (node.words.empty() || assignment.at.begin > node.words.front().at.begin) {
      bind(assignment.name.of(text_), assignment.at, setter != setters.end() && setter->is_local);
    }
  }
  if (first == "." || first == "source") {
    of_system(node);
  }
  has_strangers_ = has_strangers_ || std::find(taking_in.begin(), taking_in.end(), first) != taking_in.end();
  if (setter != setters.end()) {
    named_by(node, static_cast<std::size_t>(setter - setters.begin()));
  } else if (first == "getopts" && node.words.size() > 2) {
    bind(literal_of(text_, node.words[2].pieces).value_or(""), node.words[2].at);
  } else if (first == "printf" && node.words.size() > 2 && node.words[1].at.of(text_) == "-v") {
    bind(literal_of(text_, node.words[2].pieces).value_or(""), node.words[2].at);
  } else if (first == "let") {
    for (const Word& word : node.words) {
      const std::string_view written = word.at.of(text_);
      bind(written.substr(0, written.find_first_of("=+-*/%")), word.at);
    }
  }
}

/// `. /etc/os-release` sets what the file is known to hold.
void
Names::of_system(const Node& node)
{
  for (const Word& word : node.words) {
    if (word.at.of(text_).find("os-release") != std::string_view::npos
        || word.at.of(text_).find("lsb-release") != std::string_view::npos) {
      for (const std::string_view name : of_release) {
        bind(name, word.at);
      }
    }
  }
}

/// The words of a command that are names and no options.
void
Names::named_by(const Node& node, std::size_t first)
{
  const Setter& setter = setters[first];
  bool is_argument = false;
  bool is_local = setter.is_local;
  for (std::size_t i = 1; i < node.words.size(); ++i) {
    const std::string_view written = node.words[i].at.of(text_);
    if (std::exchange(is_argument, false)) {
      continue;
    }
    if (written.size() > 1 && written.starts_with('-')) {
      is_argument = is_any_of(written.back(), setter.with_argument);
      is_local = is_local && written.find('g') == std::string_view::npos;
    } else {
      bind(literal_of(text_, node.words[i].pieces).value_or(""), node.words[i].at, is_local);
    }
  }
}

const Names::Range*
Names::range_at(const std::vector<Range>& ranges, std::size_t at)
{
  const auto behind = std::upper_bound(ranges.begin(), ranges.end(), at,
                                       [](std::size_t place, const Range& range) { return place < range.at.begin; });
  return behind != ranges.begin() && contains(std::prev(behind)->at, at) ? &*std::prev(behind) : nullptr;
}

std::optional<std::string>
Names::function_at(std::size_t at) const
{
  const Range* range = range_at(functions_, at);
  return range == nullptr ? std::nullopt : std::optional(range->name);
}

bool
Names::is_set(std::string_view name) const
{
  return bindings_.contains(name) || (setting_.own != nullptr && setting_.own->contains(name));
}

NameSet
Names::all_set() const
{
  NameSet all;
  for (const auto& [name, bound] : bindings_) {
    all.insert(all.end(), name);
  }
  return all;
}

bool
Names::is_own(std::string_view name, std::size_t at, Piece::Form form) const
{
  if (setting_.own != nullptr && setting_.own->contains(name)) {
    return true;
  }
  const auto found = bindings_.find(name);
  if (found == bindings_.end()) {
    return false;
  }
  const auto& [all, first_end] = found->second;
  const bool is_other = all.size() > 1 || !contains(all.front().at, at);
  if (range_at(functions_, at) != nullptr) {
    return is_other;
  }
  if (first_end <= at) {
    return true;
  }
  const bool is_plain = form == Piece::Form::plain || form == Piece::Form::in_sum;
  if (!is_plain || !is_other) {
    return false;
  }
  const Range* loop = range_at(loops_, at);
  const auto in_loop =
      std::lower_bound(all.begin(), all.end(), loop == nullptr ? text_.size() : loop->at.begin,
                       [](const Binding& binding, std::size_t place) { return binding.at.begin < place; });
  return is_lower_case(name) || (loop != nullptr && in_loop != all.end() && contains(loop->at, in_loop->at.begin));
}

}  // namespace sluice::env::script
