# The system's Python, to make the environment with; 3.11 or newer.
PYTHON ?= python3
READY = .venv/.ready
PEERS = .venv/bench/.ready

.PHONY: help setup demo test check bench keys pictures console lock clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

setup: $(READY) ## make the environment .venv from requirements.lock

# The project itself is installed last, as a link to this folder, by the hatchling of the lock:
# --no-index proves that nothing else is fetched.
$(READY): requirements.lock pyproject.toml
	sh .ci/venv '$(PYTHON)'
	.venv/bin/python -m pip install -qq --disable-pip-version-check \
		--require-hashes --only-binary :all: --requirement requirements.lock
	.venv/bin/python -m pip install -qq --disable-pip-version-check \
		--no-index --no-deps --no-build-isolation --editable .
	touch $(READY)

demo: $(READY) ## open the desk on a made-up store; without a terminal, do its main job and report
	@.venv/bin/python -m tui demo

test: $(READY) ## run every test
	.venv/bin/python -m pytest --numprocesses auto --dist worksteal

check: $(READY) ## format, lint, types, layers, and whether README's key table is fresh
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo
	.venv/bin/python -m tui.keymap --check README.md

bench: $(READY) $(PEERS) ## measure, and keep the table in docs/benchmarks.md
	.venv/bin/python -m tests.bench

# The programs that the desk is compared with.
$(PEERS): requirements-bench.lock $(READY)
	.venv/bin/python -m venv --without-pip .venv/bench
	.venv/bin/python -m pip --python .venv/bench/bin/python install -qq --disable-pip-version-check \
		--require-hashes --only-binary :all: --requirement requirements-bench.lock
	touch $(PEERS)

keys: $(READY) ## write README's key table anew
	.venv/bin/python -m tui.keymap README.md

pictures: $(READY) ## draw snapshots/ anew; then look at the diff
	.venv/bin/python -m pytest $(patsubst snapshots/%,tests/tui/%.py,$(wildcard snapshots/*)) --snapshot-update

console: $(READY) ## draw docs/console/ anew, from a real Linux console; needs root and console-setup-linux
	DRAW_CONSOLE=1 .venv/bin/python -m pytest tests/e2e/test_console.py

# A pin that still fits is kept: for the newest of everything remove the file first.
lock: ## resolve both locks anew (needs uv)
	uv pip compile pyproject.toml --extra postgres --extra xlsx --extra test --universal --python-version 3.11 \
		--generate-hashes --no-annotate --no-header --quiet --output-file requirements.lock
	uv pip compile pyproject.toml --extra bench --universal --python-version 3.11 \
		--generate-hashes --no-annotate --no-header --quiet --output-file requirements-bench.lock

clean: ## remove the environment and what the tools left
	rm -rf .venv .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	rm -f snapshot_report.html
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
