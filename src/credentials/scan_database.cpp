// SPDX-License-Identifier: Apache-2.0
//
// Compiling some hundred expressions takes Vectorscan longer than scanning a small repository, so the database is made
// at build time and shipped inside the program. A database carries the processor features that it was compiled for and
// is refused by a machine without them: left alone, an image built on a new machine would fail on an old runner. So the
// platform is given explicitly, with no feature at all; the code that scans still picks the processor's own variant
// when it runs. A database of another version of the library is refused too (a shared library was upgraded); then the
// expressions, which are in the program as well, are compiled on the spot.
#include "credentials/scan_database.hpp"

#include <hs/hs.h>

#include <cstdlib>
#include <vector>

namespace sluice::credentials {

namespace {

constexpr unsigned expression_flags = 0;

std::string
take_message(hs_compile_error_t* error)
{
  std::string message = error != nullptr && error->message != nullptr ? error->message : "out of memory";
  hs_free_compile_error(error);
  return message;
}

}  // namespace

Result<MatchWidth>
width_of(std::string_view expression)
{
  hs_expr_info_t* info = nullptr;
  hs_compile_error_t* error = nullptr;
  if (hs_expression_info(std::string(expression).c_str(), expression_flags, &info, &error) != HS_SUCCESS) {
    return fail(ErrorKind::input, "{}", take_message(error));
  }
  const MatchWidth width{info->min_width, info->max_width};
  std::free(info);  // the library's documented way: its misc allocator is malloc unless it was replaced
  return width;
}

ScanDatabase::ScanDatabase(hs_database* database)
    : database_(database)
{}

void
ScanDatabase::Free::operator()(hs_database* database) const
{
  hs_free_database(database);
}

Result<ScanDatabase>
ScanDatabase::compile(std::span<const std::string_view> expressions)
{
  const std::vector<std::string> texts(expressions.begin(), expressions.end());  // the library wants a NUL at the end
  std::vector<const char*> pointers;
  std::vector<unsigned> ids;
  for (const std::string& text : texts) {
    ids.push_back(static_cast<unsigned>(ids.size()));
    pointers.push_back(text.c_str());
  }
  const std::vector<unsigned> flags(texts.size(), expression_flags);
  hs_platform_info_t platform{};
  platform.tune = HS_TUNE_FAMILY_GENERIC;
  hs_database_t* database = nullptr;
  hs_compile_error_t* error = nullptr;
  if (hs_compile_multi(pointers.data(), flags.data(), ids.data(), static_cast<unsigned>(texts.size()), HS_MODE_BLOCK,
                       &platform, &database, &error)
      != HS_SUCCESS) {
    const int number = error != nullptr ? error->expression : -1;
    return fail(ErrorKind::input, "expression {}: {}", number, take_message(error));
  }
  return ScanDatabase(database);
}

Result<ScanDatabase>
ScanDatabase::load(std::string_view serialized)
{
  hs_database_t* database = nullptr;
  if (const hs_error_t status = hs_deserialize_database(serialized.data(), serialized.size(), &database);
      status != HS_SUCCESS) {
    return fail(ErrorKind::environment, "scan database: Vectorscan refuses it with status {}", status);
  }
  return ScanDatabase(database);
}

Result<std::string>
ScanDatabase::serialized() const
{
  char* bytes = nullptr;
  std::size_t size = 0;
  if (const hs_error_t status = hs_serialize_database(database_.get(), &bytes, &size); status != HS_SUCCESS) {
    return fail(ErrorKind::internal, "scan database: cannot be written, Vectorscan says {}", status);
  }
  std::string text(bytes, size);
  std::free(bytes);
  return text;
}

ScanScratch::ScanScratch(hs_scratch* scratch)
    : scratch_(scratch)
{}

void
ScanScratch::Free::operator()(hs_scratch* scratch) const
{
  hs_free_scratch(scratch);
}

Result<ScanScratch>
ScanScratch::create(const ScanDatabase& database)
{
  hs_scratch_t* scratch = nullptr;
  if (const hs_error_t status = hs_alloc_scratch(database.get(), &scratch); status != HS_SUCCESS) {
    return fail(ErrorKind::environment, "scan database: no memory to scan with, Vectorscan says {}", status);
  }
  return ScanScratch(scratch);
}

}  // namespace sluice::credentials
