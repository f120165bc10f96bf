# SPDX-License-Identifier: Apache-2.0
"""Dotenv files that probe where programs differ: a list, and a seeded grammar of such lines."""
import random

# What the environment has beside the file.
ENVIRONMENT = {"OUT": "outside", "EMPTY": "", "BOTH": "env", "DOLLAR": "a$X"}

LISTED = """
A=b
A= b
A =b
A = b
 A=b
A=b\\x20
export A=b
export\\tA=b
export  A = b
export A
export A=
export
export=1
export =1
exportA=1
A
A\\nB=1
A \\nB=1
A:b
A: b
A:\\nb
A : b
A:"b"
A: 'b c'
A:=b
A==b
=b
=
==
A=
A=\\n\\nB=1
A=\\n"b"\\nC=1
A=\\n'b'
A= \\n 'b c'
A=#
A=#b
A= #b
A=b#c
A=b #c
A=b\\t#c
A=b # c # d
A="b"#c
A="b" #c
A="b"c
A="b"c\\nB=1
A="b" c\\nB=1
A='b'c\\nB=1
A="b" "c"
A='b' 'c'
A=b"c"
A=b'c'd
A="b'c"
A='b"c'
A=""
A=''
A=``
A=`b`
A=`b c`d
A="\\\\"
A="\\\\\\\\"
A="b\\\\"\\nB=1
A="b\\\\\\\\"\\nB=1
A='b\\\\'\\nB=1
A='b\\\\\\\\'
A="\\\\n\\\\r\\\\t\\\\v\\\\f\\\\a\\\\b\\\\0\\\\e\\\\$\\\\`"
A='\\\\n\\\\t\\\\''
A=\\\\n\\\\t
A="a\\\\0101\\\\012\\\\0777\\\\0377\\\\08z"
A="\\\\x41\\\\u0041\\\\c"
A=a\\\\ b
A=a\\\\\\nB=1
A="a\\\\\\nb"
A='a\\\\\\nb'
A=a\\\\
A="b
A="b\\n
A="b\\nB=1
A='b\\nB=1\\nC='2'
A="b=c
A="b\\nc"d\\ne="f"
A="one\\ntwo\\n\\nthree" # x\\nB=1
A="a" # "b"\\nB="c"
A='a' # it's\\nB=1
A="a\\n# not\\nb"
A="
A="\\nB=1
A='
'A'=b
"A"=b
A-B=c
A.B=c
A B=c
A+=b
A[0]=b
A@B=c
1A=b
1=b
_=b
A1_b.c-d=e
\\u00c1=b
\\u00fa=b
\\u00aaB=c
A=\\u00e9\\u00a0
A\\u00a0=b
\\u00a0A=b
A=\\u00a0b\\u00a0
A=b\\u00a0#c
A=b\\u2028c
A=b\\u2003
A=\\u3000b
A=b\\u0085c
A=b\\u0085
\\ufeffA=b
\\ufeff# c\\nA=b
\\ufeff
A=\\ufeffb
A=b\\x00c
\\x00A=b
A\\x00=b
A=b\\x0b
A=b\\x0cc
A=\\x1fb\\x1f
A=b\\rB=c
A=b\\r\\nB=c\\r\\n
A=b\\r\\r\\nB=c
A="b\\r\\nc"\\r\\nB=1
A='b\\rc'
\\r\\nA=b
A=\\r\\nB=1
A\\r\\nB=1
export A\\r\\n
# c
#A=b\\nB=1
 # A=b\\nB=1
\\t#A=b\\nB=1
##
;A=b
//A=b
---\\nA: b\\n
A=b;B=c
A=b&B=c
A=b|c
A=b>c
A=<b
A=(b)
A=b)
A={b,c}
A=[b]
A=~
A=b:~
A=!
A=b!
A=*?
A=1 B=2
A=1  B
A=$X
A=$OUT
A=$BOTH
BOTH=file\\nA=$BOTH
EMPTY=file\\nA=$EMPTY
OUT=file\\nA=${OUT}
A=${OUT}x
A=$out
A=${out}
x=1\\nA=$x\\nB=${x}
X=1\\nA='$X'\\nB="$X"\\nC=`$X`
X=1\\nA=\\\\$X\\nB="\\\\$X"\\nC='\\\\$X'\\nD=\\\\\\\\$X
X=1\\nA=$X$X\\nB=$X-$X\\nC=$X.$X
X=1\\nA=$$X\\nB=$$$X\\nC=\\\\$$X
X=1\\nA=${X}${X}
X=1\\nA={$X}
X=1\\nA=${X
X=1\\nA=$X}
X=1\\nA=$(X)
X=1\\nA=$((X+1))
A=$((1+2*3))
A=$(echo hi)
A="$(echo hi)"
A='$(echo hi)'
A=a$(echo "b)")c
A=$(
A=$()
A=`echo hi`
A="`echo hi`"
A=\\\\`b\\\\`
A=${X:-d}
A=${X-d}
A=${X:-}
A=${X:-$OUT}
A=${X:-${Y:-d}}
A=${X:-${OUT}}
A=${X:-a}b${Y:-c}
A=${X:-"d e"}
A="${X:-'d e'}"
A=${X:-d}}
A=${X:-{d}}
A=${X:-a:-b}
A=${X:+d}
OUT=1\\nA=${OUT:+d}\\nB=${OUT+e}
A=${EMPTY:-d}\\nB=${EMPTY-d}\\nC=${EMPTY:+d}\\nD=${EMPTY+d}
E=\\nA=${E:-d}\\nB=${E-d}\\nC=${E:+d}\\nD=${E+d}
A=${X:?}
A=${X?m}
OUT=1\\nA=${OUT:?m}\\nB=${OUT?m}
A=${X:=d}\\nB=$X
A=${}
A=${ X }
A=${X }
A=${1}
A=$1
A=$
A=$ b
A="$"
A=$-b
A=${X:d}
A=${X!}
A=${#OUT}
X=abc\\nA=${X%c}\\nB=${X#a}\\nC=${X%%b*}\\nD=${X##*b}
X=Y\\nY=1\\nA=${!X}
A=${!X}
A=${!X}x\\nB=1
X=abcabc\\nA=${X/b/x}\\nB=${X//b/x}\\nC=${X:1:2}\\nD=${X^^}
A=${A}
A=$A$A
A=1\\nA=${A}2
X='$Y'\\nY=1\\nA=$X\\nB="$X"
X=\\\\$Y\\nY=1\\nA=$X
X='a b'\\nA=$X\\nB="$X"
X="$&"\\nA=b$Xc\\nB=b${X}c
X='$$'\\nA=a${X}b
A=$DOLLAR
A=pa$word
A=pa\\\\$word
A="pa$word#x"
A=postgres://u:p#w@h/d?sslmode=require
A=postgres://u:p$w@h/d
A={"k": "v"}
A='{"k": "v"}'
A="{\\\\"k\\\\": \\\\"v\\\\"}"
A=-----BEGIN-----\\nabc==\\n-----END-----
A="-----BEGIN-----\\\\nabc==\\\\n-----END-----"
A=C:\\\\dir\\\\new
A="C:\\\\dir\\\\new"
A="C:\\\\dir\\\\"\\nB=1
A=1\\nA=2\\nA
A=1\\nB=2\\nA=3
encrypted:b=c
A=encrypted:$X
A="encrypted:abc"
set A=b
SET A=b
const A=b
A?=b
A!=b
<<<<<<< HEAD\\nA=1\\n=======\\nA=2\\n>>>>>>> x
A=b\\n=c\\nD=1
A=b\\n=\\nD=1
A=1\\n =2\\nB=3
A=1\\n  \\n B=2
unset A
A=1\\nunset A
A=1\\nset +a\\nB=2
A=$?\\nfalse\\nB=$?
readonly A=1\\nA=2\\nB=3
export A=1 B=2 C
export "A=b c"
export -n A=1
if true; then A=1; fi
if false; then A=1; else B=2; fi
true && A=1
false && A=1
false || A=1
! true || A=1
{ A=1; }
(A=1)\\nB=2
A=1 |\\ncat
for i in 1; do A=1; done\\nB=2
cat <<E\\nA=1\\nE\\nB=2
A=$'b\\\\tc'
A=$"b"
A=1 B=2 :
A='b
return\\nA=1
A=b;
A=b;;
A=b &
&A=b
A=b\\n)\\n
fi
}
DOTENV_LINEBREAK_MODE=legacy\\nA="b\\\\nc"
# A="b\\nB=1
A="b\\n"\\nB=1
A="b\\n" # c\\nB=1
x="\\nA=1
ABC="a\\\\"\\nB=1
exp="a" b
ABCDEFGH=1
export AB=1
export 'AB'=1
A=b\\\\#c
A="b\\\\#c"
A=b \\\\# c
""".strip("\n").split("\n")

