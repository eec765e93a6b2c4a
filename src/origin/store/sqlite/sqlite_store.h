// The store in one SQLite file. Only main/ knows this header.
#pragma once

#include <memory>
#include <string>

#include "origin/store/store.h"

namespace refedge::origin {

// open_sqlite_store opens the database at `path`, makes it (mode 0600) when it is not there, and brings
// its schema up to date. Throws StoreFailure; for one that a newer build made, too.
[[nodiscard]] std::unique_ptr<Store> open_sqlite_store(const std::string& path);

}  // namespace refedge::origin
