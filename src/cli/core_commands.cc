// refedge sign, verify, encrypt, decrypt: the core's keyed operations for scripts and support.
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <string>

#include "cli/commands.h"
#include "cli/json_fields.h"
#include "cli/secrets.h"
#include "refedge/metadata.h"
#include "refedge/percent.h"
#include "refedge/secret.h"
#include "refedge/signature.h"

namespace refedge::cli {
namespace {

constexpr std::size_t kMaxInputBytes = 1024 * 1024;
constexpr const char* kSecretKeyVariable = "REFEDGE_SECRET_KEY";
constexpr const char* kAuthTokenVariable = "REFEDGE_AUTH_TOKEN";

struct Arguments {
  std::string input;  // the positional argument; empty or "-": standard input
  std::string secret_file;
  std::string keys;
  bool url = false;
};

using Run = Result<std::string> (*)(const Arguments& arguments, std::string_view input,
                                    std::string_view secret);

struct Command {
  const char* name;
  const char* help;
  const char* input_name;
  const char* input_help;
  const char* secret_variable;
  Run run;
};

Result<std::string> read_standard_input() {
  std::string text(kMaxInputBytes + 1, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t n = ::read(STDIN_FILENO, text.data() + size, text.size() - size);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return Error{Errc::kNotFound, "standard input"};
    if (n == 0) break;
    size += static_cast<std::size_t>(n);
  }
  if (size > kMaxInputBytes) return Error{Errc::kTooLong, "standard input"};
  text.resize(size);
  if (text.ends_with('\n')) text.pop_back();
  if (text.ends_with('\r')) text.pop_back();
  return text;
}

Result<std::string> read_input(const std::string& argument) {
  if (argument.empty() || argument == "-") return read_standard_input();
  return argument;
}

// The text of a field, or "" when it is absent or no text: what needs it then says that it is missing.
std::string_view text_field(const std::vector<ParsedField>& fields, std::string_view key) {
  for (const ParsedField& field : fields) {
    if (field.key == key && field.kind == ValueKind::kString) return field.value;
  }
  return {};
}

Result<std::string> run_sign(const Arguments& arguments, std::string_view input, std::string_view secret) {
  const auto fields = parse_json_fields(input);
  if (!fields) return fields.error();
  const std::string_view keys = arguments.keys.empty() ? text_field(*fields, "signed_keys") : arguments.keys;
  return build_signature(as_fields(*fields), keys, secret);
}

Result<std::string> run_verify(const Arguments&, std::string_view input, std::string_view secret) {
  const auto fields = parse_json_fields(input);
  if (!fields) return fields.error();
  const auto verified = verify_signature(as_fields(*fields), text_field(*fields, "signed_keys"),
                                         text_field(*fields, "signature"), secret);
  if (!verified) return verified.error();
  return std::string("the signature holds");
}

// The bytes are encrypted as they were given; parsing only keeps anything but an object out.
Result<std::string> run_encrypt(const Arguments& arguments, std::string_view input, std::string_view token) {
  if (const auto fields = parse_json_fields(input); !fields) return fields.error();
  auto bp_e = encrypt_metadata(input, token);
  if (bp_e && arguments.url) return percent_encode(*bp_e);
  return bp_e;
}

Result<std::string> run_decrypt(const Arguments&, std::string_view input, std::string_view token) {
  return decrypt_metadata(input, token);
}

constexpr Command kCommands[] = {
    {"sign", "Prints the signature of a JSON object", "object",
     "the JSON object; - or nothing: standard input", kSecretKeyVariable, run_sign},
    {"verify", "Checks the signature in a JSON object that holds signed_keys and signature", "object",
     "the JSON object; - or nothing: standard input", kSecretKeyVariable, run_verify},
    {"encrypt", "Makes a bp_e of a JSON object", "object", "the JSON object; - or nothing: standard input",
     kAuthTokenVariable, run_encrypt},
    {"decrypt", "Prints what a bp_e holds", "bp_e",
     "the value, percent-encoded or not; - or nothing: standard input", kAuthTokenVariable, run_decrypt},
};

int fail(const Command& command, const Error& error) {
  const std::string name(errc_name(error.code));
  const std::string message(errc_message(error.code));
  const std::string field = error.field.empty() ? command.input_name : error.field;
  std::fprintf(stderr, "refedge %s: %s: %s (%s)\n", command.name, field.c_str(), message.c_str(),
               name.c_str());
  return 1;
}

int run_command(const Command& command, const Arguments& arguments) {
  auto secret = read_secret(command.secret_variable, arguments.secret_file);
  if (!secret) return fail(command, secret.error());
  const auto input = read_input(arguments.input);
  const auto output = input ? command.run(arguments, *input, *secret) : input;
  wipe(*secret);
  if (!output) return fail(command, output.error());
  const bool written = std::fwrite(output->data(), 1, output->size(), stdout) == output->size() &&
                       std::fputc('\n', stdout) != EOF && std::fflush(stdout) == 0;
  return written ? 0 : 1;
}

CLI::App* add_command(CLI::App& app, const Command& command, const std::shared_ptr<Arguments>& arguments,
                      int& exit_status) {
  CLI::App* sub = app.add_subcommand(command.name, command.help);
  sub->add_option(command.input_name, arguments->input, command.input_help);
  sub->add_option(
      "--secret-file", arguments->secret_file,
      "file with the secret; without it the environment's " + std::string(command.secret_variable));
  sub->callback([&command, arguments, &exit_status] { exit_status = run_command(command, *arguments); });
  return sub;
}

}  // namespace

void add_core_commands(CLI::App& app, int& exit_status) {
  for (const Command& command : kCommands) {
    const auto arguments = std::make_shared<Arguments>();
    CLI::App* sub = add_command(app, command, arguments, exit_status);
    if (command.run == run_sign) {
      sub->add_option("--keys", arguments->keys,
                      "keys to sign, separated by commas; else the object's signed_keys");
    }
    if (command.run == run_encrypt) sub->add_flag("--url", arguments->url, "percent-encode for a URL");
  }
}

}  // namespace refedge::cli
