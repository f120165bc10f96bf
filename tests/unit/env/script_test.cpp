// SPDX-License-Identifier: Apache-2.0
#include "env/script/facts.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>

using namespace sluice;
using namespace sluice::env;

namespace {

/// "A B? C! D=x E=… <F=v" of what a script reads, asks for, needs, has a default for, and gives.
std::string
said_by(std::string_view text, const script::Setting& setting = {})
{
  std::string said;
  for (const script::Facts::Mention& mention : script::facts_of(text, setting).mentions) {
    said += said.empty() ? "" : " ";
    if (mention.kind == SightingKind::given) {
      said += fmt::format("<{}{}", mention.name, mention.literal ? "=" + *mention.literal : "");
      continue;
    }
    said += mention.kind == SightingKind::stored ? "@" + mention.name : mention.name;
    switch (mention.unset) {
    case Unset::unknown:
      break;
    case Unset::tested:
      said += "?";
      break;
    case Unset::fails:
      said += "!";
      break;
    case Unset::defaulted:
      said += "=" + mention.literal.value_or("…");
      break;
    }
  }
  return said;
}

std::string
loaded_by(std::string_view text)
{
  std::string loaded;
  for (const script::Facts::File& file : script::facts_of(text, {}).loads) {
    loaded += fmt::format("{}{} by {}", loaded.empty() ? "" : ", ", file.path, file.dialect);
  }
  return loaded;
}

std::string
run_by(std::string_view text)
{
  std::string runs;
  for (const script::Facts::File& file : script::facts_of(text, {}).runs) {
    runs += (runs.empty() ? "" : " ") + file.path;
  }
  return runs;
}

bool
has_fault(std::string_view text)
{
  return script::facts_of(text, {}).fault.has_value();
}

}  // namespace

TEST_CASE("quotes decide what is a reference")
{
  CHECK(said_by("echo $A \"$B\" '$C' \\$D \"\\$E\" $'$F' \"${G}\"") == "A B G");
  CHECK(said_by("echo a$A'$B'$C\"d$D\"") == "A C D");
  CHECK(said_by("echo $ $% \"$\" $+ a$") == "");
  CHECK(said_by("echo \"it's $A\" 'say \"$B\"'") == "A");
}

TEST_CASE("a comment begins only where a word may")
{
  CHECK(said_by("echo a#$A # $B\n# $C\necho $D") == "A D");
  CHECK(said_by("echo $# ${#A} \"#$B\"") == "A B");
}

TEST_CASE("what is no variable of the environment is no read")
{
  CHECK(said_by("echo $1 $@ $* $# $? $- $$ $! $0 ${10} ${@:2} ${1:-x}") == "");
  CHECK(said_by("echo $RANDOM $LINENO ${PIPESTATUS[0]} ${BASH_SOURCE[0]} $IFS $OPTARG $_") == "");
  CHECK(said_by("echo ${LIST[0]} ${LIST[@]} ${#LIST[@]} ${!LIST[@]}") == "");
  CHECK(said_by("echo ${LIST[$INDEX]}") == "INDEX");
}

TEST_CASE("an operation says what happens where nothing is set")
{
  CHECK(said_by("${A:-x} ${B-x y} ${C:=x} ${D=} ${E:?no} ${F?} ${G:+x} ${H+x}") == "A=x B=x y C=x D= E! F! G? H?");
  CHECK(said_by("echo \"${A:-$B}\" ${C:-\"d\"} ${E:-${F:-g}} ${H:-$(cat $I)}") == "A=… B C=d E=… F=g H=… I");
  CHECK(said_by("echo ${A%%/*} ${B##*:} ${C/x/$D} ${E^^} ${F,,} ${G:1:2} ${H@Q} ${I%\"}\"}") == "A B C D E F G H I");
}

TEST_CASE("a test asks for presence and a comparison for a value")
{
  CHECK(said_by("[ -z \"$A\" ]; [ -n \"$B\" ]; [ \"$C\" ]; [ \"$D\" = \"\" ]; test -z $E") == "A? B? C? D? E?");
  CHECK(said_by("[ \"$A\" = x ]; [ $B -gt 1 ]; [ -f \"$C\" ]; test $D != y") == "A B C D");
  CHECK(said_by("[[ -v A ]]; [[ -z $B && $C ]]; [[ $D == x* || $E =~ ^a(b|c)$ ]]; [[ ! $F ]]") == "A? B? C? D E F?");
  CHECK(said_by("[ -z \"${A:-}\" ]; [ -n \"${B+x}\" ]; [ \"${C:-d}\" = d ]") == "A? B? C=d");
}

