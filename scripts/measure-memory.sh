#!/usr/bin/env bash
# Time and memory of `retrieve` with one question over about 10,000 tokens, over the essays, and over the essays seven times.
# Anonymous memory is what the process holds besides the mapped model file. Linux only; on a machine that does nothing else.
# Usage: measure-memory.sh [PROGRAM]
set -euo pipefail

program=${1:-.build/release/infiniretri}
essays=$(scripts/fetch-essays.sh)

python3 - "$program" "$essays" <<'PY'
import json, pathlib, subprocess, sys, tempfile, time

program, essays = sys.argv[1], pathlib.Path(sys.argv[2])
whole = "\n\n".join(path.read_text(errors="replace") for path in sorted(essays.glob("*.txt")))
question = "What kind of computer did the author's father buy?"


def kilobytes(process, name):
    lines = pathlib.Path(f"/proc/{process.pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith(name + ":")), 0)


print(f"{'tokens':>10}{'seconds':>9}{'anonymous MB':>14}{'resident MB':>13}")
for text in (whole[:42_000], whole, "\n\n".join([whole] * 7)):
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file, tempfile.TemporaryFile("w+") as output:
        file.write(text)
        file.flush()
        start = time.perf_counter()
        process = subprocess.Popen([program, "retrieve", "--quiet", "--json", file.name, question], stdout=output)
        anonymous = resident = 0
        while process.poll() is None:
            try:
                anonymous = max(anonymous, kilobytes(process, "RssAnon"))
                resident = max(resident, kilobytes(process, "VmHWM"))
            except OSError:
                pass  # it has just ended
            time.sleep(0.02)
        seconds = time.perf_counter() - start
        output.seek(0)
        tokens = json.loads(output.read())["usage"]["documentTokens"]
    print(f"{tokens:>10,}{seconds:>9.1f}{anonymous / 1e3:>14.0f}{resident / 1e3:>13.0f}")
PY
