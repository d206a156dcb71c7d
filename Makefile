# TCD Desktop: the commands of the project.
#
# Debian 12, Ubuntu 22.04 and later, from nothing but Python 3.11 (each line does everything by itself, and
# asks for the password when Debian packages are missing):
#
#     sudo apt-get update && sudo apt-get install -y make && make run      opens the program
#     make test                                                          checks everything
#
# Windows 10 (1809) or 11 with Python 3.11 to 3.13 from python.org, in the folder of the project:
#
#     py -m venv .venv
#     .venv\Scripts\python -m pip install --require-hashes -r requirements.lock
#     .venv\Scripts\python -m tcd_desktop                                 opens the program
#     .venv\Scripts\python -m pytest                                      checks everything
#
# Only the first run needs a network. `make run ARGS="self-check"` passes arguments to the program,
# `make test ARGS="tests/store -k journal"` to pytest; `make run PYTHON=python3.12` starts from another Python.

PYTHON ?= python3
WINE ?= wine
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
LANGUAGES := vi
CATALOGUES := $(wildcard $(LANGUAGES:%=translations/%/LC_MESSAGES/tcd_desktop.po))

# What Qt opens a window with (fonts come with libfontconfig1); what the tests look at windows and papers with, and a
# token of signatures in software;
# what PyInstaller takes programs apart with.
RUN_PACKAGES := libglib2.0-0 libegl1 libgl1 libdbus-1-3 libfontconfig1 libxcb-cursor0 libxcb-icccm4 \
	libxcb-keysyms1 libxcb-shape0 libxkbcommon-x11-0
TEST_PACKAGES := xvfb xauth poppler-utils softhsm2
BUILD_PACKAGES := binutils

ifeq (,$(findstring utf8,$(subst -,,$(subst UTF,utf,$(LC_ALL)$(LC_CTYPE)$(LANG)))))
export LC_ALL := C.UTF-8
endif

SHELL := /bin/sh
.SHELLFLAGS := -euc
.ONESHELL:
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help run test bench installer windows-installer wheel translations lock

help:
	@echo 'make run                opens TCD Desktop          (ARGS="demo FOLDER" and so on: the command line)'
	echo 'make test               linter, types, tests       (ARGS="tests/domain": only some)'
	echo 'make bench              the measurements'
	echo 'make installer          the program as one folder for Linux, in dist/tcd-desktop'
	echo 'make windows-installer  the same for Windows, under Wine; on Windows run pyinstaller itself'
	echo 'make wheel              the program as a Python package, in dist'
	echo 'make translations       takes new texts of the program into the catalogues'
	echo 'make lock               newest versions of the libraries into requirements.lock'

run: $(VENV)/.ready-run $(CATALOGUES:.po=.mo)
	@exec $(BIN)/python -m tcd_desktop $(ARGS)

test: $(VENV)/.ready-test $(CATALOGUES:.po=.mo)
	@failed=
	$(BIN)/ruff check || failed="$$failed ruff"
	$(BIN)/mypy || failed="$$failed mypy"
	$(BIN)/python -m pytest $(ARGS) || failed="$$failed pytest"
	if [ -n "$$failed" ]; then echo "Not passed:$$failed" >&2; exit 1; fi

bench: $(VENV)/.ready-test $(CATALOGUES:.po=.mo)
	@exec $(BIN)/python -m tests.benchmarks $(ARGS)

# The folder is checked by the program in it: fonts, translations, an office in memory, a paper.
installer: $(VENV)/.ready-installer $(CATALOGUES:.po=.mo)
	@$(BIN)/pyinstaller --noconfirm --log-level WARN build_installer.spec
	dist/tcd-desktop/tcd-desktop self-check
	size=$$(du -sm dist/tcd-desktop | cut -f 1)
	echo "dist/tcd-desktop: $$size MB"
	test "$$size" -le 185 || { echo 'More than 185 MB: see what came in.' >&2; exit 1; }

# WINDOWS_PYTHON is the folder of a Windows Python with the libraries of requirements.lock in it. Under Wine the
# result is good for a check; the program that offices get is built on Windows:
#     .venv\Scripts\pyinstaller --noconfirm build_installer.spec
windows-installer: $(CATALOGUES:.po=.mo)
	@test -f "$(WINDOWS_PYTHON)/python.exe" || {
		echo 'Say where the Windows Python is: make windows-installer WINDOWS_PYTHON=FOLDER' >&2; exit 1; }
	mkdir -p build
	run() {
		rm -f build/passed
		{ "$(WINE)" "$$@" </dev/null 2>&1 && touch build/passed; } | cat  # Wine wants pipes
		test -f build/passed
	}
	run "$(WINDOWS_PYTHON)/python.exe" -m PyInstaller --noconfirm --log-level WARN \
		--distpath dist/windows --workpath build/windows build_installer.spec
	run dist/windows/tcd-desktop/tcd-desktop.exe self-check
	du -sm dist/windows/tcd-desktop

