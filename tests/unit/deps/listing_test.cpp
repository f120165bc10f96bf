// SPDX-License-Identifier: Apache-2.0
#include "base/path.hpp"
#include "deps/listing.hpp"
#include "gate/options.hpp"

#include <doctest/doctest.h>

#include <fstream>

using namespace sluice;
using namespace sluice::deps;

namespace {

/// Files outside of a repository.
class Files
{
public:
  Files()
      : directory_(TemporaryDirectory::create("listing").value())
  {}

  void
  write(const std::string& path, std::string_view text) const
  {
    const auto file = directory_.path() / path;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
  }

  [[nodiscard]] gate::CommandOutcome
  list(const std::string& path) const
  {
    const auto options = gate::make_options<gate::NoOptions>();
    const gate::Input input;
    return list_packages({}, {*options, {path}, directory_.path(), input}).value();
  }

private:
  TemporaryDirectory directory_;
};

}  // namespace

TEST_CASE("a file outside of a repository is read with what its format looks for above it")
{
  const Files files;
  files.write("Directory.Packages.props",
              R"(<Project><ItemGroup><PackageVersion Include="A" Version="1.0" /></ItemGroup></Project>)");
  files.write("src/app/app.csproj", R"(<Project><ItemGroup><PackageReference Include="A" /></ItemGroup></Project>)");
  const gate::CommandOutcome outcome = files.list("src/app/app.csproj");
  CHECK(outcome.output.find(R"("name":"A","version":"1.0")") != std::string::npos);
  CHECK(outcome.verdict == Verdict::pass);
}

TEST_CASE("directories above a file tell its format, wherever it lies")
{
  const Files files;
  files.write("requirements/prod.txt", "one==1.0\n");
  CHECK(files.list("requirements/prod.txt").output.find(R"("name":"one")") != std::string::npos);
}

TEST_CASE("a lockfile in UTF-16 is known by its content")
{
  const Files files;
  std::string text("\xFF\xFE");
  for (const char c : std::string_view(R"({"bomFormat": "CycloneDX", "specVersion": "1.5"})")) {
    text.append({c, '\0'});
  }
  files.write("bom.json", text);
  CHECK(files.list("bom.json").verdict == Verdict::pass);
}
