// SPDX-License-Identifier: Apache-2.0
//
// Every case of every format once more as Windows writes it: with a mark, in UTF-16, with carriage returns. What is
// read is the same.
#include "base/encoding.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "deps/listing.hpp"
#include "deps/lockfile.hpp"
#include "support/source_directory.hpp"

#include <doctest/doctest.h>

using namespace sluice;
using namespace sluice::deps;

namespace {

namespace fs = std::filesystem;

std::string
told(const PackageList& list)
{
  std::string text = json_lines(list);
  for (const Gap& gap : list.gaps()) {
    text += std::string(name_of(gap.kind)) + " " + gap.subject + "\n";
  }
  return text;
}

/// Of plain text alone, which is all that lockfiles hold.
std::string
utf16(std::string_view utf8, bool is_little)
{
  std::string text = is_little ? "\xFF\xFE" : "\xFE\xFF";
  for (const char c : utf8) {
    text += is_little ? c : '\0';
    text += is_little ? '\0' : c;
  }
  return text;
}

bool
is_ascii(std::string_view text)
{
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::vector<std::string>
variants(const std::string& text)
{
  std::vector<std::string> all{"\xEF\xBB\xBF" + text};
  if (is_ascii(text)) {
    all.push_back(utf16(text, true));
    all.push_back(utf16(text, false));
  }
  if (text.find('\r') == std::string::npos) {
    all.push_back(replace_all(text, "\n", "\r\n"));
  }
  return all;
}

void
check_variants(const Lockfile& format, const gate::FileTree& tree, const std::string& path, const std::string& text)
{
  const std::string plain = told(read_lockfile(format, path, text, tree));
  for (const std::string& variant : variants(text)) {
    CAPTURE(path);
    CAPTURE(variant.substr(0, 60));
    const Lockfile* found = find_lockfile(path, variant);
    REQUIRE(found != nullptr);
    CHECK(found->id == format.id);
    CHECK(told(read_lockfile(*found, path, variant, tree)) == plain);
  }
}

}  // namespace

TEST_CASE("a mark, UTF-16 and carriage returns change nothing of any format")
{
  std::size_t cases = 0;
  for (const Lockfile* format : lockfiles()) {
    CAPTURE(format->id);
    const fs::path directory = test::source_directory() / "fixtures/deps/lockfiles" / format->id;
    for (const fs::directory_entry& each : fs::directory_iterator(directory)) {
      CAPTURE(each.path().filename().string());
      const gate::DiskTree tree(each.path() / "input");
      for (const std::string& path : tree.list("").files) {
        const auto text = tree.read(path);
        // Text that is marked or broken already is about that.
        if (text && !text->starts_with("\xEF\xBB\xBF") && text->find('\0') == std::string::npos
            && find_lockfile(path, *text) == format) {
          check_variants(*format, tree, path, *text);
          ++cases;
        }
      }
    }
  }
  CHECK(cases > 200);
}
