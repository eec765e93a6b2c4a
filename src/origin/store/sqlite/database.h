// A thin owner of one SQLite connection and its prepared statements.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace refedge::origin {

class Database;

// Query: one run of a prepared statement. Columns are counted from 0; what a column holds is copied out.
class Query {
 public:
  Query(Database& database, sqlite3_stmt* statement) : database_(database), statement_(statement) {}
  ~Query();
  Query(Query&& other) noexcept
      : database_(other.database_), statement_(std::exchange(other.statement_, nullptr)) {}
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  // next steps to the following row; false when there is none. Throws StoreFailure.
  bool next();

  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] std::int64_t number(int column) const;
  [[nodiscard]] std::optional<std::int64_t> maybe_number(int column) const;
  [[nodiscard]] bool flag(int column) const { return number(column) != 0; }

 private:
  friend class Database;
  void bind(int position, std::string_view text);
  void bind(int position, const std::string& text) { bind(position, std::string_view(text)); }
  void bind(int position, const char* text) { bind(position, std::string_view(text)); }
  void bind(int position, std::int64_t number);
  void bind(int position, bool flag) { bind(position, std::int64_t{flag}); }
  void bind(int position, std::optional<std::int64_t> number);
  void check_bind(int status);

  Database& database_;
  sqlite3_stmt* statement_;
};

class Database {
 public:
  // Opens `path`, making the file for its owner alone when it is not there. Every write is on the disk
  // before a commit returns. Throws StoreFailure.
  explicit Database(const std::string& path);

  // query prepares `sql` once for the life of the connection, and binds `values` to ?1, ?2, ...
  // `sql` must be a literal: its address is its name. Texts must live until the Query is gone.
  template <class... Values>
  [[nodiscard]] Query query(const char* sql, const Values&... values) {
    Query prepared(*this, prepare(sql));
    int position = 0;
    (prepared.bind(++position, values), ...);
    return prepared;
  }

  // run executes a statement that gives no rows and returns how many rows it changed.
  template <class... Values>
  int run(const char* sql, const Values&... values) {
    Query prepared(*this, prepare(sql));
    int position = 0;
    (prepared.bind(++position, values), ...);
    prepared.next();
    return sqlite3_changes(connection_.get());
  }

  // run_script executes any number of statements that take no values.
  void run_script(const std::string& sql);
  void rollback() noexcept;

  [[noreturn]] void fail(const char* what) const;

 private:
  struct Close {
    void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
  };
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  sqlite3_stmt* prepare(const char* sql);

  std::unique_ptr<sqlite3, Close> connection_;
  std::unordered_map<const char*, std::unique_ptr<sqlite3_stmt, Finalize>> statements_;
};

}  // namespace refedge::origin
