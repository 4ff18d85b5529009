# Every target makes or brings up to date its own environment first; nothing else is needed before.
PYTHON ?= python3
RUN := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help demo demo-reset run test lint fmt messages lock bench figures soak pictures demo-environment dev-environment

help: ## Show what can be typed here
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

demo: demo-environment ## Start the portal with a sample year, on PORT (8000); Ctrl-C stops it
	@$(RUN) -m dev.stack demo

demo-reset: ## Clear what the demo has stored under var/
	@$(PYTHON) -m dev.reset

run: demo-environment ## Start the portal without sample data, on PORT (8000)
	@$(RUN) -m dev.stack run

test: dev-environment ## Run every test; PYTEST="-k packet -x" adds to the command
	@CHROMIUM_PATH=$$($(RUN) -m dev.chromium) && export CHROMIUM_PATH && $(RUN) -m pytest -n 2 --dist=worksteal $(PYTEST)

lint: dev-environment ## Run every check that CI runs besides the tests
	@$(RUN) -m dev.lint

fmt: dev-environment ## Format Python and templates
	@$(RUN) -m dev.lint --fix

messages: dev-environment ## Collect the texts to translate into locale/
	@$(RUN) -m dev.messages collect

lock: dev-environment ## Lock what pyproject.toml names, with hashes; LOCK=--upgrade takes the newest
	@$(RUN) -m dev.lock $(LOCK)

bench: dev-environment ## Measure pages against the floor of a bare Django
	@$(RUN) -m dev.figures bench

figures: dev-environment ## Measure everything and write var/figures.json
	@$(RUN) -m dev.figures

soak: dev-environment ## Run the long measurements
	@$(RUN) -m dev.figures soak

pictures: dev-environment ## Take the pictures of docs/pictures from a demo of their own
	@$(RUN) -m dev.pictures

demo-environment:
	@$(PYTHON) -m dev.bootstrap demo

dev-environment:
	@$(PYTHON) -m dev.bootstrap dev