TEST_CASE("what the script sets before is its own")
{
  CHECK(said_by("A=1; echo $A") == "");
  CHECK(said_by("echo $A; A=1; echo $A") == "A");
  CHECK(said_by("A=$A:x; B=${B:-y}; echo $A $B") == "A B=y");
  CHECK(said_by(": ${A:=x}; echo $A; (( B++ )); echo $B") == "A=x");
  CHECK(said_by("for A in 1 2; do echo $A; done; select B in x; do echo $B; done") == "");
  CHECK(said_by("read -r -p \"x\" A B; echo $A $B; while read -r C; do echo $C; done") == "");
  CHECK(said_by("mapfile -t A < f; getopts ab B; printf -v C x; let D=1; echo $A $B $C $D") == "");
  CHECK(said_by("unset A; echo $A") == "");
}

TEST_CASE("a function may use what is set after it, and a loop what is set in it")
{
  CHECK(said_by("f() { echo $A; }; A=1; f") == "");
  CHECK(said_by("f() { local A=1; }; echo $A") == "A");
  CHECK(said_by("f() { declare -g A; }; echo $A; . /etc/os-release; echo $ID") == "");
  CHECK(said_by("function f { A=1; }; f; echo $A") == "");
  CHECK(said_by("f() { A=${A:-1}; echo $A; }") == "A=1");
  CHECK(said_by("for i in 1 2; do echo $LAST; LAST=$i; done") == "");
  CHECK(said_by("echo $last; last=1") == "");
}

TEST_CASE("commands in front of which, or to which, variables are given")
{
  CHECK(said_by("A=1 B=$C command; echo $A") == "<A=1 <B C A");
  CHECK(said_by("export A=1 B; declare -x C=2; local D=3; readonly E=4; F=5; export F") == "<A=1 <C=2 <F");
  CHECK(said_by("set -a; A=1; set +a; B=2") == "<A=1");
  CHECK(said_by("env -i A=1 B=2 program; sudo -u x C=3 program; npx cross-env D=4 program") == "<A=1 <B=2 <C=3 <D=4");
  CHECK(said_by("IFS=, read -r A") == "");
}

TEST_CASE("here-documents are texts in which references count, unless their end is quoted")
{
  CHECK(said_by("cat <<END\n$A it's \"\nEND\necho $B") == "A B");
  CHECK(said_by("cat <<'END'\n$A\nEND\necho $B") == "B");
  CHECK(said_by("cat <<-END\n\t$A\n\tEND\necho $B") == "A B");
  CHECK(said_by("cat <<A <<B\n$C\nA\n$D\nB\necho $E") == "C D E");
  CHECK(said_by("bash <<'END'\necho $A\nEND\n") == "A");
  CHECK(said_by("x=\"$(cat <<'END'\nit's (open\nEND\n)\"; echo $A") == "A");
  CHECK(said_by("cat <<< \"$A\"") == "A");
}

TEST_CASE("commands inside of words are commands")
{
  CHECK(said_by("echo $(echo \"$A\" # $B\n) `echo $C` <(cat $D) \"$(case $E in a) echo $F;; esac)\"") == "A C D E F");
  CHECK(said_by("echo $((A + 1)) $(( $B * C )) $((cd x; echo $D) | cat)") == "A B C D");
}

TEST_CASE("a text for a shell is a script, and one for another machine is none")
{
  CHECK(said_by("bash -c 'echo $A'; sh -euc 'echo $B'; eval 'echo $C'; trap 'echo $D' EXIT") == "A B C D");
  CHECK(said_by("ssh host 'echo $A'; docker exec c sh -c 'echo $B'; awk '{print $C}'") == "");
  CHECK(said_by("find . -exec sh -c 'echo $A' \\;; xargs -I{} bash -c 'echo $B {}'") == "A B");
  CHECK(said_by("bash -c 'X=1; echo $X $A'") == "A");
}

TEST_CASE("programs that name variables in their words")
{
  CHECK(said_by("printenv A; envsubst '$B ${C}'") == "A B C");
  CHECK(said_by("docker run -e A -e B=1 --env C=$D --env=E image; podman run -eF image") == "A <B=1 <C D E F");
  CHECK(said_by("docker build --build-arg A --build-arg B=1 --secret id=x,env=C .") == "A <B=1 C");
  CHECK(said_by("gh secret set A; gh variable set B; fly secrets set C=1; vercel env add D") == "@A @B <C=1 <D");
  CHECK(said_by("docker inspect -e A; docker exec -i name ps -ef; docker run --rm -p 1:2 image sh -e B") == "");
  CHECK(said_by("docker run -it --name x -v a:b -e A $OPTIONS -e B image -e C") == "A OPTIONS B");
}

TEST_CASE("dotenv files that programs load, by who reads them")
{
  CHECK(loaded_by(". ./.env; source .env.local; source lib.sh; . \"$DIR/.env\"")
        == "./.env by bash, .env.local by bash, .env by bash");
  CHECK(
      loaded_by("docker run --env-file .env x; docker compose --env-file=a.env up; docker-compose --env-file b.env up")
      == ".env by docker, a.env by compose, b.env by compose");
  CHECK(loaded_by("node --env-file=.env x.js; act --secret-file s; supabase functions serve --env-file e")
        == ".env by node, s by godotenv, e by godotenv");
  CHECK(
      loaded_by(
          "dotenv -e .env.x -- run; dotenvx run -f .env.y -- run; dotenv -f .env.z run -- run; dotenv -f .env.r ruby x")
      == ".env.x by motdotla, .env.y by dotenvx, .env.z by python, .env.r by ruby");
}

