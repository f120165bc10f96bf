# SPDX-License-Identifier: Apache-2.0
"""What bash, zsh and fish themselves offer, of the completions as they are committed."""
import shlex

from harness import BIN, TOP, Case, clean_environment, needs, run

COMPLETIONS = TOP / "completions"

BASH = r"""
. "$1"; shift
COMP_WORDBREAKS=$1; shift
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
_sluice "$1"
printf '%s\n' "${COMPREPLY[@]}"
"""

# What is completed as soon as there is a line to edit; zsh's completion works in a terminal alone.
ZSHRC = r"""
unset zle_bracketed_paste
PS1= KEYTIMEOUT=1
fpath=($SLUICE_COMPLETIONS $fpath)
autoload -Uz compinit && compinit -u -d $ZDOTDIR/.zcompdump
compadd() {
  if (( ${@[(I)-[OAD]]} )); then builtin compadd "$@"; return; fi
  local -a found
  local suffix=
  builtin compadd -O found "$@"
  (( ! ${@[(I)-S]} )) || suffix=${@[${@[(I)-S]}+1]}
  (( ! $#found )) || print -rl -- ${^found}$suffix >>$ZDOTDIR/offers
  builtin compadd "$@"
}
ask() { _main_complete; compstate[insert]= compstate[list]= }
zle -C ask complete-word ask
zle-line-init() { BUFFER=$SLUICE_LINE CURSOR=$#SLUICE_LINE; zle ask; : >$ZDOTDIR/done; exit }
zle -N zle-line-init
"""

BREAKS = " \t\n\"'><=;|&(:"


