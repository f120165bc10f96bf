// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "env/survey.hpp"

#include <functional>
#include <string_view>

namespace sluice::env {

/// A variable that two environments of one project each have a value of their own for.
struct ValuePair
{
  std::string_view name;
  const Target* one = nullptr;  ///< never null, like the other; production is the other one where it is one of them
  const Target* other = nullptr;
  Held first, second;  ///< of `one` and `other`; neither is empty or only points at a secret
};

/// Pairs of environments that strangers can reach, of one directory. What both have from one file is none of their own.
void for_each_deployed_pair(const Survey& survey, const std::function<void(const ValuePair&)>& visit);

/// Every pair of different environments of one directory.
void for_each_pair(const Survey& survey, const std::function<void(const ValuePair&)>& visit);

}  // namespace sluice::env
