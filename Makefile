# The front door. `make help` lists what there is; CI and people run the same targets.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
# The prerequisites of a target are steps, in order.
.NOTPARALLEL:

SWIFT ?= swift
PREFIX ?= /usr/local
# The tests find the program and the images by these.
export PODSHIM_BINARY ?= $(CURDIR)/.build/podshim
export PODSHIM_IMAGES ?= $(CURDIR)/.cache/images

# An import that Package.swift does not declare fails the build. One set of flags for building and
# for testing, or each would build everything again.
strict := --explicit-target-dependency-import-check error
# With the linker of the toolchain: the one of the host warns about functions that nothing calls.
static := -c release --product podshim -Xswiftc -static-executable -Xswiftc -use-ld=lld
test := $(SWIFT) test $(strict) --disable-xctest
say = @echo "==> $(1)"
# Those with real servers in them: `make seeds` has them, and so has what CI runs.
servers := SeedTests|PatternTests
# Chromium is large: `make browser` installs it, and so does what CI runs.
pictures := TimelinePictureTests
# Floods and races take their time: `make runtime` has them, and so has what CI runs.
long := SupervisorKillTests/flooding|TerminalTests/slowReader|BadProbeTests/misbehaving
long := $(long)|SubPathTests/race|LogTests/flood
# What is asked of an OCI runtime, of four of them: `make runtime-callers` has it.
faces := RuntimeTests.Interface
# Runs tests; says at the end, once more, what failed.
define tests
@mkdir -p .build
@$(test) $(1) 2>&1 | tee .build/last-tests.log || { echo "==> what failed"; \
  grep -a -A 3 '^✘ Test .* recorded an issue' .build/last-tests.log || true; \
  tail -n 1 .build/last-tests.log; exit 1; }
endef
# Runs the tests of one name. The test runner passes when there are none; this fails.
define only
$(call tests,--filter $(1) $(2))
@! grep -q 'Test run with 0 tests' .build/last-tests.log || \
  { echo "no test is named $(1)"; exit 1; }
endef

.PHONY: help demo build release test golden seeds browser fuzz bench runtime runtime-callers \
  cgroup-v2 deb format lint check install clean \
  setup-demo setup-test setup-check images images-all bundles

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' Makefile

demo: setup-demo release ## Run a pod of two containers and show every command (needs root)
	$(call say,the image of the demo's containers)
	@Tests/Images/build busybox
	@Tests/demo

build: ## Build everything, for debugging
	$(call say,a debug build)
	@$(SWIFT) build $(strict)

release: ## Build .build/podshim: optimized, fully static, stripped
	$(call say,a static release build: .build/podshim)
	@$(SWIFT) build $(strict) $(static)
	@strip -o .build/podshim.new .build/release/podshim
	@mv .build/podshim.new .build/podshim

test: setup-test build release images bundles ## Run all tests but the slow ones (needs root)
	$(call say,the tests)
	$(call tests,--skip '$(servers)' --skip '$(long)' --skip '$(pictures)' --skip '$(faces)')

golden: ## Rewrite the golden files; fails when one changed, so that you look at it
	@RECORD=1 $(test) --filter PodModelTests

seeds: setup-test release images-all ## Run the seeds and the patterns, with real servers in them
	$(call only,'$(servers)')

browser: ## Look at pictures of time lines in a browser (installs chromium)
	@Tests/setup test browser
	$(call only,'$(pictures)')

# So many lives are told more than ten million facts: optimized, and in a place of its own,
# because a release is built with other flags.
fuzz: export PODSHIM_FUZZ ?= 130000
fuzz: ## Play the lives of 130 000 random pods, which are told ten million facts (slow)
	$(call only,FuzzTests,-c release -Xswiftc -enable-testing --scratch-path .build/fuzz)

bench: release ## Measure size, memory and times, beside crun and podman (needs root)
	@Tests/setup demo bench
	@Tests/Images/build busybox
	@Tests/bench

runtime: setup-test release images ## Run the tests that drive the built program (needs root)
	$(call only,RuntimeTests,--skip '$(servers)' --skip '$(faces)')

runtime-callers: setup-test release images ## Have all engines call podshim (needs root)
	$(call say,what the callers of a runtime rely on: crun, runc, and podshim over each)
	$(call only,'$(faces)')
	@Tests/setup demo callers
	$(call say,the callers of a runtime)
	@Tests/callers/compare

cgroup-v2: setup-demo release ## Run the demo pods in a guest with cgroup v2 (qemu)
	@Tests/setup guest
	@Tests/Images/build busybox
	$(call say,a guest with cgroup v2)
	@Tests/cgroup-v2

format: ## Format all Swift files
	@$(SWIFT) format format --in-place --parallel --recursive Package.swift Sources Tests

lint: ## Say what is not formatted, or breaks a rule of .swift-format
	@$(SWIFT) format lint --strict --parallel --recursive Package.swift Sources Tests

check: setup-check lint build release images-all bundles ## Everything but what is slow (needs root)
	$(call say,all tests)
	$(call tests,--skip '$(faces)')

install: ## Copy podshim, its manual, completions and systemd unit to $(DESTDIR)$(PREFIX)
	@[ -x .build/podshim ] || $(MAKE) --no-print-directory release
	@install -D -m 755 .build/podshim "$(DESTDIR)$(PREFIX)/bin/podshim"
	@ln -sf podshim "$(DESTDIR)$(PREFIX)/bin/podshim-runtime"
	@.build/podshim man "$(DESTDIR)$(PREFIX)/share/man/man1"
	@mkdir -p "$(DESTDIR)$(PREFIX)/lib/systemd/system" $(addprefix "$(DESTDIR)$(PREFIX)/share"/, \
	  bash-completion/completions zsh/site-functions fish/vendor_completions.d)
	@sed 's|@PREFIX@|$(PREFIX)|' packaging/systemd/podshim-resume.service \
	  >"$(DESTDIR)$(PREFIX)/lib/systemd/system/podshim-resume.service"
	@cd "$(DESTDIR)$(PREFIX)" && bin/podshim completion bash \
	  >share/bash-completion/completions/podshim
	@cd "$(DESTDIR)$(PREFIX)" && bin/podshim completion zsh >share/zsh/site-functions/_podshim
	@cd "$(DESTDIR)$(PREFIX)" && bin/podshim completion fish \
	  >share/fish/vendor_completions.d/podshim.fish
	@echo "to have pods come back after a reboot: systemctl enable podshim-resume"

deb: release ## Build a Debian package, and try it on a clean Debian (needs root)
	@Tests/setup demo package
	@Tests/Images/build busybox
	@packaging/deb .build/podshim.deb
	@Tests/package .build/podshim.deb

clean: ## Remove what was built, and the test images
	@rm -rf .build .cache

# Steps of the targets above

setup-demo:
	$(call say,what this host lacks)
	@Tests/setup demo

setup-test:
	$(call say,what this host lacks)
	@Tests/setup test

setup-check:
	$(call say,what this host lacks)
	@Tests/setup test browser

images:
	$(call say,the test images)
	@Tests/Images/build test

images-all:
	$(call say,the test images)
	@Tests/Images/build seeds

bundles:
	$(call say,the golden bundles against the schema of the OCI)
	@find fixtures/pods -name '*.json' ! -name host.json -print0 | xargs -0 Tests/validate-bundles
	@found=$$(Tests/validate-bundles --broken fixtures/oci/broken/*.json 2>&1) || \
	  { echo "$$found"; exit 1; }; tail -n 1 <<<"$$found"
