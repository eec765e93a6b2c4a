"""Which room of the sources may look into which: ARCHITECTURE.md's dependency direction as a table."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE_FOLDERS = ("include", "src", "edge", "wasm")
SOURCE_SUFFIXES = (".h", ".cc")

# Standard headers that pull tables and locales into WebAssembly modules.
STREAMS = {"fstream", "iomanip", "ios", "iostream", "istream", "locale", "ostream", "regex", "sstream", "streambuf", "syncstream"}
C_HEADERS = {"stddef.h", "stdint.h"}

# How to recognise a library by what is included.
LIBRARIES = {
    "boost": r"boost/", "cli11": r"CLI/", "cryptopp": r"(cryptopp|crypto\+\+)/", "curl": r"curl/", "gtest": r"g(test|mock)/",
    "json": r"nlohmann/", "libpsl": r"libpsl\.h$", "lmdb": r"lmdb(\+\+)?\.h$", "mustache": r"kainjow/", "nginx": r"ng[xh]_",
    "openssl": r"openssl/", "png": r"png\.h$", "qrcodegen": r"qrcodegen/", "spdlog": r"(spdlog|fmt)/", "sqlite": r"sqlite3(ext)?\.h$",
    "xml": r"libxml/",
}

STORE_INTERFACE = ("origin/store/store.h", "origin/store/records.h", "origin/store/secret_text.h")


class Room:
    """`own` and `may_see` are prefixes of quoted includes; `pure` rooms see the C++ standard library alone."""

    def __init__(self, *may_see, libraries=(), pure=False):
        self.may_see = ("refedge/",) + may_see
        self.libraries = set(libraries)
        self.pure = pure


# The longest prefix that fits a file's path is its room.
ROOMS = {
    "include/refedge/": Room(pure=True),
    "src/core/": Room("core/", pure=True),
    "src/core/crypto/": Room("core/crypto/", libraries=("cryptopp",)),
    "src/capi/": Room("capi/", "core/decimal.h", "core/json_object.h", "core/json_members.h", "core/words.h",
                      "core/evidence_words.h", pure=True),
    "src/json/": Room("json/", libraries=("json",)),
    "wasm/": Room("boundary.h", "arena.h", "capi/operation.h"),
    "edge/io_result.h": Room(),
    "edge/links/": Room("edge/io_result.h", "edge/links/", libraries=("lmdb",)),
    "edge/links/tools/": Room("edge/io_result.h", "edge/links/", libraries=("lmdb", "json")),
    "edge/spool/": Room("edge/io_result.h", "edge/spool/"),
    "edge/spool/tools/": Room("edge/io_result.h", "edge/spool/", libraries=("json",)),
    "edge/visit/": Room("edge/io_result.h", "edge/visit/", "edge/links/market_id.h", libraries=("libpsl",)),
    "edge/agent/": Room("edge/io_result.h", "edge/agent/", "edge/links/", "edge/spool/", libraries=("boost", "curl", "json", "spdlog")),
    "edge/nginx/": Room("edge/io_result.h", "edge/nginx/", "edge/links/", "edge/spool/", "edge/visit/", "json/", libraries=("nginx",)),
    # main -> http -> api -> domain -> store interface; a concrete store is seen by main alone.
    "src/origin/store/": Room(*STORE_INTERFACE),
    "src/origin/store/sqlite/": Room(*STORE_INTERFACE, "origin/store/sqlite/", "origin/assets.h", libraries=("sqlite",)),
    "src/origin/domain/": Room("origin/domain/", *STORE_INTERFACE, libraries=("json", "libpsl", "curl")),
    "src/origin/widget/": Room("origin/widget/", "origin/assets.h", libraries=("json", "mustache", "png", "qrcodegen")),
    "src/origin/outbound/": Room("origin/outbound/", "origin/domain/", *STORE_INTERFACE, libraries=("boost", "curl", "spdlog")),
    "src/origin/api/": Room("json/", "origin/api/", "origin/domain/", "origin/widget/", *STORE_INTERFACE, libraries=("json",)),
    "src/origin/http/": Room("origin/http/", "origin/api/", libraries=("boost", "spdlog")),
    "src/origin/main/": Room("origin/", libraries=("boost", "spdlog")),
    "src/cli/": Room("cli/", "edge/agent/", libraries=("cli11", "json", "spdlog")),
    "src/cli/doctor/": Room("cli/doctor/", "origin/outbound/address_policy.h", "origin/domain/site.h", libraries=("boost", "curl", "xml")),
    # Integrity attributes have SHA-384, which the core has no use for.
    "src/cli/doctor/integrity.cc": Room("cli/doctor/", libraries=("cryptopp", "json")),
    # The program's commands choose the store, as main does.
    "src/cli/origin_commands.cc": Room("cli/", "origin/main/", "origin/outbound/address_policy.h",
                                       "origin/store/sqlite/sqlite_store.h", libraries=("cli11", "spdlog")),
}


def sources():
    """All C++ files of the rooms, as paths from the root."""
    for folder in SOURCE_FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in SOURCE_SUFFIXES:
                yield path.relative_to(ROOT).as_posix()


def room_of(path):
    fitting = [prefix for prefix in ROOMS if path.startswith(prefix)]
    return ROOMS[max(fitting, key=len)] if fitting else None


def includes_of(text):
    """(is_quoted, name) of each include, conditional ones too."""
    for quoted, angled in re.findall(r'^[ \t]*#[ \t]*include[ \t]*(?:"([^"]+)"|<([^>]+)>)', text, re.MULTILINE):
        yield (True, quoted) if quoted else (False, angled)


def library_of(name):
    return next((library for library, pattern in LIBRARIES.items() if re.match(pattern, name)), None)


def refusal(path, is_quoted, name):
    """Why the file at `path` may not include `name`, or None when it may."""
    room = room_of(path)
    if room is None:
        return "the file is in no room of tests/conventions/rooms.py"
    library = library_of(name)
    if library is not None:
        return None if library in room.libraries else f"this room may not see {library}"
    if is_quoted:
        return None if name.startswith(room.may_see) else "this room may not look there"
    if not room.pure:
        return None
    if name in STREAMS:
        return "streams and locales stay out of the core"
    is_standard = re.fullmatch(r"[a-z_]+", name) or (name in C_HEADERS and path.endswith("c_api.h"))
    return None if is_standard else "only the C++ standard library"
