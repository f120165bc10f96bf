// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/dialect.hpp"
#include "env/language.hpp"
#include "env/stage.hpp"
#include "gate/source_text.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace sluice::env {

/// A program of this repository that reads a dotenv file.
struct Reader
{
  const Dialect* dialect = nullptr;  ///< never null
  std::string path;                  ///< of the file that says so; empty: nothing does, and the reader is presumed
  std::uint32_t line = 0;
  std::string_view how;  ///< "env_file"
  Load::To to = Load::To::unknown;
};

/// How the bytes of a file are written, where that matters to who reads it.
enum class EncodingFault { byte_order_mark, utf16, not_utf8, nul, carriage_returns };

/// A dotenv file with what each of its readers makes of it.
struct DotenvFile
{
  gate::SourceText source;
  std::string environment;  ///< empty: of every environment, or of none in particular
  Stage stage = Stage::unknown;
  Phase phase = Phase::runtime;
  bool is_tracked = true;  ///< by git
  std::vector<EncodingFault> faults;
  std::vector<Reader> readers;    ///< one for each dialect, the surest first; never empty
  std::vector<Reading> readings;  ///< what each makes of it

  /// What the surest reader makes of it; where that one refuses the file, the first that does not.
  [[nodiscard]] const Reading& reading() const;
  [[nodiscard]] std::uint32_t line_of(const Entry& entry) const;
  [[nodiscard]] Location location_of(const Entry& entry) const;
};

/// Whether a path is named as dotenv files are: `.env`, `.env.local`, `production.env`, `.dev.vars`; not a schema's or
/// an example's name, nor `.envrc`, which is a script.
[[nodiscard]] bool is_dotenv_path(std::string_view path);

/// The environment that a path names: "production" of `.env.production` and `deploy/production.env`; empty: none.
[[nodiscard]] std::string environment_of(std::string_view path);

/// Reads a file as each of its readers does. References see no environment but the file.
[[nodiscard]] DotenvFile read_dotenv_file(std::string path, std::string text, std::vector<Reader> readers);

}  // namespace sluice::env
