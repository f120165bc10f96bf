// SPDX-License-Identifier: Apache-2.0
//
// What a shell can offer on the command lines of our executables, said once and without a shell; a file per shell
// (completion_bash.cpp, …) writes it down in that shell's language.
//
// The model is a tree of the words that choose what is run: `sluice`, `sluice secrets`, `sluice secrets why`. A node
// has the flags and arguments that are understood once its words stand there. `sluice-secrets` is the node
// `sluice secrets` under a name of its own, so that both complete alike without being written twice.
#pragma once

#include "dev/generate.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::dev {

enum class Paths { none, files, directories };

/// What is offered for a value: words, rule ids, or paths if there are neither. Nothing at all: any text will do.
struct Offer
{
  std::vector<std::string> words;
  std::string rules;               ///< the gate whose rule ids are offered, or every_gate; empty: none
  std::vector<std::string> after;  ///< offered after the = that each word is then followed by
  Paths paths = Paths::none;       ///< offered after a word's = if there are words
};

/// Offer::rules of those who know the rules of all gates.
constexpr std::string_view every_gate = "every";

struct CompletedFlag
{
  std::string name;  ///< without its hyphens
  char letter = 0;
  std::string value;  ///< placeholder
  std::string help;
  std::optional<Offer> offer;  ///< nothing: takes no value
  bool is_repeated = false;    ///< may stand several times
};

struct CompletionNode
{
  std::string word;
  std::string help;
  std::vector<CompletedFlag> flags;
  std::vector<Offer> arguments;       ///< in order; the last stands for all that follow
  std::vector<CompletionNode> nodes;  ///< chosen by the word that comes first
  std::string executable;             ///< "sluice-secrets"; empty for what is no executable of its own
  bool is_flag_too = false;           ///< can also be chosen as --word
};

/// The rule ids of a gate.
struct RuleNames
{
  std::string gate;
  std::vector<std::string> ids;
};

struct Completion
{
  CompletionNode root;  ///< `sluice`
  std::vector<RuleNames> rules;
};

[[nodiscard]] Completion completion_of(Gates gates);

[[nodiscard]] std::string bash_completion(const Completion& completion);
[[nodiscard]] std::string zsh_completion(const Completion& completion);
[[nodiscard]] std::string fish_completion(const Completion& completion);
}  // namespace sluice::dev
