// SPDX-License-Identifier: Apache-2.0
// Maven's order of each pair on standard input. Maven orders any text; what is no version here is ? before it is asked.
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.Locale;
import java.util.Set;
import org.apache.maven.artifact.versioning.ComparableVersion;

class Maven {
    static final Set<String> WORDS =
            Set.of("latest", "release", "head", "unspecified", "unknown", "none", "null", "master", "main");

    static boolean isVersion(String text) {
        return !text.isEmpty()
                && !WORDS.contains(text.toLowerCase(Locale.ENGLISH))
                && text.chars().allMatch(c -> c > ' ' && c <= '~' && "\\/:\"<>|?*[](){},$".indexOf(c) < 0);
    }

    public static void main(String[] arguments) throws Exception {
        StringBuilder out = new StringBuilder();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] pair = line.split("\t", -1);
            if (isVersion(pair[0]) && isVersion(pair[1])) {
                int order = new ComparableVersion(pair[0]).compareTo(new ComparableVersion(pair[1]));
                out.append("<=>".charAt(Integer.signum(order) + 1)).append('\n');
            } else {
                out.append("?\n");
            }
        }
        System.out.print(out);
    }
}