class Completion(Case):
    """Each shell is asked the same."""

    def in_bash(self, line, breaks=BREAKS):
        words = shlex.split(line) + ([""] if line.endswith(" ") else [])
        if "=" in breaks:
            words = [part for word in words for part in self.cut(word)]
        outcome = run(["bash", "-c", BASH, "bash", COMPLETIONS / "sluice.bash", breaks, *words], self.directory)
        self.assertStatus(outcome, 0)
        self.assertEqual(outcome.err, "")
        return [line for line in outcome.out.splitlines() if line]

    @staticmethod
    def cut(word):
        """As readline cuts it."""
        if "=" not in word:
            return [word]
        before, after = word.split("=", 1)
        return [part for part in (before, "=", *Completion.cut(after)) if part]

    def in_fish(self, line):
        script = f"source {COMPLETIONS / 'sluice.fish'}; complete -C {shlex.quote(line)}"
        outcome = run(["fish", "--no-config", "-c", script], self.directory)
        self.assertStatus(outcome, 0)
        self.assertEqual(outcome.err, "")
        return [line.split("\t")[0] for line in outcome.out.splitlines()]

    def in_zsh(self, line):
        home = self.directory / "home"
        home.mkdir(exist_ok=True)
        (home / ".zshrc").write_text(ZSHRC)
        for name in ("done", "offers"):
            (home / name).unlink(missing_ok=True)
        environment = clean_environment(home, ZDOTDIR=home, TERM="xterm", SLUICE_LINE=line,
                                        SLUICE_COMPLETIONS=COMPLETIONS)
        outcome = run(["script", "-qec", "zsh -d -i", "/dev/null"], self.directory, environment)
        self.assertTrue((home / "done").exists(), str(outcome))
        offers = home / "offers"
        return offers.read_text().splitlines() if offers.exists() else []

    def check(self, complete):
        (self.directory / "reports").mkdir()
        (self.directory / "one.json").write_text("[]")
        for line, offered, not_offered in (
                ("sluice ", ["check", "report", "explain", "init", "secrets", "migrations"], ["why"]),
                ("sluice check --", ["--fail-on", "--gates", "--secrets.scope", "--migrations.framework"], ["--scope"]),
                ("sluice check --gates ", ["migrations", "secrets"], []),
                ("sluice check --secrets.scope ", ["history", "staged"], ["low"]),
                ("sluice check --fail-on ", ["high"], ["history"]),
                ("sluice report --", ["--format", "--colour"], ["--fail-on", "--secrets.scope"]),
                ("sluice report o", ["one.json"], ["reports"]),
                ("sluice explain ", ["aws-access-key-id", "drop-column"], ["check"]),
                ("sluice help ", ["check", "secrets"], []),
                ("sluice secrets ", ["why", "explain", "starter"], ["check"]),
                ("sluice secrets why ", ["aws-access-key-id"], ["drop-column", "why"]),
                ("sluice-secrets ", ["why", "explain", "starter"], ["check"]),
                ("sluice-secrets --", ["--scope", "--why", "--fail-on"], ["--secrets.scope"]),
                ("sluice-secrets explain ", ["aws-access-key-id"], ["drop-column"]),
                ("sluice-secrets --why ", ["aws-access-key-id"], ["drop-column"]),
                ("sluice-secrets why --fail-on high aws-access-key-id o", ["one.json"], ["aws-access-key-id"]),
                ("sluice-secrets --format ", ["sarif", "sarif=", "text"], ["high"]),
                ("sluice-secrets --disable ", ["aws-access-key-id"], ["drop-column"]),
                ("sluice check --disable ", ["aws-access-key-id", "drop-column"], []),
                ("sluice-secrets --preview ", ["all"], ["high"]),
                ("sluice-migrations --repo ", [], ["one.json"]),
                ("sluice-migrations --framework ", ["plain", "supabase"], [])):
            with self.subTest(line):
                found = {each.rstrip("/") for each in complete(line)}
                self.assertLessEqual(set(offered), found)
                self.assertFalse(set(not_offered) & found, found)

    def test_bash(self):
        self.check(self.in_bash)

    @needs("fish")
    def test_fish(self):
        self.check(self.in_fish)

    @needs("zsh")
    def test_zsh(self):
        self.check(self.in_zsh)

    def test_what_follows_an_equals_sign_in_bash(self):
        (self.directory / "one.json").write_text("[]")
        for line, part, whole in (
                ("sluice check --fail-on=hi", "high", "--fail-on=high"),
                ("sluice check --format=sari", "sarif", "--format=sarif"),
                ("sluice check --format json=on", "one.json", "json=one.json"),
                ("sluice check --format=json=on", "one.json", "--format=json=one.json"),
                ("sluice check --severity drop-column=hi", "high", "drop-column=high"),
                ("sluice check --severity drop-co", "drop-column=", "drop-column=")):
            with self.subTest(line):
                self.assertIn(part, self.in_bash(line))
                self.assertIn(whole, self.in_bash(line, BREAKS.replace("=", "")))

    @needs("fish")
    def test_what_follows_an_equals_sign_in_fish(self):
        (self.directory / "one.json").write_text("[]")
        for line, offered in (("sluice check --fail-on=hi", "--fail-on=high"),
                              ("sluice check --format json=on", "json=one.json"),
                              ("sluice-secrets --severity aws-access-key-id=hi", "aws-access-key-id=high"),
                              ("sluice check --severity drop-co", "drop-column=")):
            with self.subTest(line):
                self.assertIn(offered, self.in_fish(line))

    def test_every_rule_is_completed(self):
        known = set(self.in_bash("sluice explain "))
        listed = run([BIN / "sluice", "explain"], self.directory).out
        pages = {page.stem for page in (TOP / "docs/rules").glob("*.md")}
        self.assertEqual(known, {page for page in pages if page in listed})


class ManualPages(Case):
    @needs("groff")
    def test_groff_finds_nothing_to_warn_of(self):
        pages = sorted((TOP / "docs/man").glob("*.1"))
        self.assertIn("sluice.1", [page.name for page in pages])
        for page in pages:
            with self.subTest(page.name):
                outcome = run(["groff", "-ww", "-man", "-Kutf8", "-Tutf8", "-z", page], self.directory)
                self.assertStatus(outcome, 0)
                self.assertEqual(outcome.err, "")

    @needs("groff")
    def test_the_umbrella_tells_of_everything(self):
        text = run(["groff", "-man", "-Kutf8", "-Tascii", "-P-cbou", TOP / "docs/man/sluice.1"], self.directory).out
        self.assertSays(text, "check", "sluice-secrets(1)", "sluice-migrations(1)", ".sluice.yml", "NO_COLOR",
                        "SOURCE_DATE_EPOCH", "SLUICE_FAIL_ON", "sarif", "unavailable", "--gates")
