// The widget's words, a table for each language: those of the program, and those that a merchant puts beside
// it. Spec: docs/protocol.md#translations.
#pragma once

#include <cstddef>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

namespace refedge::origin {

inline constexpr std::size_t kMaxStringsFileBytes = 64 * 1024;
inline constexpr std::size_t kMaxStringBytes = 1024;
inline constexpr std::size_t kMaxStringsFiles = 100;

// Its text names the file and what is wrong with it.
class StringsFailure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct Strings {
  std::string locale;  // as the file's name has it: "en", "pt-BR"
  std::map<std::string, std::string> texts;
};

class StringTables {
 public:
  // Reads the files strings.<locale>.json of `directory` (empty: none) over the program's own tables. A key
  // that a file leaves out comes from the next wider table: "pt-BR" from "pt", then from English. Throws
  // StringsFailure.
  explicit StringTables(const std::string& directory);

  // find gives the table of `locale` ("en-GB" is served by "en", "pt_BR" by "pt-BR"), else that of
  // `fallback`, else English.
  [[nodiscard]] const Strings& find(std::string_view locale, std::string_view fallback) const;

 private:
  void add(const std::string& locale, std::string_view json, const std::string& name);
  [[nodiscard]] const Strings* serving(std::string_view locale) const;

  std::map<std::string, Strings> tables_;  // by locale in lower case
};

// is_right_to_left tells how the language of a locale is written: "ar", "he-IL", "az-Arab".
[[nodiscard]] bool is_right_to_left(std::string_view locale);

}  // namespace refedge::origin
