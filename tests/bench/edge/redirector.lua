-- The redirect as somebody writes it for nginx with Lua and Redis: the link from Redis over a kept connection, a
-- click id, a cookie signed by OpenSSL's HMAC-SHA256. The access log is the record of the click.
local bit = require "bit"
local ffi = require "ffi"
local base64 = require "ngx.base64"
local redis = require "nginx.redis"

ffi.cdef[[
typedef struct evp_md_st EVP_MD;
const EVP_MD *EVP_sha256(void);
unsigned char *HMAC(const EVP_MD *md, const void *key, int key_len, const unsigned char *data, size_t len,
                    unsigned char *out, unsigned int *out_len);
int RAND_bytes(unsigned char *out, int len);
]]
local crypto = ffi.load("libcrypto.so.3")
local sha256 = crypto.EVP_sha256()
local digest = ffi.new("unsigned char[32]")
local random = ffi.new("unsigned char[10]")

local MAX_AGE = 400 * 86400

local function click_id()
  crypto.RAND_bytes(random, 10)
  local ms = ngx.now() * 1000
  local high = math.floor(ms / 65536)
  return string.format("%08x-%04x-7%03x-%04x-%02x%02x%02x%02x%02x%02x", high, ms % 65536,
    bit.band(random[0] * 256 + random[1], 0xfff), 0x8000 + bit.band(random[2] * 256 + random[3], 0x3fff),
    random[4], random[5], random[6], random[7], random[8], random[9])
end

local function sign(said)
  crypto.HMAC(sha256, cookie_key, #cookie_key, said, #said, digest, nil)
  return said .. "." .. key_id .. base64.encode_base64url(ffi.string(digest, 16))
end

local function find(code)
  local red = redis:new()
  local connected, err = red:connect(redis_socket)
  if not connected then return nil, err end
  local location
  location, err = red:get(code)
  red:set_keepalive(60000, 64)
  return location, err
end

return function()
  local code = ngx.var.uri:match("([%w_-]+)$")
  local location, err = find(code)
  if not location then
    ngx.log(ngx.ERR, "redis: ", err)
    return ngx.exit(503)
  end
  if location == ngx.null then return ngx.exit(404) end

  local header = ngx.header
  header["Cache-Control"] = "no-store"
  header["Referrer-Policy"] = "strict-origin-when-cross-origin"
  header["X-Robots-Tag"] = "noindex"
  header["Set-Cookie"] = "_refedge=" .. sign("1." .. code .. "." .. click_id() .. "." .. ngx.time()) ..
    "; Max-Age=" .. MAX_AGE .. "; Path=/; Domain=shop.example; Secure; HttpOnly; SameSite=Lax"
  return ngx.redirect(location, 302)
end
