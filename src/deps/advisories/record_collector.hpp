// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deps/advisories/exploits.hpp"
#include "deps/advisories/import.hpp"

#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sluice::deps {

/// Takes documents from several threads, and gives their records in the order of the documents' names.
class RecordCollector
{
public:
  void take(const std::string& name, std::string_view text);

  /// `count` gets what became of the documents.
  [[nodiscard]] std::vector<Record> finish(ImportCount& count);
  /// What documents said of attacks.
  [[nodiscard]] const ExploitTable&
  exploits() const
  {
    return exploits_;
  }

private:
  void take_document(const std::string& name, const Value& root);
  void note_unreadable(const std::string& name, const Defect& defect);

  std::mutex mutex_;
  std::vector<std::pair<std::string, Record>> records_;
  ExploitTable exploits_;
  ImportCount count_;
};

}  // namespace sluice::deps
