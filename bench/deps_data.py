#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Generates what bench/deps measures on: DIRECTORY/all.zip, 300,000 advisories of npm in OSV's layout; npm/package-lock.json
and pnpm/pnpm-lock.yaml, 3,000 packages of one project with the needs between them, 120 of them with some advisory.

usage: deps_data.py DIRECTORY
       deps_data.py --detector ALL.ZIP DIRECTORY      the cache that osv-detector reads offline
"""
import base64
import hashlib
import json
import pathlib
import random
import sys
import zipfile

MALWARE, OTHERS, PACKAGES, DIRECT = 210_000, 90_000, 3_000, 150
SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe qi ro su ta ve wi xo zu".split()


def name(number):
    """Of a package: pronounceable, as long as real ones are, some with a scope."""
    randomly = random.Random(number)
    text = "-".join("".join(randomly.choices(SYLLABLES, k=randomly.randint(2, 4))) for _ in range(randomly.randint(1, 3)))
    return f"@{randomly.choice(SYLLABLES)}{number % 997}/{text}{number}" if number % 4 == 0 else f"{text}{number}"


def version(number):
    return f"{number % 7}.{number % 31}.{number % 13}"


def malware(number):
    # One in a hundred is a package that somebody took over, where single versions are listed; the others are all bad.
    affected = {"package": {"ecosystem": "npm", "name": name(10_000_000 + number)}}
    if number % 100 == 0:
        affected["versions"] = [version(number), version(number + 1)]
    else:
        affected["ranges"] = [{"type": "SEMVER", "events": [{"introduced": "0"}]}]
    return {"schema_version": "1.7.0", "id": f"MAL-2025-{number}", "modified": "2025-12-01T00:00:00Z",
            "published": "2025-11-30T00:00:00Z", "summary": f"Malicious code in {affected['package']['name']} (npm)",
            "details": "The package communicates with a domain that is associated with malicious activity. " * 3,
            "affected": [affected], "database_specific": {"malicious-packages-origins": [{"source": "ossf", "sha256": "0" * 64}]}}


def other(number):
    # Thirty thousand packages have three each; 120 of them are in the lockfiles.
    package = number % 30_000
    named = name(package * 25 if package < 120 else 1_000_000 + package)
    major = 1 + number % 5
    return {"schema_version": "1.7.0", "id": f"GHSA-{number % 9000 + 1000}-{number // 9000 + 1000}-bbbb",
            "aliases": [f"CVE-2025-{number}"], "modified": "2025-12-01T00:00:00Z", "published": "2025-06-01T00:00:00Z",
            "summary": f"Something can be exhausted in {named}", "details": "What happens, to whom, and since when. " * 20,
            "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"}],
            "affected": [{"package": {"ecosystem": "npm", "name": named}, "ranges": [
                {"type": "SEMVER", "events": [{"introduced": f"{major - 1}.0.0"}, {"fixed": f"{major}.4.2"}]}]}],
            "references": [{"type": "WEB", "url": f"https://example.org/advisories/{number}"}]}


def records():
    yield from (malware(number) for number in range(MALWARE))
    yield from (other(number) for number in range(OTHERS))


def needs(number):
    """A package needs some of those behind it, so that all of them have a way in."""
    randomly = random.Random(-number - 1)
    wanted = {number + DIRECT} if number + DIRECT < PACKAGES else set()
    wanted |= {randomly.randrange(number + 1, PACKAGES) for _ in range(randomly.randint(0, 3)) if number + 1 < PACKAGES}
    return sorted(wanted)


def integrity(number):
    return "sha512-" + hashlib.sha512(str(number).encode()).hexdigest()[:86] + "=="


def npm_lock():
    entries = {"": {"name": "shop", "version": "1.0.0", "dependencies": {name(n): f"^{version(n)}" for n in range(DIRECT)}}}
    for n in range(PACKAGES):
        base = name(n).split("/")[-1]
        entries[f"node_modules/{name(n)}"] = {
            "version": version(n), "resolved": f"https://registry.npmjs.org/{name(n)}/-/{base}-{version(n)}.tgz",
            "integrity": integrity(n), "license": "MIT", **({"dependencies": {name(d): f"^{version(d)}" for d in needs(n)}} if needs(n) else {}),
            "engines": {"node": ">=18"}}
    return json.dumps({"name": "shop", "version": "1.0.0", "lockfileVersion": 3, "requires": True, "packages": entries}, indent=2)


def pnpm_lock():
    quoted = lambda text: f"'{text}'" if text.startswith("@") else text
    lines = ["lockfileVersion: '9.0'", "", "settings:", "  autoInstallPeers: true", "  excludeLinksFromLockfile: false", "", "importers:", "", "  .:",
             "    dependencies:"]
    for n in range(DIRECT):
        lines += [f"      {quoted(name(n))}:", f"        specifier: ^{version(n)}", f"        version: {version(n)}"]
    lines += ["", "packages:", ""]
    for n in range(PACKAGES):
        lines += [f"  {quoted(f'{name(n)}@{version(n)}')}:", f"    resolution: {{integrity: {integrity(n)}}}", "    engines: {node: '>=18'}", ""]
    lines += ["snapshots:", ""]
    for n in range(PACKAGES):
        if needs(n):
            lines += [f"  {quoted(f'{name(n)}@{version(n)}')}:", "    dependencies:"]
            lines += [f"      {quoted(name(d))}: {version(d)}" for d in needs(n)] + [""]
        else:
            lines += [f"  {quoted(f'{name(n)}@{version(n)}')}: {{}}", ""]
    return "\n".join(lines)


def generate(directory):
    for path, text in (("npm/package-lock.json", npm_lock()), ("pnpm/pnpm-lock.yaml", pnpm_lock())):
        (directory / path).parent.mkdir(parents=True, exist_ok=True)
        (directory / path).write_text(text + "\n")
    with zipfile.ZipFile(directory / "all.zip", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for record in records():
            archive.writestr(f"{record['id']}.json", json.dumps(record))


def detector_cache(archive, directory):
    """osv-detector keeps an archive whole, base64 within JSON, in the directory for temporary files (pkg/database/zip.go)."""
    url = "https://osv-vulnerabilities.storage.googleapis.com/npm/all.zip"
    cache = {"url": url, "etag": "", "date": "Fri, 09 Jan 2026 00:00:00 GMT", "body": base64.b64encode(archive.read_bytes()).decode()}
    directory.mkdir()
    (directory / f"osv-detector-{hashlib.sha256(url.encode()).hexdigest()}-db.json").write_text(json.dumps(cache))


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[1] == "--detector":
        detector_cache(pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3]))
    elif len(sys.argv) == 2:
        generate(pathlib.Path(sys.argv[1]))
    else:
        sys.exit(__doc__)
