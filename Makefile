# Commands for developers and continuous integration. `make help` prints the text after ##.

export IMAGES_DIR ?= $(CURDIR)/images
binary := .build/release/obox

.PHONY: help deps build image run dev test fuzz bench deb clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

deps: ## install every Debian package that developing needs
	@scripts/packages.sh build hypervisor image test install deb

build: ## build the release binary, .build/release/obox
	@scripts/packages.sh build
	swift build -c release --static-swift-stdlib --product obox

image: ## build the Debian 12 image for machines, debian/12.qcow2 in IMAGES_DIR
	@scripts/packages.sh image
	@scripts/build-image.sh

run: build ## build all that is missing and serve; ARGS="--listen 0.0.0.0:4000" adds options
	@scripts/run.sh $(ARGS)

dev: ## serve a debug build with the page from its folder; starts again when a Swift file changes
	@scripts/packages.sh build dev
	@scripts/dev.sh $(ARGS)

test: ## check everything, step by step; STEPS="format unit" runs only those; ROOTS="bookworm trixie" for install
	@scripts/test.sh $(STEPS)

fuzz: ## feed each reader and the running daemon with changed inputs for MINUTES=10; FUZZ_SEED plays one run again
	@scripts/fuzz.sh $(or $(MINUTES),10)

bench: build ## measure start, memory, size, requests a second and CPU per request
	@Benchmarks/run

deb: build ## package the release binary as a .deb in .build
	@scripts/packages.sh deb
	@packaging/build-deb.sh

clean: ## remove what was built, but no data and no image
	rm -rf .build
