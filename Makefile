# The interface of this repository: `make help`.
# Everything is built once, in release: programs and tests share the same object files.

SHELL := /bin/bash
PRODUCT := .build/release/infiniretri
# An import that a target does not declare is an error: modules know those below them and no others.
SWIFT_FLAGS := -c release --explicit-target-dependency-import-check error
# Only what the tests need is built, not every target of every dependency; and without @testable, so that the
# modules are the program's own.
TEST_PRODUCT := InfiniRetriPackageTests

.DEFAULT_GOAL := help
.PHONY: help build demo test models essays lint format clean

help: ## Shows this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "make %-8s %s\n", $$1, $$2 }'

build: ## Builds the program: .build/release/infiniretri
	swift build $(SWIFT_FLAGS) --product infiniretri

models: build ## Fetches the default model (98 MB) into the cache folder, unless it is there
	$(PRODUCT) models pull

essays: ## Fetches the demo's text (Paul Graham's essays) into the cache folder, unless it is there
	scripts/fetch-essays.sh

demo: models essays ## Asks a question of 160,000 tokens of essays
	scripts/demo.sh $(PRODUCT)

test: models essays ## Builds and runs all tests
	swift build $(SWIFT_FLAGS) --product $(TEST_PRODUCT)
	swift test $(SWIFT_FLAGS) --disable-testable-imports --skip-build

lint: ## Checks the format of all Swift sources, and that dependencies point down
	swift format lint --strict --parallel -r Sources Tests Package.swift
	scripts/check-structure.py

format: ## Formats all Swift sources
	swift format format --in-place --parallel -r Sources Tests Package.swift

clean: ## Removes what was built; the cache folder stays
	swift package clean
