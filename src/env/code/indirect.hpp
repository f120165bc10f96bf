// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/code/reads.hpp"

namespace sluice::env::code {

/// Reads whose name is no literal. A file may have any number of them, and each makes us look through the file, so that
/// only the first 32 are followed.
class IndirectReads
{
public:
  enum class Name {
    alone,     ///< a name and nothing else
    composed,  ///< code, or a text with code behind it
  };

  IndirectReads(std::span<const Token> tokens, Sightings& seen)
      : tokens_(tokens),
        seen_(seen)
  {}

  /// Tells the read whose name stands at `at`: of the literal that a constant of the file stands for
  /// (`const PORT_KEY = "PORT"`), of what the calls of the function around it name, or of any name.
  void tell(std::size_t at, const ReadPlace& place, Name name, Unset unset = Unset::unknown);

private:
  std::span<const Token> tokens_;
  Sightings& seen_;
  int left_ = 32;
};

}  // namespace sluice::env::code
