// SPDX-License-Identifier: Apache-2.0
#include "base/number.hpp"
#include "base/path.hpp"
#include "base/text.hpp"
#include "promote/hook/hook_run.hpp"
#include "promote/hook/hook_run_excerpt.hpp"
#include "support/processes.hpp"

#include <doctest/doctest.h>

#include <csignal>

using namespace sluice;
using namespace sluice::promote;
using namespace std::chrono_literals;
namespace fs = std::filesystem;
using End = HookOutcome::End;

namespace {

const Environment usual{{"PATH", "/usr/bin:/bin"}};

Hook
hook(std::vector<std::string> run)
{
  Hook made;
  made.run = std::move(run);
  return made;
}

Hook
shell(std::string script)
{
  return hook({"sh", "-c", std::move(script)});
}

/// With a directory of its own to run in.
struct Place
{
  TemporaryDirectory directory = TemporaryDirectory::create().value();
  HookCall call{.step = "deploy", .process = &usual, .directory = directory.path()};

  void
  write(std::string_view name, std::string_view text, fs::perms mode = fs::perms::owner_all) const
  {
    REQUIRE(write_file(directory.path() / name, text));
    fs::permissions(directory.path() / name, mode);
  }
  /// Why it is not there, which a plan says as a run does.
  [[nodiscard]] std::string
  why_not(const Hook& tried) const
  {
    const HookOutcome outcome = run_hook(tried, call);
    CHECK(outcome.end == End::not_found);
    CHECK(missing_program(tried, usual, directory.path()) == outcome.why);
    return outcome.why;
  }
};

HookOutcome
run(const Hook& hook, const Environment& process = usual)
{
  return run_hook(hook, {.step = "deploy", .process = &process});
}

}  // namespace

TEST_CASE("a hook that succeeds needs no reason")
{
  const HookOutcome outcome = run(shell("echo done; echo log >&2"));
  CHECK(outcome.end == End::succeeded);
  CHECK(outcome.status == 0);
  CHECK(outcome.output == "done\n");
  CHECK(outcome.excerpt.find("done") != std::string::npos);
  CHECK(outcome.excerpt.find("log") != std::string::npos);
  CHECK(outcome.why.empty());
}

TEST_CASE("a hook that does not succeed says why")
{
  struct Case
  {
    std::string script;
    End end;
    int status;
    std::string why;
  };
  const std::vector<Case> cases{
      {"exit 3", End::failed, 3, "exit status 3"},
      {"no-such-command", End::failed, 127, "exit status 127, which a shell says of a command that it does not find"},
      {"exit 137", End::failed, 137, "exit status 137, which a shell says of a command that died of SIGKILL"},
      {"exit 255", End::failed, 255, "exit status 255"},
      {"kill -SEGV $$", End::signalled, SIGSEGV, "died of SIGSEGV"},
      {"kill -KILL $$", End::signalled, SIGKILL, "died of SIGKILL, as what takes too much memory does"},
      {"kill -40 $$", End::signalled, 40, "died of signal 40"},
  };
  for (const Case& expected : cases) {
    const HookOutcome outcome = run(shell(expected.script));
    CHECK_MESSAGE(outcome.end == expected.end, expected.script);
    CHECK(outcome.status == expected.status);
    CHECK(outcome.why == expected.why);
  }
}

TEST_CASE("a hook that takes too long is ended with what it started")
{
  Hook slow = shell("sleep 600 & echo $!; wait");
  slow.timeout = 1500ms;
  const HookOutcome outcome = run(slow);
  CHECK(outcome.end == End::timed_out);
  CHECK(outcome.why == "did not end within 1s500ms");
  CHECK_FALSE(test::is_alive(number_of<pid_t>(trim(outcome.output)).value()));
}

