// SPDX-License-Identifier: Apache-2.0
#include "secrets/readings.hpp"
#include "unit/secrets/gate_fixture.hpp"

#include <doctest/doctest.h>

#include <array>

namespace sluice::secrets {

namespace {

/// ASCII in units of so many bytes.
struct Form
{
  std::string_view name;
  std::size_t size;
  bool is_little;
  std::string_view mark = {};
};

constexpr std::string_view little_mark("\xFF\xFE", 2), big_mark("\xFE\xFF", 2), wide_mark("\xFF\xFE\0\0", 4);
constexpr std::array forms{Form{"UTF-16LE", 2, true},
                           Form{"UTF-16BE", 2, false},
                           Form{"UTF-16 with a mark", 2, true, little_mark},
                           Form{"UTF-16BE with a mark", 2, false, big_mark},
                           Form{"UTF-32LE", 4, true, wide_mark},
                           Form{"UTF-32BE", 4, false}};

std::string
in(const Form& form, std::string_view text)
{
  std::string bytes(form.mark);
  for (const char c : text) {
    std::string unit(form.size, '\0');
    (form.is_little ? unit.front() : unit.back()) = c;
    bytes += unit;
  }
  return bytes;
}

/// The one finding there must be, at a place of the decoded text.
void
check_found(const Findings& findings, const std::string& secret)
{
  REQUIRE(findings.found.size() == 1);
  const Finding& finding = findings.found.front();
  CHECK(finding.rule->id == token_rule);
  CHECK(finding.where.begin == Position{2, 7});
  CHECK(finding.excerpt == "TOKEN=" + secret.substr(0, 6) + "…(40 characters)");
  CHECK(fact(finding, "checksum") == "fits");
}

/// A commit whose message is stored as it is given: `git commit` takes no NUL.
std::string
commit_with(GitFixture& git, const std::string& header, const std::string& message)
{
  const std::string person = "Ada <ada@example.org> 1700000000 +0000\n";
  const std::string content = "tree " + git.git({"rev-parse", "HEAD^{tree}"}) + "\nparent "
                              + git.git({"rev-parse", "HEAD"}) + "\nauthor " + person + "committer " + person + header
                              + "\n" + message;
  const std::string id = git.git({"hash-object", "-t", "commit", "-w", "--literally", "--stdin"}, content);
  git.git({"update-ref", "HEAD", id});
  return id;
}

}  // namespace

TEST_CASE("a text of wide characters is read in every scope")
{
  for (const Form& form : forms) {
    CAPTURE(form.name);
    GitFixture git;
    const std::string secret = token(form.name);
    const std::string text = in(form, "first\nTOKEN=" + secret + "\n");
    const std::string before = git.commit("a.txt", "a\n", "Start");
    git.write("b.txt", text);
    check_found(scope(Scope::worktree)(git), secret);
    git.git({"add", "-A"});
    check_found(scope(Scope::staged)(git), secret);
    git.git({"commit", "--quiet", "-m", "Leak"});
    check_found(scope(Scope::history)(git), secret);
    Run run = scope(Scope::range);
    run.range = range_of(git, before, "HEAD");
    check_found(run(git), secret);
    Run input = scope(Scope::standard_input);
    input.standard_input = text;
    check_found(input.without_repository(), secret);
  }
}

TEST_CASE("a wide secret is found in what a delta inserts, and in every version that copies it")
{
  for (const Form& form : forms) {
    CAPTURE(form.name);
    GitFixture git;
    std::string text;
    for (int line = 0; line < 300; ++line) {
      text += "line " + std::to_string(line * 7919) + " of a file that is long enough to be a delta\n";
    }
    git.commit("big.txt", in(form, text), "Start");
    const std::string secret = token(form.name);
    std::string with = text;
    with.insert(with.find('\n', with.size() / 2) + 1, "TOKEN=" + secret + "\n");
    git.commit("big.txt", in(form, with), "Leak");
    git.commit("big.txt", in(form, "version 2\n" + with), "Grow");
    git.git({"gc", "--quiet", "--aggressive", "--prune=now"});
    const Findings findings = scope(Scope::history)(git);
    REQUIRE(findings.found.size() == 1);
    CHECK(fact(findings.found[0], "seen") == "2 times");
    git.commit("big.txt", in(form, text), "Remove");
    git.git({"gc", "--quiet", "--aggressive", "--prune=now"});
    CHECK(scope(Scope::history)(git).found.size() == 1);
  }
}

TEST_CASE("a wide secret that a delta completes is found, whatever byte of it is new")
{
  GitFixture git;
  const Form& form = forms[2];
  std::string text;
  for (int line = 0; line < 300; ++line) {
    text += "line " + std::to_string(line * 7919) + " of a file that is long enough to be a delta\n";
  }
  const std::string secret = token("completed");
  std::string without = secret;
  without[20] = '-';
  git.commit("big.txt", in(form, text + without + "\n" + text), "Start");
  git.commit("big.txt", in(form, text + secret + "\n" + text + "end\n"), "Complete");
  git.git({"gc", "--quiet", "--aggressive", "--prune=now"});
  CHECK(scope(Scope::history)(git).found.size() == 1);
}

TEST_CASE("bytes that are wide in part are read as what they are in each part")
{
  GitFixture git;
  const std::string wide = token("wide"), plain = token("plain"), again = token("again");
  git.commit("a.txt", "A=" + plain + "\n" + in(forms[0], "B=" + wide + "\n") + "C=" + again + "\n", "Mixed");
  const Findings findings = scope(Scope::history)(git);
  REQUIRE(findings.found.size() == 3);
  for (const Finding& finding : findings.found) {
    CHECK(finding.where.begin.column == 3);
    CHECK(fact(finding, "seen") == "1 time");
  }
}

TEST_CASE("a byte order mark does not hide bytes that are no wide text")
{
  Run run = scope(Scope::standard_input);
  for (const std::string_view mark : {little_mark, big_mark, wide_mark}) {
    run.standard_input = std::string(mark) + "x\nTOKEN=" + token("marked") + std::string("\n\0", 2);
    CHECK(run.without_repository().found.size() == 1);
  }
}

TEST_CASE("a mark on a line of wide text counts")
{
  GitFixture git;
  const std::string line = "TOKEN=" + token("allowed") + " # sluice:allow[github-personal-access-token] a sample\n";
  git.commit("a.txt", in(forms[2], line), "Leak");
  const Findings findings = scope(Scope::history)(git);
  REQUIRE(findings.found.size() == 1);
  REQUIRE(findings.found[0].inline_allow);
  CHECK(findings.found[0].inline_allow->reason == "a sample");
}

TEST_CASE("a commit's message of wide characters is read")
{
  for (const Form& form : forms) {
    CAPTURE(form.name);
    GitFixture git;
    const std::string secret = token(form.name);
    const std::string before = git.commit("a.txt", "a\n", "Start");
    commit_with(git, "encoding UTF-16\n", in(form, "Use it\nTOKEN=" + secret + "\n"));
    check_found(scope(Scope::history)(git), secret);
    Run run = scope(Scope::range);
    run.range = range_of(git, before, "HEAD");
    check_found(run(git), secret);
  }
}

}  // namespace sluice::secrets