wheel: $(VENV)/.ready-run $(CATALOGUES:.po=.mo)
	@$(BIN)/hatchling build --target wheel --directory dist

translations: $(VENV)/.ready-run
	@mkdir -p translations
	$(BIN)/pybabel -q extract --no-default-keywords -k _ -k lazy -k N_ -k ngettext:1,2 -k pgettext:1c,2 \
		--project "TCD Desktop" --copyright-holder "the TCD Desktop authors" --sort-by-file --add-location file \
		--output translations/tcd_desktop.pot tcd_desktop
	for language in $(LANGUAGES); do
		act=update; options='--no-fuzzy-matching --ignore-obsolete --no-wrap'
		if [ ! -f "translations/$$language/LC_MESSAGES/tcd_desktop.po" ]; then act=init; options=--no-wrap; fi
		$(BIN)/pybabel -q $$act $$options --domain tcd_desktop --locale "$$language" \
			--input-file translations/tcd_desktop.pot --output-dir translations
	done

%.mo: %.po | $(VENV)/.ready-run
	@$(BIN)/pybabel -q compile --input-file $< --output-file $@ --locale $(notdir $(patsubst %/,%,$(dir $(@D))))

lock:
	@$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install -q uv
	build/lock/bin/uv pip compile -q --upgrade --universal --python-version 3.11 --generate-hashes \
		--extra sign --extra test --extra build --no-annotate --no-header --no-emit-index-url pyproject.toml -o build/new.lock
	{ head -n 1 requirements.lock; cat build/new.lock; } >build/requirements.lock
	mv build/requirements.lock requirements.lock

# --- What a fresh machine lacks. The files .ready-* say that it was done for this requirements.lock.

$(VENV)/.ready-run: requirements.lock pyproject.toml
	@$(call debian_packages,$(RUN_PACKAGES))
	$(environment)
	touch $@

$(VENV)/.ready-test: $(VENV)/.ready-run
	@$(call debian_packages,$(TEST_PACKAGES))
	touch $@

$(VENV)/.ready-installer: $(VENV)/.ready-run
	@$(call debian_packages,$(BUILD_PACKAGES))
	touch $@

# Installs those of the Debian packages $(1) that are missing, and what $(PYTHON) needs to make an environment.
define debian_packages
missing=
for name in $(1); do
	dpkg-query -W -f '$${Status}\n' "$$name" 2>/dev/null | grep -q '^install ok installed' || missing="$$missing $$name"
done
command -v "$(PYTHON)" >/dev/null || missing="$$missing python3"
test -x $(BIN)/python || "$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || missing="$$missing python3-venv"
if [ -n "$$missing" ] && command -v apt-get >/dev/null; then
	sudo=
	if [ "$$(id -u)" != 0 ]; then sudo=sudo; fi
	echo "Installing Debian packages:$$missing"
	if [ -n "$$sudo" ] && ! command -v sudo >/dev/null; then
		false
	else
		$$sudo apt-get -q update && $$sudo env DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -q --no-install-recommends $$missing
	fi || {
		echo >&2
		echo "These Debian packages are missing and could not be installed:$$missing" >&2
		echo "Let an administrator run the next line, then start again:" >&2
		echo "    apt-get update && apt-get install -y --no-install-recommends$$missing" >&2
		exit 1
	}
elif [ -n "$$missing" ]; then
	echo "This is not a Debian system. Should a library be missing, look for what Debian calls:$$missing" >&2
fi
endef

# The libraries, by hash, in an environment of their own: the system's Python stays as it is.
define environment
"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
	echo "TCD Desktop needs Python 3.11 or later; $(PYTHON) is $$("$(PYTHON)" --version 2>&1)." >&2
	echo "Where another is installed, name it: make run PYTHON=python3.12" >&2
	exit 1
}
if ! $(BIN)/python -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
	"$(PYTHON)" -m venv --clear $(VENV)
fi
echo "Fetching the libraries (once, about 150 MB) ..."
$(PIP) install -q --require-hashes -r requirements.lock
$(PIP) install -q --no-build-isolation --no-deps --editable .
endef