BYTES = [b"A=b\xff\n", b"\xffA=b\n", b'A="b\xff"\n', b"A='b\xe9'\nB=\xe9\n", b"A=\xed\xa0\x80\n", b"A=\xf0\x9f\x94\n", b"A=\xc3(\n",
         b"# \xff\nA=b\n", "A=b\n".encode("utf-16"), "A=b\n".encode("utf-16-le"), "A=b\n".encode("utf-16-be"), b"A=" + b"x" * 65533 + b"\n",
         b"A=" + b"x" * 65534 + b"\n", b"A=" + b"x" * 65532, b"A=\xe2\x80\n", b"\xef\xbbA=b\n"]

WORDS = ["a", "b", "c d", "x", "1", "true", "http://h/p", "é", "🔑", "-", ".", "_", ":", "@", "%", "+", ",", "/", "=", "a=b", "n", "r", "t"]
SIGNS = ["#", " #", " # c", "\t#", "'", '"', "`", "\\", "\\\\", "\\n", "\\'", '\\"', "\\$", "$", "$$", "{", "}", "$X", "${X}", "$OUT",
         "${OUT}", "${N:-d}", "${N-d}", "${X:+y}", "${N:-${X}}", "${E:-e}", "$N", "${x}", "$x", " ", "  ", "\t", ";", "&", "|", "(", ")", "$(echo hi)",
         "!", "~", "*", "[", "]", "\u00a0", "\r", "<", ">", "\\\n", "\n", "^", "?"]