TEST_CASE("a step may stop its hook, sees its lines, and learns its number")
{
  std::vector<std::string> lines;
  pid_t started = 0;
  HookCall call{.step = "deploy", .process = &usual};
  call.on_line = [&](std::string_view line) { lines.emplace_back(line); };
  call.on_start = [&](pid_t child) { started = child; };
  call.tick = [&] { return lines.size() < 2; };
  const HookOutcome outcome = run_hook(shell("echo $$; echo two >&2; sleep 600"), call);
  CHECK(outcome.end == End::stopped);
  CHECK(outcome.why == "was stopped before it ended");
  CHECK(lines == std::vector<std::string>{std::to_string(started), "two"});
}

TEST_CASE("a hook has the process's environment but what is not its to know, and the step's variables")
{
  const Environment process{{"PATH", "/nowhere"},          {"TOKEN", "t"},       {"SLUICE_PROMOTE_CONFIG", "kept"},
                            {"SLUICE_NOW", "x"},           {"SLUICE_STEP", "x"}, {"SLUICE_PROMOTE_KILL_AT", "x"},
                            {"SLUICE_FENCING_TOKEN", "x"}, {"SLUICE_TO", "x"},   {"SLUICE_IDEMPOTENCY_KEY", "x"}};
  HookCall call{.step = "deploy", .process = &process};
  call.variables = {{"SLUICE_FENCING_TOKEN", "7"}, {"SLUICE_TO", "production"}};
  CHECK(run_hook(hook({"/usr/bin/env"}), call).output
        == "PATH=/nowhere\nSLUICE_FENCING_TOKEN=7\nSLUICE_PROMOTE_CONFIG=kept\nSLUICE_STEP=deploy\n"
           "SLUICE_TO=production\nTOKEN=t\n");
  call.process = nullptr;
  call.variables.clear();
  CHECK(run_hook(hook({"/usr/bin/env"}), call).output == "SLUICE_STEP=deploy\n");
}

TEST_CASE("a hook reads nothing and asks nobody")
{
  const HookOutcome outcome = run(shell("cat; if (: </dev/tty) 2>/dev/null; then echo terminal; fi; echo end"));
  CHECK(outcome.output == "end\n");
}

TEST_CASE("a program with a slash is seen from the directory, another from PATH")
{
  const Place place;
  fs::create_directory(place.directory.path() / "bin");
  place.write("deploy.sh", "#!/bin/sh\necho \"$0 $1 in $(basename \"$PWD\")\"\n");
  place.write("bin/tool", "#!/bin/sh\necho tool\n");
  const std::string name = place.directory.path().filename().string();
  CHECK(run_hook(hook({"./deploy.sh", "a b"}), place.call).output == "./deploy.sh a b in " + name + "\n");
  const std::string bin = (place.directory.path() / "bin").string();
  const Environment with_bin{{"PATH", "/nowhere:" + bin}};
  HookCall call = place.call;
  call.process = &with_bin;
  CHECK(run_hook(hook({"tool"}), call).output == "tool\n");
  CHECK_FALSE(missing_program(hook({"tool"}), with_bin, place.directory.path()));
}

TEST_CASE("a program of the tree is not found by way of a PATH that is relative")
{
  const Place place;
  place.write("tool", "#!/bin/sh\necho planted\n");
  for (const char* path : {".", "", ":", "/nowhere:", "./"}) {
    const Environment relative{{"PATH", path}};
    CHECK(missing_program(hook({"tool"}), relative, place.directory.path())
          == "tool: is in no directory of PATH (there is ./tool: write it so)");
  }
}

