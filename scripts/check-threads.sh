#!/usr/bin/env bash
# Runs the tests of what several threads share under ThreadSanitizer: pool, turns, streams, passes and generation at once, asks.
set -euo pipefail
cd "$(dirname "$0")/.."

flags=(--sanitize=thread --scratch-path .build-threads)
swift build "${flags[@]}" --product InfiniRetriPackageTests
TSAN_OPTIONS=halt_on_error=1 swift test "${flags[@]}" --skip-build \
  --filter 'ThreadPoolTests|TurnQueueTests|KeyValueBlocksTests|ConcurrencyTests|ConcurrentAsksTests|passesAtOnce'