KEYS = ["A", "B", "C", "D", "X", "E", "x", "AB_C", "A.B", "A-B", "a1", "1A", "É", "_"]
BEGINS = ["", "", "", "", "", " ", "\t", "export ", "export  ", "#", "# "]
SEPARATORS = ["=", "=", "=", "=", "=", "=", "= ", " =", " = ", ": ", ":", "\t=\t", "+=", "=="]
ENDS = ["\n", "\n", "\n", "\n", "\n", "\r\n", "\n\n", " \n", "\t\n", "\n# c\n", "\r", ""]


class Maker:
    """Files of a few lines, made of what dialects care about."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def body(self):
        return "".join(self.random.choice(WORDS if self.random.random() < 0.6 else SIGNS)
                       for _ in range(self.random.choice([0, 1, 1, 2, 3, 4, 6])))

    def value(self):
        kind = self.random.random()
        if kind < 0.4:
            return self.body()
        quote = self.random.choice(["'", '"', '"', "`"])
        inside = self.body()
        if kind < 0.75:
            inside = inside.replace(quote, "")
        tail = self.random.choice(["", "", "", " # c", "#c", " x", "x", " "])
        return quote + inside + (quote if kind < 0.95 else "") + tail

    def line(self):
        if self.random.random() < 0.06:
            return self.random.choice(["A", "export A", "# c", "", "  ", "X", "=", "A B", "}", "export"]) + self.random.choice(ENDS)
        return (self.random.choice(BEGINS) + self.random.choice(KEYS) + self.random.choice(SEPARATORS) + self.value()
                + self.random.choice(ENDS))

    def file(self):
        first = self.random.choice(["", "", "X=1\n", "X=a b\nE=\n", "X='$Y'\nY=2\n", "\ufeff"])
        return (first + "".join(self.line() for _ in range(self.random.choice([1, 1, 2, 3])))).encode()


def listed():
    """With a line end and without, for a file's end is where readers stumble."""
    files = []
    for line in LISTED:
        text = line.encode("ascii").decode("unicode_escape")
        files += [text.encode(), (text + "\n").encode()]
    return files + BYTES


def generated(seed, count):
    maker = Maker(seed)
    return [maker.file() for _ in range(count)]
