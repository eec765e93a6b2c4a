#include "cli/doctor/snippet.h"

#include <string_view>

#include "cli/doctor/tokens.h"

namespace refedge::cli::doctor {
namespace {

// A {{market}} or an <order_value> of the manual.
bool is_placeholder(std::string_view text) {
  if (text.find("{{") != std::string_view::npos) return true;
  return text.size() > 2 && text.front() == '<' && text.back() == '>' &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", 1) == text.size() - 1;
}

// Walks over one script's tokens. Past their end there are only empty ones.
class Walk {
 public:
  explicit Walk(const std::vector<Token>& tokens) : tokens_(tokens) {}

  [[nodiscard]] bool at_end() const { return at_ >= tokens_.size(); }
  [[nodiscard]] const Token& here() const { return at(0); }
  [[nodiscard]] bool is(std::string_view text, std::size_t ahead = 0) const {
    return at(ahead).kind != Token::Kind::kString && at(ahead).text == text;
  }
  [[nodiscard]] bool is_string(std::string_view text, std::size_t ahead = 0) const {
    return at(ahead).kind == Token::Kind::kString && at(ahead).text == text;
  }
  void skip(std::size_t count = 1) { at_ += count; }
  bool take(std::string_view text) {
    if (!is(text)) return false;
    skip();
    return true;
  }

  // A value up to the comma or bracket behind it.
  Value take_value() {
    Value value;
    value.is_there = true;
    const bool is_literal = here().kind == Token::Kind::kString && ends_value(1);
    if (is_literal) {
      value.text = here().text;
      skip();
      return value;
    }
    value.is_code = true;
    skip_code();
    return value;
  }

 private:
  [[nodiscard]] const Token& at(std::size_t ahead) const {
    static const Token kNone;
    return at_ + ahead < tokens_.size() ? tokens_[at_ + ahead] : kNone;
  }
  [[nodiscard]] bool ends_value(std::size_t ahead) const {
    return is(",", ahead) || is("}", ahead) || is(")", ahead) || is("]", ahead);
  }
  [[nodiscard]] bool is_any(std::string_view characters) const {
    return here().kind == Token::Kind::kSign &&
           characters.find(here().text.front()) != std::string_view::npos;
  }
  void skip_code() {
    for (std::size_t depth = 0; !at_end(); skip()) {
      if (depth == 0 && is_any(",})]")) return;
      if (is_any("{([")) ++depth;
      if (is_any("})]")) --depth;
    }
  }

  const std::vector<Token>& tokens_;
  std::size_t at_ = 0;
};

// The members of an object literal that the caller asks for by `on_member(name, value)`.
template <typename OnMember>
void read_object(Walk& walk, const OnMember& on_member) {
  if (!walk.take("{")) return;
  while (!walk.at_end() && !walk.take("}")) {
    const std::string name = walk.here().text;
    walk.skip();
    if (walk.take(":")) on_member(name, walk.take_value());
    walk.take(",");
  }
}

Snippet read_constructor(Walk& walk, std::size_t script) {
  Snippet snippet;
  snippet.script = script;
  if (!walk.is("{")) {
    const Value code = walk.take_value();
    snippet.url = snippet.market = {.is_there = true, .is_code = true, .text = {}};
  }
  read_object(walk, [&](const std::string& name, const Value& value) {
    if (name == "url") snippet.url = value;
    if (name == "market") snippet.market = value;
    snippet.has_placeholder |= is_placeholder(value.text);
  });
  if (walk.take(",")) snippet.container = walk.take_value();
  if (walk.take(",")) snippet.error = walk.take_value();
  return snippet;
}

void read_embed(Walk& walk, Snippet& snippet) {
  snippet.embeds = true;
  if (!walk.is("{")) {
    if (!walk.is(")")) snippet.campaign = walk.take_value();
    return;
  }
  read_object(walk, [&](const std::string& name, const Value& value) {
    if (name == "campaign") snippet.campaign = value;
    snippet.has_placeholder |= is_placeholder(value.text);
  });
}

void read_track(Walk& walk, Snippet& snippet) {
  snippet.tracks = true;
  read_object(walk, [&](const std::string&, const Value& value) {
    snippet.has_placeholder |= is_placeholder(value.text);
  });
}

// How many tokens a call has up to its first argument; 0 where there is none.
using Length = std::size_t;

// `new Buyapowa(` and `new window.Buyapowa(`.
Length direct_constructor(const Walk& walk) {
  if (!walk.is("new")) return 0;
  const std::size_t name = walk.is("window", 1) && walk.is(".", 2) ? 3 : 1;
  return walk.is("Buyapowa", name) && walk.is("(", name + 1) ? name + 2 : 0;
}

// `push(["track", `: a call that waits for the script.
Length queued(const Walk& walk, std::string_view name) {
  const bool is_queue = walk.is("push") && walk.is("(", 1) && walk.is("[", 2);
  return is_queue && walk.is_string(name, 3) && walk.is(",", 4) ? 5 : 0;
}

Length direct(const Walk& walk, std::string_view name) { return walk.is(name) && walk.is("(", 1) ? 2 : 0; }

Length call(const Walk& walk, std::string_view name) {
  const Length length = direct(walk, name);
  return length > 0 ? length : queued(walk, name);
}

// Reads one script's snippets.
class ScriptReader {
 public:
  ScriptReader(const Script& script, std::size_t place, std::vector<Snippet>& snippets)
      : script_(script), place_(place), snippets_(snippets), first_(snippets.size()) {}

  void read() {
    const std::vector<Token> tokens = read_tokens(script_.text);
    for (Walk walk(tokens); !walk.at_end() && snippets_.size() <= kMaxSnippets;) {
      if (!take_constructor(walk) && !take_call(walk)) skip(walk);
    }
    if (snippets_.size() > kMaxSnippets) snippets_.pop_back();
  }

 private:
  bool take_constructor(Walk& walk) {
    const Length now = direct_constructor(walk);
    const Length length = now > 0 ? now : queued(walk, "Buyapowa");
    if (length == 0) return false;
    walk.skip(length);
    snippets_.push_back(read_constructor(walk, place_));
    snippets_.back().runs_at_once = now > 0 && depth_ == 0 && !script_.is_late;
    return true;
  }

  bool take_call(Walk& walk) {
    if (snippets_.size() == first_) return false;
    if (const Length length = call(walk, "embedReferAFriend"); length > 0) {
      walk.skip(length);
      read_embed(walk, snippets_.back());
      return true;
    }
    if (const Length length = call(walk, "track"); length > 0) {
      walk.skip(length);
      read_track(walk, snippets_.back());
      return true;
    }
    return false;
  }

  void skip(Walk& walk) {
    if (walk.is("{")) ++depth_;
    if (walk.is("}") && depth_ > 0) --depth_;
    walk.skip();
  }

  const Script& script_;
  std::size_t place_;
  std::vector<Snippet>& snippets_;
  std::size_t first_;
  std::size_t depth_ = 0;
};

}  // namespace

std::vector<Snippet> find_snippets(const Page& page) {
  std::vector<Snippet> snippets;
  for (std::size_t i = 0; i < page.scripts.size(); ++i) {
    if (page.scripts[i].text.find("Buyapowa") != std::string::npos)
      ScriptReader(page.scripts[i], i, snippets).read();
  }
  return snippets;
}

}  // namespace refedge::cli::doctor
