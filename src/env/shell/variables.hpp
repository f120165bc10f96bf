// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "base/environment.hpp"
#include "env/dialect.hpp"
#include "env/shell/word_ends.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env::shell {

/// How a shell goes on after an error.
enum class Fault {
  none,
  line,  ///< bash drops the rest of the line
  file,  ///< the shell ends, or has ended
};

/// A word with its references replaced and its quotes gone.
struct Expanded
{
  std::string value = {};
  bool is_known = true;  ///< false: only running something gives it
  bool expands = false;  ///< a reference was replaced
  Fault fault = Fault::none;
  const char* why = nullptr;  ///< of a fault
};

/// What a shell knows of a variable.
struct Known
{
  std::optional<std::string> value = {};  ///< nothing: it is not set
  bool is_known = true;
};

/// The variables of a shell that reads a file with `set -a`.
class Variables
{
public:
  Variables(const Environment& outer, Flavor flavor)
      : outer_(outer),
        flavor_(flavor)
  {}

  [[nodiscard]] Known get(std::string_view name) const;
  /// Why it cannot be set; null if it was.
  [[nodiscard]] const char* assign(std::string_view name, Expanded value, Span key_at, Span value_at);
  /// An array: it is set, and no program sees it.
  void assign_array(std::string_view name);
  void unset(std::string_view name);
  void set_exported(std::string_view name, bool exported);
  void set_readonly(std::string_view name);

  /// `set -a` and `set +a`.
  void
  set_exports_all(bool exports_all)
  {
    exports_all_ = exports_all;
  }

  /// What programs would see of the variables that the file set.
  [[nodiscard]] Reading take() &&;

private:
  struct Variable
  {
    Known known;
    bool is_exported = false;
    bool is_readonly = false;
    bool is_array = false;
  };
  const Environment& outer_;
  Flavor flavor_;
  bool exports_all_ = true;
  std::map<std::string, Variable, std::less<>> variables_;
  std::vector<Entry> entries_;
  std::size_t bytes_made_ = 0;
};

}  // namespace sluice::env::shell
