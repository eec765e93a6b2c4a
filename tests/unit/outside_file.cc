#include "tests/unit/outside_file.h"

#include <string_view>

#include "tests/unit/vector_paths.h"

namespace refedge::testing {
namespace {

constexpr std::string_view kBlanks = " \t\r";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

class CaseReader {
 public:
  void add_line(std::string_view line) {
    if (line.empty()) return close();
    if (line.front() == '#') return;
    if (line.front() == '[') {
      section_ = line.substr(1, line.size() - 2);
      return;
    }
    const auto equals = line.find(" = ");
    // An empty value has no blank behind the sign.
    const auto name =
        equals == std::string_view::npos ? line.substr(0, line.find(" =")) : line.substr(0, equals);
    open_[std::string(name)] = equals == std::string_view::npos ? "" : std::string(line.substr(equals + 3));
  }

  void close() {
    // Lines before the first case, such as [L = 32], are no case.
    if (open_.empty()) return;
    open_["section"] = section_;
    cases_.push_back(std::move(open_));
    open_.clear();
  }

  std::vector<OutsideCase> take() { return std::move(cases_); }

 private:
  std::string section_;
  OutsideCase open_;
  std::vector<OutsideCase> cases_;
};

}  // namespace

std::vector<OutsideCase> read_outside_file(const std::string& name) {
  const std::string text = read_file(std::string(REFEDGE_VECTORS) + "/outside/" + name);
  CaseReader reader;
  for (std::string_view rest = text; !rest.empty();) {
    const auto end = rest.find('\n');
    reader.add_line(trimmed(rest.substr(0, end)));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  reader.close();
  return reader.take();
}

}  // namespace refedge::testing
