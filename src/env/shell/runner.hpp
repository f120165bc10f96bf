// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/shell/expansion.hpp"
#include "env/shell/syntax.hpp"
#include "env/shell/variables.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env::shell {

/// How a command ends, as far as that is known without running it.
enum class Status { ok, failed, unknown };

/// Whether a command runs. What one sets that may run or not is not known.
enum class Mode { certain, maybe };

/// Works out what lines set.
class Runner
{
public:
  Runner(std::string_view text, Flavor flavor, Variables& variables)
      : text_(text),
        flavor_(flavor),
        variables_(variables),
        expander_(text, flavor, variables)
  {}

  Status run(const Node& node, Mode mode);
  /// What an error in the line comes to: a refusal, or nothing.
  [[nodiscard]] std::optional<Refusal> end_line();
  /// `return` was met.
  [[nodiscard]] bool
  has_ended() const
  {
    return has_ended_;
  }

private:
  using Words = std::vector<Span>;

  /// What `export`, `readonly` and `declare` do to each variable that they name.
  struct Declaration
  {
    bool exports = false;
    bool keeps_in = false;  ///< no program sees it any more
    bool is_readonly = false;
    bool is_array = false;
  };

  [[nodiscard]] bool
  stops() const
  {
    return has_ended_ || fault_ != Fault::none;
  }
  Status noted(Status status);
  Status sequence(const std::vector<Node>& parts, Mode mode);
  Status chain(const Node& node, Mode mode);
  Status choice(const Node& node, Mode mode);
  Status simple(const Node& node, Mode mode);
  void assign(const Assignment& assignment, Mode mode, Expander::Tilde tilde);
  Status command(std::string_view name, const Words& words, Mode mode);
  void declare(std::string_view name, const Words& words, Mode mode);
  void take_option(std::string_view name, Span word, Declaration& declaration);
  void declare_word(Span word, Mode mode, const Declaration& declaration);
  std::string declare_expanded(Span word, Mode mode);
  void unset(const Words& words, Mode mode);
  void set(const Words& words);
  void read_names(const Words& words);
  void fail(Fault fault, const char* why, std::size_t at);
  [[nodiscard]] std::string plain_name(Span word) const;
  [[nodiscard]] bool comes_to_nothing(Span word);
  [[nodiscard]] bool is_substitution(std::string_view word) const;
  [[nodiscard]] static bool has_command(std::string_view word);

  std::string_view text_;
  Flavor flavor_;
  Variables& variables_;
  Expander expander_;
  bool has_ended_ = false;
  Fault fault_ = Fault::none;
  const char* why_ = nullptr;
  std::size_t at_ = 0;
};

}  // namespace sluice::env::shell
