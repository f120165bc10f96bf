// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "finding/finding.hpp"
#include "git/repository.hpp"

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace sluice::test {

/// The value, or an exception that says what failed.
template<typename T>
T
value_of(Result<T> result)
{
  if (!result) {
    throw std::runtime_error(result.error().message);
  }
  return std::move(*result);
}

inline git::Repository
open_repository(const std::filesystem::path& path)
{
  return value_of(git::Repository::open(path));
}

inline git::ObjectId
id_of(std::string_view hex)
{
  return git::ObjectId::from_hex(hex).value();
}

inline std::vector<std::string>
subjects_of(const std::vector<Gap>& gaps)
{
  std::vector<std::string> subjects;
  for (const Gap& gap : gaps) {
    subjects.push_back(gap.subject);
  }
  return subjects;
}

}  // namespace sluice::test
