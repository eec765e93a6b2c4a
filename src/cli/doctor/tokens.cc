#include "cli/doctor/tokens.h"

#include <cstddef>

namespace refedge::cli::doctor {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\f\v";

bool is_word(char c) {
  const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return is_letter || (c >= '0' && c <= '9') || c == '_' || c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

// What is left of a script.
class Scan {
 public:
  explicit Scan(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool is_empty() const { return rest_.empty(); }
  [[nodiscard]] char first() const { return rest_.front(); }

  bool skip_blanks() { return drop(rest_.find_first_not_of(kBlanks)); }

  bool skip_comment() {
    if (rest_.starts_with("//")) return drop(rest_.find('\n'));
    if (!rest_.starts_with("/*")) return false;
    const std::size_t end = rest_.find("*/", 2);
    return drop(end == std::string_view::npos ? end : end + 2);
  }

  std::string take_word() {
    std::size_t size = 1;
    while (size < rest_.size() && is_word(rest_[size])) ++size;
    const std::string word(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return word;
  }

  // A simple escape is read as what it stands for only where that is the character itself: \" and \/.
  std::string take_string() {
    const char quote = rest_.front();
    std::string text;
    for (rest_.remove_prefix(1); !rest_.empty() && rest_.front() != quote; rest_.remove_prefix(1)) {
      if (rest_.front() == '\n' && quote != '`') return text;
      if (rest_.front() == '\\' && rest_.size() > 1) rest_.remove_prefix(1);
      text += rest_.front();
    }
    if (!rest_.empty()) rest_.remove_prefix(1);
    return text;
  }

  std::string take_sign() {
    const std::string sign(1, rest_.front());
    rest_.remove_prefix(1);
    return sign;
  }

 private:
  // Tells whether anything was dropped; npos stands for all.
  bool drop(std::size_t count) {
    if (count == 0) return false;
    const bool is_any = !rest_.empty();
    rest_.remove_prefix(count == std::string_view::npos ? rest_.size() : count);
    return is_any;
  }

  std::string_view rest_;
};

}  // namespace

std::vector<Token> read_tokens(std::string_view script) {
  std::vector<Token> tokens;
  for (Scan scan(script); !scan.is_empty();) {
    if (scan.skip_blanks() || scan.skip_comment()) continue;
    const char c = scan.first();
    if (is_word(c)) {
      tokens.push_back({Token::Kind::kWord, scan.take_word()});
    } else if (c == '"' || c == '\'' || c == '`') {
      tokens.push_back({Token::Kind::kString, scan.take_string()});
    } else {
      tokens.push_back({Token::Kind::kSign, scan.take_sign()});
    }
  }
  return tokens;
}

}  // namespace refedge::cli::doctor