TEST_CASE("files of the repository that a script runs")
{
  CHECK(run_by("./a.sh; bash b.sh x; sudo node c/d.js; python -m pip install x.whl; npm run build; python3 e.py")
        == "./a.sh b.sh c/d.js e.py");
  CHECK(run_by("/bin/true; pnpm -F @a/b build; curl https://x/y.sh; $X/run.sh") == "run.sh");
}

TEST_CASE("what is written for later steps and into dotenv files is given")
{
  const script::Facts facts =
      script::facts_of("echo \"A=$X\" >> $GITHUB_ENV\n{ echo B=1; echo C=2; } >> \"$GITHUB_ENV\"\n"
                       "printf 'D=%s\\nE=%s\\n' 1 2 | tee -a \"${GITHUB_ENV}\"\n"
                       "cat >> $GITHUB_ENV <<END\nF=1\nEND\necho G=1 >> $GITHUB_OUTPUT",
                       {});
  CHECK(facts.handed_on == script::NameSet{"A", "B", "C", "D", "E", "F"});
  CHECK_FALSE(facts.writes_dotenv);
  CHECK(script::facts_of("echo A=1 > .env", {}).writes_dotenv);
  CHECK(said_by("cat > .env.local <<END\nA=$B\nEND\n") == "<A B");
  CHECK(script::facts_of("cp .env.example .env", {}).writes_dotenv);
}

TEST_CASE("names that another variable holds are looked for in lists and calls")
{
  CHECK(said_by("for v in AA BB; do [ -n \"${!v}\" ]; done") == "AA? BB?");
  CHECK(said_by("L=(AA BB); for v in \"${L[@]}\"; do echo ${!v}; done") == "AA? BB?");
  CHECK(said_by("need() { [ -n \"${!1}\" ]; }; need AA") == "AA?");
  CHECK(said_by("need() { n=$1; [ -n \"${!n}\" ]; }; need AA; need BB") == "AA? BB?");
  CHECK(script::facts_of("echo ${!v}", {}).dynamic.size() == 1);
  CHECK(script::facts_of("echo ${!APP_*}", {}).dynamic.at(0).prefix == "APP_");
}

TEST_CASE("names that come from elsewhere are not reported where the script takes others in")
{
  CHECK(said_by("echo $name") == "name");
  CHECK(said_by(". lib.sh; echo $name $NAME") == "NAME");
  const script::NameSet own{"A"};
  CHECK(said_by("echo $A $B", {.own = &own}) == "B");
  CHECK(said_by("A=1; f() { B=2; }", {.place = script::Setting::Place::taken_in}) == "<A=1");
}

TEST_CASE("what does not close is a fault, and nothing else is")
{
  CHECK(has_fault("echo \"a"));
  CHECK(has_fault("echo 'a"));
  CHECK(has_fault("echo $(a"));
  CHECK(has_fault("echo ${a"));
  CHECK(has_fault("echo `a"));
  CHECK(has_fault("A=(a"));
  CHECK_FALSE(has_fault("if a; then b"));
  CHECK_FALSE(has_fault("done; fi; } esac ;; ) ("));
  CHECK_FALSE(has_fault("case $a in (b|c) d;; *) ;; esac"));
  CHECK_FALSE(has_fault("a() (b); function c { d; }; for ((;;)); do e; done"));
  CHECK_FALSE(has_fault("[[ $a =~ ^(b|c)\\ d$ ]] && ! { time e; } 2>&1 | f &"));
  CHECK(said_by("echo $A \"$B") == "A B");
}

TEST_CASE("depth and length cost no more than their size")
{
  const auto repeated = [](std::string_view text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) {
      all += text;
    }
    return all;
  };
  for (const std::string_view text : {"$(",
                                      "${a:-",
                                      "$((",
                                      "((",
                                      "(",
                                      "{ ",
                                      "\"$(",
                                      "f() ",
                                      "`#`",
                                      "`a`",
                                      "export a[ ",
                                      "a[;",
                                      "case x in a) ",
                                      "<<A ",
                                      "<<A\n",
                                      "sh -c 'a' ",
                                      "${a[",
                                      "$((a[",
                                      "<(",
                                      "a=(",
                                      "@(",
                                      "echo 'a\\n' >> .env;",
                                      "[[ ",
                                      "${!a} "}) {
    const std::string script = repeated(text, 20'000);
    CHECK(script::facts_of(script, {}).mentions.size() <= script.size());
  }
}