TEST_CASE("what cannot be run says what to do about it")
{
  const Place place;
  fs::create_directory(place.directory.path() / "scripts");
  place.write("plain.sh", "#!/bin/sh\n", fs::perms::owner_read);
  place.write("a b.sh", "#!/bin/sh\n", fs::perms::owner_read);
  place.write("crlf.sh", "#!/bin/sh\r\nexit 0\r\n");
  place.write("strange.sh", "#! /usr/bin/no-such-shell -e\n");
  place.write("env.py", "#!/usr/bin/env no-such-python\n");
  place.write("bare.sh", "#!\n");
  CHECK(place.why_not(hook({})) == "there is no command");
  CHECK(place.why_not(hook({""})) == "the first word of the command names no program");
  CHECK(place.why_not(hook({"no-such-program"})) == "no-such-program: is in no directory of PATH");
  CHECK(place.why_not(hook({"./missing.sh"})) == "./missing.sh: is not there");
  CHECK(place.why_not(hook({"./plain.sh/x"})) == "./plain.sh/x: is not there");
  CHECK(place.why_not(hook({"./scripts"})) == "./scripts: is a directory");
  CHECK(place.why_not(hook({"/dev/null"})) == "/dev/null: is no file");
  CHECK(place.why_not(hook({"./plain.sh"})) == "./plain.sh: is not executable: chmod +x ./plain.sh");
  CHECK(place.why_not(hook({"./a b.sh"})) == "./a b.sh: is not executable: chmod +x './a b.sh'");
  CHECK(place.why_not(hook({"./crlf.sh"}))
        == "./crlf.sh: its lines end with CR LF, so that its interpreter is not found: end them with LF");
  CHECK(place.why_not(hook({"./strange.sh"}))
        == "./strange.sh: its first line asks for /usr/bin/no-such-shell, which is not there or not executable");
  CHECK(place.why_not(hook({"./env.py"}))
        == "./env.py: its first line asks for no-such-python, which is in no directory of PATH");
  CHECK(place.why_not(hook({"./bare.sh"})) == "./bare.sh: its first line names no interpreter");
}

TEST_CASE("what only the kernel can tell is told as well")
{
  Place place;
  place.write("nothing.sh", "exit 0\n");
  const HookOutcome outcome = run_hook(hook({"./nothing.sh"}), place.call);
  CHECK(outcome.end == End::not_found);
  CHECK(outcome.why == "./nothing.sh: cannot run: Exec format error: a script begins with a line such as #!/bin/sh");
  place.call.directory /= "nowhere";
  CHECK(run_hook(shell("exit 0"), place.call).why.ends_with("/nowhere: is no directory that it could start in"));
  CHECK(run_hook(hook({"true", std::string("a\0b", 3)}), place.call = {.process = &usual}).end == End::not_found);
}

TEST_CASE("of much output little is kept, and the end is for people")
{
  const HookOutcome outcome = run(shell("seq 100000; echo 'failed: the end' >&2; exit 1"));
  CHECK(outcome.output.starts_with("1\n2\n"));
  CHECK(outcome.output.size() < 66'000);
  CHECK(outcome.excerpt.size() <= 2048);
  CHECK(outcome.excerpt.size() > 1024);
  CHECK(outcome.excerpt.find("failed: the end") != std::string::npos);
}

TEST_CASE("an excerpt is what a terminal would have shown at last")
{
  CHECK(excerpt_of("", 10).empty());
  CHECK(excerpt_of("one\ntwo\n", 100) == "one\ntwo");
  CHECK(excerpt_of("\x1B[1;32mok\x1B[0m \x1B]0;title\x07x\x1B]8;;http://a\x1B\\y\x1B(B\n", 100) == "ok xy");
  CHECK(excerpt_of("10 %\r50 %\r100 %\r\ndone\r\n", 100) == "100 %\ndone");
  CHECK(excerpt_of("\x1B", 100).empty());
  CHECK(excerpt_of("a\x1B[", 100) == "a");
  CHECK(excerpt_of("a\x1B]0;never ends\nb", 100) == "a\nb");
  CHECK(excerpt_of("first\nsecond\nthird", 13) == "second\nthird");
  CHECK(excerpt_of("first\nsecond\nthird", 12) == "second\nthird");
  CHECK(excerpt_of("first\nsecond\nthird", 11) == "third");
  CHECK(excerpt_of("ééé", 3) == "é");
}
