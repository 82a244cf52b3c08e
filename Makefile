SHELL := bash
.DEFAULT_GOAL := help
.PHONY: help setup build run demo dev test lint fmt audit bench soak clean

DEMO_DIR ?= data/demo

help: ## What there is to make
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: ## Install what building needs and is missing
	@scripts/setup.sh build

build: setup ## The release program, at dist/sapa
	@scripts/build.sh

run: build ## Build, then serve on http://127.0.0.1:3000
	@exec dist/sapa serve

demo: build ## Build, fill a house with people and messages, serve it
	@[ -e $(DEMO_DIR) ] || { rm -rf $(DEMO_DIR).new && \
		dist/sapa demo --data-dir $(DEMO_DIR).new && mv $(DEMO_DIR).new $(DEMO_DIR); }
	@exec dist/sapa serve --data-dir $(DEMO_DIR)

dev: setup ## Rebuild and restart while you edit
	@. scripts/env.sh && exec cargo leptos watch --split

test: ## Every check and test
	@scripts/test.sh

lint: ## Format, lints, types and licences, without building the program
	@scripts/test.sh lint

fmt: ## Format the Rust code
	@. scripts/env.sh && cargo fmt

audit: ## Known weaknesses of what is depended on, as of today
	@scripts/setup.sh lint && . scripts/env.sh && cargo deny --locked check advisories

bench: ## What the interface weighs and how smoothly it runs, measured here
	@scripts/bench.sh

soak: ## Long runs: fuzzing, and more
	@scripts/soak.sh

clean: ## Remove what was built here (not the cache)
	rm -rf target dist
