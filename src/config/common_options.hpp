// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/option_table.hpp"
#include "finding/policy.hpp"

#include <map>
#include <string>
#include <vector>

namespace sluice {

/// What `--baseline FILE` is for.
enum class BaselineAction { check, create, update };

template<> struct EnumNames<BaselineAction>
{
  static constexpr std::array<std::string_view, 3> names{"check", "create", "update"};
};

/// What tells of progress on standard error: a line on a terminal, lines for a program, or nothing.
enum class ProgressChoice { automatic, lines, never };

template<> struct EnumNames<ProgressChoice>
{
  static constexpr std::array<std::string_view, 3> names{"auto", "lines", "never"};
};

enum class ColourChoice { automatic, always, never };

template<> struct EnumNames<ColourChoice>
{
  static constexpr std::array<std::string_view, 3> names{"auto", "always", "never"};
};

}  // namespace sluice

namespace sluice::config {

/// The options that every gate has and that mean the same in each.
struct CommonOptions
{
  std::string repo = ".";
  std::string config;
  std::string base;
  std::string head;
  std::string default_branch;
  std::string as_of;  ///< YYYY-MM-DD; empty: today
  FailOn fail_on = FailOn::low;
  Confidence min_confidence = Confidence::low;
  std::map<std::string, Severity> severity;
  std::vector<std::string> disable;  ///< rule ids
  std::vector<std::string> preview;  ///< rule ids, or "all"
  std::vector<std::string> trusted_branches;
  std::vector<Suppression> allow;
  std::vector<AcceptedGap> accept_gaps;
  InlineComments inline_comments = InlineComments::honour;
  std::string baseline;
  BaselineAction baseline_action = BaselineAction::check;
  std::vector<std::string> format;
  bool pre_commit = false;
  bool pre_push = false;
  bool pre_receive = false;
  Asked asked = Asked::by_name;
  bool report_only = false;
  bool all_rule_texts = false;
  ProgressChoice progress = ProgressChoice::automatic;
  bool quiet = false;
  bool verbose = false;
  ColourChoice colour = ColourChoice::automatic;
  std::int64_t threads = 0;
  bool show_config = false;
  bool help = false;
  bool version = false;
};

void describe(CommonOptions& options, OptionTable& table);
/// Only the part that says what is printed where; `sluice report` judges nothing.
void describe_output(CommonOptions& options, OptionTable& table);
void describe(Suppression& entry, OptionTable& table);
void describe(AcceptedGap& entry, OptionTable& table);

}  // namespace sluice::config
