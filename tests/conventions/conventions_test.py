"""How the sources are written: who includes whom, and what the core must not contain."""

import re
import subprocess
import sys
import unittest

import rooms

MAX_LINES = 400
# What compiles under em++ and then traps, or throws where nothing catches it.
FORBIDDEN_IN_CORE = {
    r"\bstd::sto[a-z]+\(": "std::from_chars", r"\.at\(": "operator[] after a check", r"\bthrow\b": "Result",
    r"\btry\s*\{": "Result", r"\bstd::(cout|cerr|clog|cin)\b": "nothing: the core has no I/O",
    r"\bgetenv\(": "an argument", r"\b(rand|random_device|system_clock|steady_clock)\b": "an argument",
}
PURE_FOLDERS = ("include/", "src/core/", "src/capi/")


def read(path):
    return (rooms.ROOT / path).read_text(encoding="utf-8")


def code_of(text):
    """The text without comments and string literals."""
    text = re.sub(r"//[^\n]*|/\*.*?\*/", "", text, flags=re.DOTALL)
    return re.sub(r'"(?:\\.|[^"\\\n])*"', '""', text)


class TheRules(unittest.TestCase):
    """The rules themselves refuse what they are for."""

    REFUSED = [
        ("src/core/hex.cc", False, "cryptopp/sha.h"), ("src/core/hex.cc", False, "iostream"),
        ("src/core/hex.cc", True, "capi/record.h"), ("src/core/hex.cc", False, "unistd.h"),
        ("src/core/hex.cc", False, "nlohmann/json.hpp"), ("include/refedge/hex.h", True, "core/ascii.h"),
        ("include/refedge/hex.h", False, "stdint.h"), ("src/core/crypto/crypto.cc", False, "openssl/evp.h"),
        ("src/capi/c_api.cc", True, "core/crypto/crypto.h"), ("edge/nginx/track.cc", True, "core/ascii.h"),
        ("edge/nginx/track.cc", True, "origin/domain/tracking.h"), ("edge/agent/agent.cc", True, "origin/store/store.h"),
        ("edge/nginx/track.cc", False, "cryptopp/hmac.h"), ("wasm/boundary.cc", True, "core/ascii.h"),
        ("src/origin/domain/x.cc", True, "origin/api/request.h"), ("src/origin/domain/x.cc", True, "origin/store/sqlite/tables.h"),
        ("src/origin/api/x.cc", True, "origin/store/sqlite/sqlite_store.h"), ("src/origin/api/x.cc", False, "sqlite3.h"),
        ("src/origin/http/x.cc", True, "origin/main/service.h"), ("src/origin/api/x.cc", True, "origin/http/server.h"),
        ("src/cli/main.cc", False, "sqlite3.h"), ("src/elsewhere/x.cc", True, "refedge/hex.h"),
    ]
    ALLOWED = [
        ("src/core/hex.cc", True, "core/ascii.h"), ("src/core/hex.cc", False, "string_view"),
        ("src/core/crypto/crypto.cc", False, "cryptopp/sha.h"), ("src/core/cookie_signature.cc", True, "core/crypto/crypto.h"),
        ("include/refedge/c_api.h", False, "stdint.h"), ("src/origin/main/x.cc", True, "origin/store/sqlite/sqlite_store.h"),
        ("src/origin/domain/x.cc", True, "origin/store/store.h"), ("edge/nginx/track.cc", True, "edge/spool/spool_writer.h"),
    ]

    def test_refuse(self):
        for case in self.REFUSED:
            self.assertIsNotNone(rooms.refusal(*case), case)

    def test_allow(self):
        for case in self.ALLOWED:
            self.assertIsNone(rooms.refusal(*case), case)

    def test_see_every_form_of_include(self):
        text = '#include <a>\n  # include "b/c.h"\n#if X\n#include\t<d.h>\n// #include <not>\n'
        self.assertEqual(list(rooms.includes_of(text)), [(False, "a"), (True, "b/c.h"), (False, "d.h")])

    def test_do_not_mistake_text_for_code(self):
        self.assertEqual(code_of('a; // throw\n"throw \\" x" b /* try { */'), 'a; \n"" b ')


class TheSources(unittest.TestCase):
    def test_include_only_what_their_room_may_see(self):
        count = 0
        for path in rooms.sources():
            for is_quoted, name in rooms.includes_of(read(path)):
                count += 1
                with self.subTest(path=path, include=name):
                    self.assertIsNone(rooms.refusal(path, is_quoted, name))
        self.assertGreater(count, 300)

    def test_of_the_core_use_nothing_that_throws_or_asks_the_machine(self):
        for path in rooms.sources():
            if not path.startswith(PURE_FOLDERS):
                continue
            for pattern, instead in FORBIDDEN_IN_CORE.items():
                self.assertIsNone(re.search(pattern, code_of(read(path))), f"{path}: {pattern}: use {instead}")

    def test_are_about_one_thing_each(self):
        for path in rooms.sources():
            self.assertLessEqual(read(path).count("\n"), MAX_LINES, path)

    def test_leave_namespaces_closed_and_nothing_for_later(self):
        for path in rooms.sources():
            text = read(path)
            self.assertNotIn("using namespace", code_of(text), path)
            self.assertIsNone(re.search(r"\b(TODO|FIXME|XXX)\b", text), path)

    def test_are_listed_by_name(self):
        for path in rooms.ROOT.glob("**/CMakeLists.txt"):
            if not {"build", "node_modules"} & set(path.relative_to(rooms.ROOT).parts):
                self.assertNotRegex(path.read_text(encoding="utf-8"), r"file\s*\(\s*GLOB", path)


class ThePublicHeaders(unittest.TestCase):
    def compile(self, language, standard, text):
        command = [self.compiler, "-x", language, f"-std={standard}", "-fsyntax-only", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
                   "-I", str(rooms.ROOT / "include"), "-"]
        return subprocess.run(command, input=text, text=True, capture_output=True, check=False)

    def test_stand_alone(self):
        names = sorted(path.name for path in (rooms.ROOT / "include/refedge").glob("*.h"))
        self.assertGreaterEqual(len(names), 19)
        for name in names:
            twice = f'#include "refedge/{name}"\n' * 2
            done = self.compile("c++", "c++20", twice)
            self.assertEqual(done.returncode, 0, f"{name}\n{done.stderr}")

    def test_of_the_c_abi_is_c(self):
        done = self.compile("c", "c11", '#include "refedge/c_api.h"\n')
        self.assertEqual(done.returncode, 0, done.stderr)


if __name__ == "__main__":
    ThePublicHeaders.compiler = sys.argv.pop(1)
    unittest.main()
