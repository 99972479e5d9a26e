# One line per chore; `make` lists them.
#
#   LIBTORCH=…     an existing libtorch or torch folder, instead of the wheel
#   RATHER_DATA=…  a folder of real networks and photos for the tests that need them

# How Swift finds libtorch where the package does not name the file itself: where its path has a blank or `checkouts`.
export PKG_CONFIG_PATH := $(CURDIR)/.pkgconfig:$(PKG_CONFIG_PATH)

.PHONY: help demo test test-long zoo build bootstrap references data lint format gallery bench bench-workbench load methods memory \
  corpus faithfulness experiments sizes fuzz interface docs clean

help: ## list the chores
	@grep -E '^[a-z-]+:.*##' Makefile | sed 's/:.*## /\t/' | expand -t 18

demo: build data ## train a classifier on Fashion-MNIST, explain what it confuses, write a report
	@.build/release/rather demo --force

test: bootstrap data references ## install what is missing and run the tests
	# Tests run side by side, with one thread per operator, as in the Pythons they start: sums of floats,
	# and with them which side of a kink a ReLU is on, depend on the number of threads.
	OMP_NUM_THREADS=1 swift test

test-long: build ## run the campaigns, which take hours; ONLY="one another" runs those
	@Tests/Long/run $(ONLY)

zoo: build ## hold a hundred architectures against PyTorch and write docs/networks.md; takes two hours
	@RECORD=1 Tests/Long/run architectures
	@.venv/bin/python Tests/Long/architectures_page.py out/long/architectures

build: bootstrap ## build the release binary, .build/release/rather
	swift build -c release --product rather

bootstrap: ## install what is missing: system libraries, the torch wheel
	@Tools/bootstrap

references: bootstrap ## install the Python libraries that tests compare with
	@Tools/install-references

data: bootstrap ## install Fashion-MNIST, from the system's package if there is one
	@Tools/install-data

lint: ## check style: format, forbidden words, sizes of files
	swift format lint --strict --recursive Sources Tests Examples Tools Fuzz/Sources Fuzz/Package.swift Package.swift
	@Tools/check-habits

interface: bootstrap ## write the public interface down, docs/interface, which a test compares
	@Tools/interface

docs: bootstrap ## build the documentation of the libraries, out/docs; fails on any warning
	@Tools/docs

format: ## format the sources in place
	swift format --in-place --recursive Sources Tests Examples Tools Fuzz/Sources Fuzz/Package.swift Package.swift

gallery: build ## draw every method on three photos, for visual inspection; needs RATHER_DATA
	@Tools/gallery

bench: build ## compare speed and memory with Python peers; prints ratios
	@Benchmarks/run

corpus: ## time learning from documents at four sizes up to 1.28 million; needs RATHER_DATA
	@Benchmarks/run corpus

sizes: ## count the lines of each module
	@for module in Sources/*/; do printf '%6d  %s\n' "$$(find $$module -name '*.swift' -o -name '*.cpp' -o -name '*.h' | xargs cat | wc -l)" "$$module"; done

faithfulness: build ## time CAUC and CDROP against CWOX's loop; needs RATHER_DATA, and CWOX, a clone of it
	@Benchmarks/run faithfulness

experiments: build ## repeat the published experiments on contrastive examples; takes hours
	@for one in planted-square third-class starting-points other-data four-discriminators; do \
	  echo "== $$one"; .venv/bin/python experiments/$$one || exit 1; done

bench-workbench: build ## time what the workbench answers in a browser; needs RATHER_DATA, and CWOX for its page
	@Benchmarks/run workbench

load: build ## let a thousand read and twenty ask for ten minutes
	@Benchmarks/run load

methods: build ## compare sampling and relevance methods with their peers; takes a quarter of an hour
	@Benchmarks/run methods

memory: build ## measure the peak memory of every command at three allowances; takes half an hour
	@Benchmarks/run memory

fuzz: bootstrap ## feed readers and operators what nobody would write; TARGET=graph RUNS=1000000
	@Tools/fuzz

clean: ## remove what was built, but not what was installed
	rm -rf .build out
