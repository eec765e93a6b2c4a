// One program for all targets, so that the code under test is linked once: `--target=<name>` chooses one, `--list`
// names them all. libFuzzer passes over what starts with "--".
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "tests/fuzz/target.h"

namespace refedge::fuzz {
namespace {

const Target* chosen = nullptr;

[[noreturn]] void list_targets() {
  for (const Target& target : targets()) std::puts(std::string(target.name).c_str());
  std::exit(0);
}

const Target* find_target(std::string_view name) {
  const auto found =
      std::find_if(targets().begin(), targets().end(), [&](const Target& one) { return one.name == name; });
  return found == targets().end() ? nullptr : &*found;
}

}  // namespace

std::vector<Target>& targets() {
  static std::vector<Target> all;
  return all;
}

std::vector<std::string_view> split_fields(std::string_view input) {
  std::vector<std::string_view> fields;
  while (true) {
    const std::size_t end = input.find(kSeparator);
    fields.push_back(input.substr(0, end));
    if (end == std::string_view::npos) return fields;
    input.remove_prefix(end + 1);
  }
}

}  // namespace refedge::fuzz

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  constexpr std::string_view kOption = "--target=";
  for (int i = 1; i < *argc; ++i) {
    const std::string_view argument = (*argv)[i];
    if (argument == "--list") refedge::fuzz::list_targets();
    if (argument.starts_with(kOption))
      refedge::fuzz::chosen = refedge::fuzz::find_target(argument.substr(kOption.size()));
  }
  if (refedge::fuzz::chosen != nullptr) return 0;
  std::fputs("choose a target of --list with --target=<name>\n", stderr);
  std::exit(2);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  refedge::fuzz::chosen->run({reinterpret_cast<const char*>(data), size});
  return 0;
}
