#include "origin/store/sqlite/database.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "origin/store/store.h"

namespace refedge::origin {
namespace {

constexpr int kBusyTimeoutMs = 5000;

// SQLite makes files for everybody that the umask lets in; this one holds secrets. Its journal files take
// over the mode. A file that is there is not touched: to close any descriptor of it drops the locks that this
// process's other connections hold on it (https://www.sqlite.org/howtocorrupt.html, section 2.2), and then
// another process deletes their log.
void make_private_file(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0 && errno != EEXIST) throw StoreFailure("the database file cannot be made");
  if (descriptor >= 0) ::close(descriptor);
}

constexpr const char* kSettings =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
    "PRAGMA trusted_schema = OFF; PRAGMA secure_delete = ON;";

}  // namespace

Query::~Query() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

bool Query::next() {
  const int status = sqlite3_step(statement_);
  if (status == SQLITE_ROW) return true;
  if (status == SQLITE_DONE) return false;
  database_.fail("a statement failed");
}

std::string Query::text(int column) const {
  const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

std::int64_t Query::number(int column) const { return sqlite3_column_int64(statement_, column); }

std::optional<std::int64_t> Query::maybe_number(int column) const {
  if (sqlite3_column_type(statement_, column) == SQLITE_NULL) return std::nullopt;
  return number(column);
}

void Query::check_bind(int status) {
  if (status != SQLITE_OK) database_.fail("a value cannot be bound");
}

void Query::bind(int position, std::string_view text) {
  // An empty view may have no address, and no address would mean NULL.
  const char* data = text.empty() ? "" : text.data();
  check_bind(sqlite3_bind_text64(statement_, position, data, text.size(), SQLITE_STATIC, SQLITE_UTF8));
}

void Query::bind(int position, std::int64_t number) {
  check_bind(sqlite3_bind_int64(statement_, position, number));
}

void Query::bind(int position, std::optional<std::int64_t> number) {
  if (number) return bind(position, *number);
  check_bind(sqlite3_bind_null(statement_, position));
}

Database::Database(const std::string& path) {
  make_private_file(path);
  sqlite3* connection = nullptr;
  const int status =
      sqlite3_open_v2(path.c_str(), &connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr);
  connection_.reset(connection);
  if (status != SQLITE_OK) fail("the database cannot be opened");
  sqlite3_extended_result_codes(connection, 1);
  sqlite3_busy_timeout(connection, kBusyTimeoutMs);
  run_script(kSettings);
}

sqlite3_stmt* Database::prepare(const char* sql) {
  auto& statement = statements_[sql];
  if (statement) return statement.get();
  sqlite3_stmt* made = nullptr;
  if (sqlite3_prepare_v3(connection_.get(), sql, -1, SQLITE_PREPARE_PERSISTENT, &made, nullptr) !=
      SQLITE_OK) {
    fail("a statement cannot be prepared");
  }
  statement.reset(made);
  return made;
}

void Database::run_script(const std::string& sql) {
  if (sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) {
    fail("a script failed");
  }
}

void Database::rollback() noexcept {
  // A failure that ended the transaction by itself leaves nothing to roll back.
  if (sqlite3_get_autocommit(connection_.get()) == 0) {
    sqlite3_exec(connection_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
  }
}

void Database::fail(const char* what) const {
  throw StoreFailure(std::string(what) + ": " + sqlite3_errmsg(connection_.get()));
}

}  // namespace refedge::origin
