#!/usr/bin/env bash
# Runs the thread pool from several threads at once under ThreadSanitizer. (Of the Swift code above it the sanitizer says nothing
# true: it does not see the locks of Swift's Synchronization module, and takes what they guard for races.)
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The sanitizer of Swift's clang knows libdispatch, and wants it.
libraries=$(swift -print-target-info | python3 -c 'import json, sys; print(json.load(sys.stdin)["paths"]["runtimeLibraryPaths"][0])')
compiler=$(dirname "$(readlink -f "$(command -v swift)")")/clang
[[ -x $compiler ]] || compiler=clang
"$compiler" -std=c11 -O1 -g -fsanitize=thread -Wall -Wextra -Werror -I Sources/CKernels/include \
  Sources/CKernels/thread_pool.c scripts/check-threads.c -o "$work/check" \
  -L "$libraries" -Wl,-rpath,"$libraries" -ldispatch -lBlocksRuntime -lpthread
TSAN_OPTIONS=halt_on_error=1 "$work/check"
