// JavaScript as a row of tokens: enough to find a call and its literal arguments.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace refedge::cli::doctor {

struct Token {
  enum class Kind : unsigned char { kWord, kString, kSign };
  Kind kind = Kind::kWord;
  std::string text;  // of a string what it holds, of a sign one character
};

// read_tokens splits a script; comments and blanks are left out. A string ends at its line's end at the
// latest, so that a quote in a regular expression hides one line.
[[nodiscard]] std::vector<Token> read_tokens(std::string_view script);

}  // namespace refedge::cli::doctor
